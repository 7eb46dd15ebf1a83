import { z } from 'zod'
import { hasRole } from '#domain/base/actor.ts'
import {
  type AdjustmentInput,
  type ApplicationInput,
  disagreements,
  type Place,
  rubricOf,
  standingOf,
} from '#domain/review/review.ts'
import { reviewedStates } from '#domain/review/panel.ts'
import { isFollowedUp, type ScoredMethod, type Scores } from '#domain/review/sheet.ts'
import { againstWaiting } from '#domain/review/result.ts'
import { maximumOf, methodLabels, type Standard } from '#domain/year/standard.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { currentCycle, findOwnCycle, readCycle, readStandard, standingResult } from '#server/year/cycle/queries.ts'
import type { Todo } from '#contract/home/todo.ts'
import { barredSchools } from '#server/identity/recusal/queries.ts'
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
      .where('bureauId', '=', look.actor.bureauId ?? '')
      .executeTakeFirst(),
  )
  return row
}

export interface SheetRow {
  id: string
  applicationId: string
  reviewerId: string
  reviewerName: string
  method: ScoredMethod
  state: string
  total: number | null
  scores: Scores
  createdAt: string
  submittedAt: string | null
  /** Asked to be left out and not answered yet. */
  excludeAskedBy: string | null
}

