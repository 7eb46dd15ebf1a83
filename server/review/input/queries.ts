import { sql } from 'kysely'
import type { ReviewedApplication } from '#domain/review/computing.ts'
import { reviewedStates } from '#domain/review/panel.ts'
import { type AdjustmentKind, rubricOf, standingOf } from '#domain/review/review.ts'
import type { ScoredMethod } from '#domain/review/sheet.ts'
import { bonusOfAdoption } from '#domain/showcase/article.ts'
import type { Standard } from '#domain/year/standard.ts'
import { found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { filesIn } from '#server/records/file/queries.ts'
import { scoresIn } from '#server/review/sheet/queries.ts'
import { readYearIndices } from '#server/survey/result/queries.ts'

/** Everything that a year's result is made from, in eight queries however many schools applied. */
export async function readInputs(db: ReadOnly, cycleId: string, standard: Standard): Promise<ReviewedApplication[]> {
  const rubric = rubricOf(standard)
  const applications = await listReviewed(db, cycleId)
  const sheetsOf = byApplication(await listCounted(db, cycleId))
  const survey = await readYearIndices(db, cycleId)
  const surveyRulingOf = byApplication(await listSurveyRulings(db, cycleId))
  const adjustmentsOf = byApplication(await listAdjustments(db, cycleId))
  const rulingsOf = byApplication(await listDisagreementRulings(db, cycleId))
  return applications.map((application) => {
    const { applicationId } = application
    const sheets = (sheetsOf.get(applicationId) ?? []).map((sheet) => ({ ...sheet, scores: scoresIn(sheet.scores) }))
    const ruling = surveyRulingOf.get(applicationId)?.[0]?.reason ?? null
    const standing = standingOf(
      sheets.filter((sheet) => sheet.state === 'submitted'),
      { tallied: survey.tallied, own: survey.ofSchool.get(application.schoolId) ?? null, ruling },
      rubric,
    )
    return {
      ...application,
      sheets,
      survey: standing.survey,
      surveyLack: standing.lack,
      surveyRulable: standing.rulable,
      surveyRuling: ruling,
      adjustments: (adjustmentsOf.get(applicationId) ?? []).map(({ applicationId: _of, ...adjustment }) => adjustment),
      rulings: (rulingsOf.get(applicationId) ?? []).map(({ method, reason }) => ({ method, reason })),
    }
  })
}

const byApplication = <T extends { applicationId: string }>(rows: readonly T[]) =>
  Map.groupBy(rows, (row) => row.applicationId)

const listReviewed = (db: ReadOnly, cycleId: string) =>
  db
    .selectFrom('application')
    .innerJoin('school', 'school.id', 'application.schoolId')
    .select([
      'application.id as applicationId',
      'application.schoolId',
      'school.name as schoolName',
      'school.stage',
      'application.state',
    ])
    .where('application.cycleId', '=', cycleId)
    .where('application.state', 'in', [...reviewedStates])
    .orderBy('school.sortKey')
    .execute()

/** Every sheet that counts or may yet; those of reviewers who recused are none. */
const listCounted = (db: ReadOnly, cycleId: string) =>
  db
    .selectFrom('scoreSheet')
    .innerJoin('person', 'person.id', 'scoreSheet.reviewerId')
    .select([
      'scoreSheet.id',
      'applicationId',
      'reviewerId',
      'person.name as reviewerName',
      'method',
      'state',
      'total',
      'scores',
      'scoreSheet.createdAt',
      'submittedAt',
      'excludeAskedBy',
    ])
    .where('cycleId', '=', cycleId)
    .where('state', '!=', 'recused')
    .orderBy('scoreSheet.id')
    .execute()

const listSurveyRulings = (db: ReadOnly, cycleId: string) =>
  db.selectFrom('surveyRuling').select(['applicationId', 'reason']).where('cycleId', '=', cycleId).execute()

const listAdjustments = (db: ReadOnly, cycleId: string) =>
  db
    .selectFrom('adjustment')
    .select(['id', 'applicationId', 'kind', 'code', 'points', 'reason'])
    .where('cycleId', '=', cycleId)
    .where('droppedAt', 'is', null)
    .orderBy('id')
    .execute()

const listDisagreementRulings = (db: ReadOnly, cycleId: string) =>
  db
    .selectFrom('disagreementRuling')
    .select(['applicationId', 'method', 'reason'])
    .where('cycleId', '=', cycleId)
    .execute()

/** Applications on their way into the review; a result without them would forget a school. */
export function readWaiting(db: ReadOnly, cycleId: string) {
  return db
    .selectFrom('application')
    .innerJoin('school', 'school.id', 'application.schoolId')
    .select(['application.id as applicationId', 'application.schoolId', 'application.state'])
    .select('school.name as schoolName')
    .where('application.cycleId', '=', cycleId)
    .where('application.state', 'in', ['submitted', 'admitted'])
    .orderBy('school.sortKey')
    .execute()
}

export const findSurveyRuling = (db: ReadOnly, applicationId: string) =>
  db.selectFrom('surveyRuling').select('id').where('applicationId', '=', applicationId).executeTakeFirst()

export const findDisagreementRuling = (db: ReadOnly, applicationId: string, method: ScoredMethod) =>
  db
    .selectFrom('disagreementRuling')
    .select('id')
    .where('applicationId', '=', applicationId)
    .where('method', '=', method)
    .executeTakeFirst()

/** Bonus and deductions of one application that were not taken back. */
export const listStanding = (db: ReadOnly, applicationId: string) =>
  db
    .selectFrom('adjustment')
    .select(['kind', 'code', 'reason'])
    .where('applicationId', '=', applicationId)
    .where('droppedAt', 'is', null)
    .execute()

export const findStanding = async (db: ReadOnly, id: string) =>
  found(
    await db
      .selectFrom('adjustment')
      .selectAll()
      .where('id', '=', id)
      .where('droppedAt', 'is', null)
      .executeTakeFirst(),
  )

/** What was handed in to prove each bonus and deduction of a year. */
export async function readProofs(db: ReadOnly, cycleId: string) {
  const rows = await db
    .selectFrom('adjustment')
    .select(['id', 'files'])
    .where('cycleId', '=', cycleId)
    .where('files', 'is not', null)
    .execute()
  return new Map(rows.map((row) => [row.id, filesIn(row.files)]))
}

export interface Suggestion {
  kind: AdjustmentKind
  code: string
  count: number
  detail: string
}

interface Counted {
  schoolId: string | null
  count: number
}

/** What the records say for bonus and deduction, by school; the office decides whether to enter them. */
export async function readSuggestions({ db, today }: Look, cycleId: string): Promise<Map<string, Suggestion[]>> {
  const all = (rows: readonly Counted[], make: (count: number) => Suggestion) =>
    rows.flatMap(({ schoolId, count }) => (schoolId ? [{ schoolId, ...make(Number(count)) }] : []))
  const adopted = (await countAdopted(db, cycleId)).flatMap((row) => {
    const code = row.adoptedLevel && bonusOfAdoption[row.adoptedLevel]
    return code ? all([row], (n) => ({ kind: 'bonus', code, count: n, detail: `经验被上级采用 ${n} 篇` })) : []
  })
  const hosted = await countHosted(db, cycleId)
  const missed = await countMissed(db, cycleId)
  const late = await countLate(db, cycleId, today)
  const found = [
    ...adopted,
    ...all(hosted, (n) => ({ kind: 'bonus', code: 'P4', count: n, detail: `承办区级活动 ${n} 次` })),
    ...all(late, (n) => ({ kind: 'deduction', code: 'N1', count: n, detail: `整改逾期 ${n} 次` })),
    ...all(missed, (n) => ({ kind: 'deduction', code: 'N3', count: n, detail: `承诺未兑现且未说明 ${n} 条` })),
  ]
  const bySchool = Map.groupBy(found, (one) => one.schoolId)
  return new Map([...bySchool].map(([id, rows]) => [id, rows.map(({ schoolId: _of, ...suggestion }) => suggestion)]))
}

const countAdopted = (db: ReadOnly, cycleId: string) =>
  db
    .selectFrom('article')
    .select((eb) => ['schoolId', 'adoptedLevel', eb.fn.countAll<number>().as('count')])
    .where('cycleId', '=', cycleId)
    .where('adoptedLevel', 'is not', null)
    .groupBy(['schoolId', 'adoptedLevel'])
    .execute()

const countHosted = (db: ReadOnly, cycleId: string) =>
  db
    .selectFrom('event')
    .select((eb) => ['hostSchoolId as schoolId', eb.fn.countAll<number>().as('count')])
    .where('cycleId', '=', cycleId)
    .where('state', '=', 'held')
    .groupBy('hostSchoolId')
    .execute()

/** Promises that were neither kept nor explained. */
const countMissed = (db: ReadOnly, cycleId: string) =>
  db
    .selectFrom('promise')
    .innerJoin('plan', 'plan.id', 'promise.planId')
    .select((eb) => ['promise.schoolId', eb.fn.countAll<number>().as('count')])
    .where('plan.cycleId', '=', cycleId)
    .where('plan.state', 'in', ['published', 'closed'])
    .where('promise.state', '=', 'missed')
    .where('promise.explanation', '=', '')
    .groupBy('promise.schoolId')
    .execute()

const countLate = (db: ReadOnly, cycleId: string, today: string) =>
  db
    .selectFrom('rectification')
    .select((eb) => ['schoolId', eb.fn.countAll<number>().as('count')])
    .where('cycleId', '=', cycleId)
    .where('state', '!=', 'withdrawn')
    // The last day ends in Shanghai at 16:00 UTC; what is not reported by then is late, and stays so when reported;
    // more time that was asked for in time and never answered counts as given.
    .where((eb) =>
      eb.or([
        eb('reportedAt', '>=', sql<string>`${eb.fn.coalesce('askedDueOn', 'dueOn')} || 'T16:00:00.000Z'`),
        eb.and([eb('reportedAt', 'is', null), eb(eb.fn.coalesce('askedDueOn', 'dueOn'), '<', today)]),
      ]),
    )
    .groupBy('schoolId')
    .execute()
