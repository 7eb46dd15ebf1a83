import type { ReviewedApplication } from '#domain/review/computing.ts'
import type { ApplicationInput, Place } from '#domain/review/review.ts'
import { openSheetStates } from '#domain/review/scoreSheetLife.ts'
import type { Standard } from '#domain/year/standard.ts'
import type { Refusal } from '#domain/base/refusal.ts'
import { findOwnCycle, readCycle, readStandard, standingResult } from '#server/year/cycle/queries.ts'
import { notRecused, underReview } from '#server/review/sheet/queries.ts'
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

/** A result of the actor's own bureau by its id, whether it stands or was overtaken. */
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

/** As it was written: a seal over its digest holds the text, and a shape could only refuse a result that was read out long ago. */
export const bodyOf = (result: { body: string }): ResultBody => JSON.parse(result.body)

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

/** Names for places, by application, in the order of the schools. */
export async function readNames(db: ReadOnly, applicationIds: readonly string[]) {
  const rows = await db
    .selectFrom('application')
    .innerJoin('school', 'school.id', 'application.schoolId')
    .leftJoin('brand', 'brand.schoolId', 'application.schoolId')
    .select(['application.id', 'school.name as schoolName', 'school.stage', 'brand.name as brandName'])
    .where('application.id', 'in', applicationIds)
    .orderBy('school.sortKey')
    .execute()
  return new Map(
    rows.map((row) => [row.id, { schoolName: row.schoolName, stage: row.stage, brandName: row.brandName ?? '' }]),
  )
}

/** Sheets that wait for this reviewer, the first two hundred. */
export const listSheetsToScore = (look: Look) =>
  look.db
    .selectFrom('scoreSheet')
    .innerJoin('school', 'school.id', 'scoreSheet.schoolId')
    .innerJoin('cycle', 'cycle.id', 'scoreSheet.cycleId')
    .select(['scoreSheet.id', 'scoreSheet.method', 'scoreSheet.state', 'scoreSheet.returnReason', 'school.name'])
    .where('scoreSheet.reviewerId', '=', look.actor.personId)
    .where('scoreSheet.state', 'in', [...openSheetStates])
    .where('cycle.state', '=', 'open')
    .where(notRecused)
    .where(underReview)
    .orderBy('school.sortKey')
    .limit(200)
    .execute()
