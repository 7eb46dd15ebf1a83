import type { ReviewedApplication } from '#domain/review/computing.ts'
import { z } from 'zod'
import { type AdjustmentInput, type ApplicationInput, type Place, rubricOf, standingOf } from '#domain/review/review.ts'
import { reviewedStates } from '#domain/review/panel.ts'
import { maximumOf, type Standard } from '#domain/year/standard.ts'
import type { Refusal } from '#domain/base/refusal.ts'
import { findOwnCycle, readCycle, readStandard, standingResult } from '#server/year/cycle/queries.ts'
import { notRecused, underReview } from '#server/review/sheet/queries.ts'
import { readYearIndices } from '#server/survey/result/queries.ts'
import { found } from '#server/kernel/problem.ts'
import { againstBroken } from '#server/kernel/seal.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

/** The year's review with its standard; a year without one cannot be reviewed. */
export async function ownReview(look: Look, year?: number) {
  const cycle = await findOwnCycle(look, year)
  const standard = cycle.standardId ? await readStandard(look.db, cycle.standardId) : undefined
  return { cycle, standard: found(standard) }
}

/** The review of one year by its id, whichever year is current by now. */
export async function reviewOf(look: Look, cycleId: string) {
  const cycle = await readCycle(look.db, cycleId)
  const standard = cycle.standardId ? await readStandard(look.db, cycle.standardId) : undefined
  return { cycle, standard: found(standard) }
}

export async function latestResult(db: ReadOnly, cycleId: string) {
  const row = await standingResult(db, cycleId).selectAll().executeTakeFirst()
  return row
}