export interface ReviewedApplication {
  applicationId: string
  schoolId: string
  schoolName: string
  stage: string
  state: string
  sheets: SheetRow[]
  survey: { points: number; source: string } | null
  /** Why there are no survey points yet; empty when there are. */
  surveyLack: string
  surveyRulable: boolean
  surveyRuling: string | null
  adjustments: AdjustmentInput[]
  rulings: { method: string; reason: string }[]
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

/** What goes into the computation: submitted sheets only. */
export const inputOf = (application: ReviewedApplication): ApplicationInput => ({
  applicationId: application.applicationId,
  schoolId: application.schoolId,
  sheets: application.sheets
    .filter((sheet) => sheet.state === 'submitted')
    .map(({ id, reviewerId, method, scores }) => ({ id, reviewerId, method, scores })),
  survey: application.survey,
  adjustments: application.adjustments,
})

/** Flagged disagreements, each with what settles it, a reason or one more reviewer, if there is (rule 10). */
export function disagreementsOf(application: ReviewedApplication, standard: Standard, share: number) {
  const rubric = rubricOf(standard)
  return disagreements(inputOf(application), rubric, share).map((one) => {
    const sheets = application.sheets.flatMap(({ id, method, state, total, createdAt, submittedAt }) =>
      method === one.method && state === 'submitted' && total !== null && submittedAt !== null
        ? [{ id, total, createdAt, submittedAt }]
        : [],
    )
    const { maximum = 0 } = rubric.methods.find(({ method }) => method === one.method) ?? {}
    const followed = isFollowedUp(sheets, maximum, share) ? '已增加一位专家评分。' : null
    return { ...one, ruling: application.rulings.find(({ method }) => method === one.method)?.reason ?? followed }
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

/** Why no result can be computed yet, every reason with the school it belongs to. */
export function againstComputing(
  applications: readonly ReviewedApplication[],
  standard: Standard,
  share: number,
  result: { state: string } | undefined,
  waiting: Awaited<ReturnType<typeof readWaiting>>,
): Refusal[] {
  const reasons = againstWaiting(waiting)
  if (result && result.state !== 'computed' && result.state !== 'moderated')
    reasons.push(refusal('notInThisState', '评审结果已经封存，不能重新计算。'))
  if (applications.length === 0) reasons.push(refusal('incomplete', '还没有进入评审的申报。请先受理申报、分配评分表。'))
  const rubric = rubricOf(standard)
  for (const application of applications) {
    const { schoolName } = application
    for (const { method } of rubric.methods) {
      const sheets = application.sheets.filter((sheet) => sheet.method === method && sheet.state !== 'excluded')
      const open = sheets.filter((sheet) => sheet.state !== 'submitted').length
      if (sheets.length === 0) reasons.push(refusal('incomplete', `${schoolName}的“${labelOf(method)}”还没有评分表。`))
      else if (open > 0)
        reasons.push(refusal('incomplete', `${schoolName}的“${labelOf(method)}”还有 ${open} 张评分表没有提交。`))
      const asked = sheets.find((sheet) => sheet.excludeAskedBy !== null)
      if (asked)
        reasons.push(
          refusal('incomplete', `${schoolName}的“${labelOf(method)}”有评分表提请剔除，还没有人确认。`, {
            href: `/console/sheets/${asked.id}`,
          }),
        )
    }
    if (application.survey === null && rubric.survey.maximum > 0)
      reasons.push(
        refusal('incomplete', `${schoolName}：${application.surveyLack}。`, {
          href: application.surveyRulable ? `/console/review/${application.applicationId}` : '/console/surveys',
        }),
      )
    for (const one of disagreementsOf(application, standard, share))
      if (one.ruling === null)
        reasons.push(
          refusal('incomplete', `${schoolName}的“${labelOf(one.method)}”评分分歧较大，请说明理由或增加一位评委。`),
        )
  }
  return reasons
}

/** What is missing at a school that one has recused from is told without its name and numbers. */
export function withoutBarred(reasons: readonly Refusal[], barred: readonly { schoolName: string }[]): Refusal[] {
  const shown = reasons.filter((reason) => !barred.some((one) => reason.message.startsWith(one.schoolName)))
  return shown.length === reasons.length
    ? shown
    : [...shown, refusal('incomplete', '您回避的学校还有没办完的，请局党工委办的另一位同志办理。')]
}

/** The index decides where there is one; a ruling may be changed as long as there is none. */
export function againstRulingSurvey(application: Pick<ReviewedApplication, 'surveyRulable' | 'survey'>): Refusal[] {
  if (application.surveyRulable) return []
  const why = application.survey ? '这所学校有满意度指数，得分由它得出，不能裁定。' : '满意度测评还没有计票，不能裁定。'
  return [refusal('notInThisState', why)]
}

const labelOf = (method: ScoredMethod): string => methodLabels[method]

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
      .where('bureauId', '=', look.actor.bureauId ?? '')
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

const REASONS_SHOWN = 3

/** What the review asks of this person now: sheets to score, or the next step towards a sealed result. */
export async function listReviewTodos(look: Look): Promise<Todo[]> {
  return [...(await listSheetTodos(look)), ...(await listResultTodos(look))]
}

async function listSheetTodos(look: Look): Promise<Todo[]> {
  if (!hasRole(look.actor, 'reviewer')) return []
  const rows = await look.db
    .selectFrom('scoreSheet')
    .innerJoin('school', 'school.id', 'scoreSheet.schoolId')
    .innerJoin('cycle', 'cycle.id', 'scoreSheet.cycleId')
    .select(['scoreSheet.id', 'scoreSheet.method', 'scoreSheet.state', 'scoreSheet.returnReason', 'school.name'])
    .where('scoreSheet.reviewerId', '=', look.actor.personId ?? '')
    .where('scoreSheet.state', 'in', ['assigned', 'opened', 'draft'])
    .where('cycle.state', '=', 'open')
    .where(notRecused)
    .where(underReview)
    .orderBy('school.sortKey')
    .limit(200)
    .execute()
  return rows.map(({ id, method, name, returnReason }) => ({
    id: `sheet:${id}`,
    kind: returnReason ? 'sheetReturned' : 'sheetToScore',
    title: returnReason ? `评分表被退回：${name}` : `待评分：${name}`,
    detail: returnReason ?? `${labelOf(method)}评分表。`,
    href: `/console/sheets/${id}`,
  }))
}

async function listResultTodos(look: Look): Promise<Todo[]> {
  if (!hasRole(look.actor, 'office')) return []
  const cycle = look.actor.bureauId ? await currentCycle(look.db, look.actor.bureauId) : undefined
  if (cycle?.state !== 'open' || !cycle.standardId) return []
  const base = { id: `review:${cycle.id}`, href: '/console/review' }
  const result = await latestResult(look.db, cycle.id)
  if (result?.state === 'computed')
    return [
      {
        ...base,
        href: '/console/ranking',
        kind: 'resultToModerate',
        title: '评审结果待复核',
        detail: '复核后封存，封存后评分不能再改。',
      },
    ]
  if (result?.state === 'moderated')
    return [
      {
        ...base,
        href: '/console/ranking',
        kind: 'resultToSeal',
        title: '评审结果待封存',
        detail: '封存后登记审定会议的决定。',
      },
    ]
  if (result) return []
  const standard = (await readStandard(look.db, cycle.standardId)).body
  const applications = await readInputs(look.db, cycle.id, standard)
  if (applications.length === 0) return []
  const waiting = await readWaiting(look.db, cycle.id)
  const barred = await barredSchools(look, cycle.id)
  const reasons = withoutBarred(
    againstComputing(applications, standard, cycle.settings.disagreementShare, undefined, waiting),
    [...applications, ...waiting].filter((one) => barred.has(one.schoolId)),
  )
  if (reasons.length === 0)
    return [{ ...base, kind: 'resultToCompute', title: '评审结果可以计算', detail: '评分和测评得分已经齐全。' }]
  const first = reasons.slice(0, REASONS_SHOWN).map((one) => one.message)
  const title = `评审还有 ${reasons.length} 处没有办完`
  return [{ ...base, kind: 'reviewBlocked', title, detail: first.join('') }]
}