/** The last result that was set aside, to which the next one points. */
export function lastCorrected(db: ReadOnly, cycleId: string) {
  return db
    .selectFrom('result')
    .select(['id', 'digest', 'correctedAt', 'correctionReason'])
    .where('cycleId', '=', cycleId)
    .where('correctedAt', 'is not', null)
    .orderBy('correctedAt', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
}

/** The newest result of the actor's own bureau by its id; an overtaken one is not moved any more. */
export async function findResult(look: Look, id: string) {
  const row = found(
    await look.db
      .selectFrom('result')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', look.actor.bureauId)
      .executeTakeFirst(),
  )
  return row
}

const scoresShape = z.record(z.string(), z.int())

/** Everything that a year's result is made from, in eight queries however many schools applied. */
export async function readInputs(db: ReadOnly, cycleId: string, standard: Standard): Promise<ReviewedApplication[]> {
  const rubric = rubricOf(standard)
  const applications = await db
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
  const sheets = await db
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
  const survey = await readYearIndices(db, cycleId)
  const surveyRulings = await db
    .selectFrom('surveyRuling')
    .select(['applicationId', 'reason'])
    .where('cycleId', '=', cycleId)
    .execute()
  const adjustments = await db
    .selectFrom('adjustment')
    .select(['id', 'applicationId', 'kind', 'code', 'points', 'reason'])
    .where('cycleId', '=', cycleId)
    .where('droppedAt', 'is', null)
    .orderBy('id')
    .execute()
  const rulings = await db
    .selectFrom('disagreementRuling')
    .select(['applicationId', 'method', 'reason'])
    .where('cycleId', '=', cycleId)
    .execute()
  const group = <T extends { applicationId: string }>(rows: readonly T[]) =>
    Map.groupBy(rows, (row) => row.applicationId)
  const [sheetsOf, surveyRulingOf, adjustmentsOf, rulingsOf] = [
    group(sheets),
    group(surveyRulings),
    group(adjustments),
    group(rulings),
  ]
  return applications.map((application) => {
    const { applicationId } = application
    const own = (sheetsOf.get(applicationId) ?? []).map((sheet) => ({
      ...sheet,
      method: sheet.method,
      scores: scoresShape.parse(JSON.parse(sheet.scores)),
    }))
    const ruling = surveyRulingOf.get(applicationId)?.[0]?.reason ?? null
    const standing = standingOf(
      own.filter((sheet) => sheet.state === 'submitted'),
      { tallied: survey.tallied, own: survey.ofSchool.get(application.schoolId) ?? null, ruling },
      rubric,
    )
    return {
      ...application,
      sheets: own,
      survey: standing.survey,
      surveyLack: standing.lack,
      surveyRulable: standing.rulable,
      surveyRuling: ruling,
      adjustments: (adjustmentsOf.get(applicationId) ?? []).map(({ id, kind, code, points, reason }) => ({
        id,
        kind: kind as AdjustmentInput['kind'],
        code,
        points,
        reason,
      })),
      rulings: (rulingsOf.get(applicationId) ?? []).map(({ method, reason }) => ({ method, reason })),
    }
  })
}

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

/** What a result is made from must be what was submitted, counted and ruled; asked before every act that decides from it. */
export async function againstBrokenReview(
  db: ReadOnly,
  cycle: { id: string; standardId: string | null },
): Promise<Refusal[]> {
  const reasons = await againstBroken(db, 'standard', { id: cycle.standardId ?? '' })
  for (const kind of ['recusal', 'application', 'scoreSheet', 'adjustment', 'surveyRuling'] as const)
    reasons.push(...(await againstBroken(db, kind, { cycleId: cycle.id })))
  for (const kind of ['disagreementRuling', 'survey', 'result'] as const)
    reasons.push(...(await againstBroken(db, kind, { cycleId: cycle.id })))
  const surveys = await db.selectFrom('survey').select('id').where('cycleId', '=', cycle.id).execute()
  for (const { id } of surveys) reasons.push(...(await againstBroken(db, 'surveyResult', { cycleId: id })))
  return reasons
}

export type Ground = Record<string, string>

/** What stood behind the numbers without being one: recusals, and rulings on disagreements and on missing indices. */
export async function readGrounds(
  db: ReadOnly,
  cycleId: string,
  applications: readonly ReviewedApplication[],
): Promise<Pick<ResultBody, 'recusals' | 'rulings'>> {
  const recusals = await db
    .selectFrom('recusal')
    .select(['personId', 'schoolId', 'kind', 'source'])
    .where('cycleId', '=', cycleId)
    .orderBy('id')
    .execute()
  const rulings = applications.flatMap(({ applicationId, rulings: own, surveyRuling }) => [
    ...own
      .toSorted((one, other) => (one.method < other.method ? -1 : 1))
      .map(({ method, reason }) => ({ applicationId, method, reason })),
    ...(surveyRuling === null ? [] : [{ applicationId, method: 'survey', reason: surveyRuling }]),
  ])
  return { recusals, rulings }
}

/** The stored body of a result: inputs and places together, so that the digest covers both. */
export interface ResultBody {
  ruleVersion: string
  /** The year's standard itself and the digest of its canonical JSON, so that the file is recomputed from itself alone. */
  standard: Standard
  standardDigest: string
  inputs: ApplicationInput[]
  /** Who did not score which school, and what the office ruled, with the reasons. */
  recusals: Ground[]
  rulings: Ground[]
  places: Place[]
}

export const bodyOf = (result: { body: string }): ResultBody => JSON.parse(result.body) as ResultBody

export async function findReviewed(look: Look, applicationId: string) {
  const row = found(
    await look.db
      .selectFrom('application')
      .select(['id', 'schoolId', 'cycleId', 'bureauId', 'state'])
      .where('id', '=', applicationId)
      .where('bureauId', '=', look.actor.bureauId)
      .executeTakeFirst(),
  )
  return row
}

export const surveyMaximum = (standard: Standard): number => maximumOf(standard, 'survey')

/** Names for places, by application, in the order of the schools. */
export async function readNames(db: ReadOnly, applicationIds: readonly string[]) {
  const rows = await db
    .selectFrom('application')
    .innerJoin('school', 'school.id', 'application.schoolId')
    .leftJoin('brand', 'brand.schoolId', 'application.schoolId')
    .select(['application.id', 'school.name as schoolName', 'school.stage', 'brand.name as brandName'])
    .where('application.id', 'in', applicationIds.length > 0 ? applicationIds : [''])
    .orderBy('school.sortKey')
    .execute()
  return new Map(
    rows.map((row) => [row.id, { schoolName: row.schoolName, stage: row.stage, brandName: row.brandName ?? '' }]),
  )
}

export async function readPersonNames(db: ReadOnly, ids: readonly string[]) {
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', ids.length > 0 ? ids : [''])
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Sheets that wait for this reviewer, the first two hundred. */
export const sheetsToScore = (look: Look) =>
  look.db
    .selectFrom('scoreSheet')
    .innerJoin('school', 'school.id', 'scoreSheet.schoolId')
    .innerJoin('cycle', 'cycle.id', 'scoreSheet.cycleId')
    .select(['scoreSheet.id', 'scoreSheet.method', 'scoreSheet.state', 'scoreSheet.returnReason', 'school.name'])
    .where('scoreSheet.reviewerId', '=', look.actor.personId)
    .where('scoreSheet.state', 'in', ['assigned', 'opened', 'draft'])
    .where('cycle.state', '=', 'open')
    .where(notRecused)
    .where(underReview)
    .orderBy('school.sortKey')
    .limit(200)
    .execute()
