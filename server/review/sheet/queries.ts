import type { ExpressionBuilder } from 'kysely'
import { z } from 'zod'
import { hasRole } from '#domain/base/actor.ts'
import { openSheetStates, type ScoreSheetState } from '#domain/review/scoreSheetLife.ts'
import { computedRecusals, type RecusalKind, reviewedStates, type ReviewerTies } from '#domain/review/panel.ts'
import { refusal } from '#domain/base/refusal.ts'
import type { ScoredMethod, Scores } from '#domain/review/sheet.ts'
import { stampOf } from '#domain/base/stamp.ts'
import { maximumOf } from '#domain/year/standard.ts'
import { cycleOf, readStandard } from '#server/year/cycle/queries.ts'
import { isBarred, isRecused } from '#server/identity/recusal/queries.ts'
import type { Tables } from '#server/db/tables.ts'
import { demand, found } from '#server/kernel/problem.ts'
import { readActor } from '#server/kernel/session.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

/** The sheet for its reviewer, or for the office; a recused reviewer finds nothing any more (rule 9). */
export async function findSheet(look: Look, id: string) {
  const row = found(
    await look.db
      .selectFrom('scoreSheet')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', look.actor.bureauId)
      .executeTakeFirst(),
  )
  const { state: applicationState } = found(
    await look.db.selectFrom('application').select('state').where('id', '=', row.applicationId).executeTakeFirst(),
  )
  const own = row.reviewerId === look.actor.personId
  const mine = own && row.state !== 'recused' && !(await isRecused(look.db, row.reviewerId, row))
  // Recused from the school, nobody of the office sees or touches its review either.
  const office = hasRole(look.actor, 'office') && !(await isBarred(look, row))
  if (!(own ? mine : office)) demand([refusal('notFound')])
  return { ...row, applicationState, scores: scoresIn(row.scores) }
}

export type Sheet = Awaited<ReturnType<typeof findSheet>>

const scoresShape = z.record(z.string(), z.int())

/** The scores of a sheet as its column keeps them. */
export const scoresIn = (text: string): Scores => scoresShape.parse(JSON.parse(text))

export async function listReviewerSheets(look: Look, year?: number) {
  const cycle = await cycleOf(look, year)
  if (!cycle?.standardId) return []
  const { body } = await readStandard(look.db, cycle.standardId)
  const rows = await look.db
    .selectFrom('scoreSheet')
    .innerJoin('school', 'school.id', 'scoreSheet.schoolId')
    .select([
      'scoreSheet.id',
      'school.name as schoolName',
      'school.stage',
      'scoreSheet.method',
      'scoreSheet.state',
      'scoreSheet.total',
      'scoreSheet.submittedAt',
      'scoreSheet.returnReason',
    ])
    .where('scoreSheet.cycleId', '=', cycle.id)
    .where('scoreSheet.reviewerId', '=', look.actor.personId)
    .where('scoreSheet.state', '!=', 'recused')
    .where(notRecused)
    .where(underReview)
    .orderBy('school.sortKey')
    .orderBy('scoreSheet.method')
    .execute()
  return rows.map((row) => ({ ...row, maximum: maximumOf(body, row.method) }))
}

/** The sheet that the reader still owes on the same application by the same method. */
export function findOwnOpenSheet(look: Look, sheet: { applicationId: string; method: ScoredMethod }) {
  return look.db
    .selectFrom('scoreSheet')
    .select('id')
    .where('reviewerId', '=', look.actor.personId)
    .where('applicationId', '=', sheet.applicationId)
    .where('method', '=', sheet.method)
    .where('state', 'in', [...openSheetStates])
    .where(notRecused)
    .executeTakeFirst()
}

/** Conflicts that the system knows of a reviewer; judged at every act on a sheet, for they also arise after it was handed out. */
export async function readConflicts(
  look: Look,
  sheet: { reviewerId: string; bureauId: string; schoolId: string },
): Promise<RecusalKind[]> {
  const { reviewerId: personId, bureauId, schoolId } = sheet
  const ties = await readTies(look.db, { personId, name: '', bureauId }, look.today)
  const school = found(
    await look.db.selectFrom('school').select(['id', 'groupId']).where('id', '=', schoolId).executeTakeFirst(),
  )
  return computedRecusals(ties, school)
}

/** A reviewer's sheets for one application, in some states. */
export const listOwnSheets = (
  db: ReadOnly,
  own: { reviewerId: string; applicationId: string },
  states: readonly ScoreSheetState[],
) =>
  db
    .selectFrom('scoreSheet')
    .select('id')
    .where('reviewerId', '=', own.reviewerId)
    .where('applicationId', '=', own.applicationId)
    .where('state', 'in', [...states])
    .execute()

/** Sheets of an application whose reviewers still score it. */
export const listSheetsOf = (db: ReadOnly, applicationId: string) =>
  db
    .selectFrom('scoreSheet')
    .select(['id', 'state', 'submittedAt'])
    .where('applicationId', '=', applicationId)
    .where('state', 'not in', ['recused', 'excluded'])
    .where(notRecused)
    .execute()

/** What the second person judges: this request, on the sheet as it stands. */
export const exclusionStamp = (sheet: { updatedAt: string; excludeAskedAt: string | null }): string =>
  stampOf([sheet.updatedAt, sheet.excludeAskedAt])

/** Whether a sheet has been in, now or before it was returned. */
export async function wasSubmitted(db: ReadOnly, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('seal')
    .select('id')
    .where('kind', '=', 'scoreSheet')
    .where('subjectId', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

const versionShape = z.object({ total: z.int().nullish(), submittedAt: z.string() })

/** Every earlier submission of a sheet, kept when it was returned. */
export async function listSheetVersions(db: ReadOnly, id: string) {
  const rows = await db
    .selectFrom('seal')
    .select(['version', 'content', 'digest', 'liftedReason'])
    .where('kind', '=', 'scoreSheet')
    .where('subjectId', '=', id)
    .where('liftedAt', 'is not', null)
    .orderBy('version', 'desc')
    .execute()
  return rows.flatMap(({ version, content, digest, liftedReason }) => {
    const said = versionShape.safeParse(JSON.parse(content ?? 'null'))
    if (!said.success) return []
    const { total, submittedAt } = said.data
    return [{ version, total: total ?? null, at: submittedAt, returned: liftedReason, digest }]
  })
}

/** The names around a sheet: the school's with its frozen dossier, the reviewer's, and of who asked to leave the sheet out. */
export async function readSheetNames(db: ReadOnly, sheet: Sheet) {
  const school = found(
    await db
      .selectFrom('school')
      .innerJoin('application', 'application.schoolId', 'school.id')
      .select(['school.name as schoolName', 'school.stage', 'application.frozen'])
      .where('application.id', '=', sheet.applicationId)
      .executeTakeFirst(),
  )
  const { name: reviewerName } = found(await readPersonName(db, sheet.reviewerId))
  const asker = sheet.excludeAskedBy ? await readPersonName(db, sheet.excludeAskedBy) : undefined
  return { ...school, reviewerName, askerName: asker?.name ?? '' }
}

const readPersonName = (db: ReadOnly, id: string) =>
  db.selectFrom('person').select('name').where('id', '=', id).executeTakeFirst()

/** Left in wherever a reviewer's sheets are listed: those of applications that are or were reviewed. */
export const underReview = (eb: ExpressionBuilder<Tables, 'scoreSheet'>) =>
  eb.exists(
    eb
      .selectFrom('application')
      .select('application.id')
      .whereRef('application.id', '=', 'scoreSheet.applicationId')
      .where('application.state', 'in', [...reviewedStates]),
  )

/** Left out wherever sheets are listed or counted: a submitted one stays on record, but its reviewer has recused since. */
export const notRecused = (eb: ExpressionBuilder<Tables, 'scoreSheet'>) =>
  eb.not(
    eb.exists(
      eb
        .selectFrom('recusal')
        .select('recusal.id')
        .whereRef('recusal.cycleId', '=', 'scoreSheet.cycleId')
        .whereRef('recusal.personId', '=', 'scoreSheet.reviewerId')
        .whereRef('recusal.schoolId', '=', 'scoreSheet.schoolId'),
    ),
  )

/** Where a reviewer stands towards schools, as far as the system knows (rule 9). */
export async function readTies(
  db: ReadOnly,
  person: { personId: string; name: string; bureauId: string },
  today: string,
): Promise<ReviewerTies> {
  const { grants } = await readActor(db, person)
  const worksAt = grants
    .filter((one) => one.role === 'secretary' || one.role === 'clerk')
    .map((one) => one.organizationId)
  const since = yearsBefore(today, YEARS_BACK)
  const left = await db
    .selectFrom('roleGrant')
    .select('organizationId')
    .where('personId', '=', person.personId)
    .where('role', 'in', ['secretary', 'clerk'])
    .where('endedAt', '>=', since)
    .execute()
  const groups = await db
    .selectFrom('school')
    .select('groupId')
    .where('id', 'in', worksAt)
    .where('groupId', 'is not', null)
    .execute()
  return {
    worksAt,
    groups: groups.flatMap((one) => (one.groupId ? [one.groupId] : [])),
    workedAt: left.map((one) => one.organizationId),
    contactSchools: [...grants.flatMap((one) => one.schoolIds ?? []), ...(await lookedAfter(db, person, today))],
    advisedAt: await advised(db, person.personId, since),
  }
}

const YEARS_BACK = 3
const yearsBefore = (today: string, years: number): string => `${Number(today.slice(0, 4)) - years}${today.slice(4)}`

/** Schools that the person looked after at some time of this year, as leader of the zone or in the department. */
async function lookedAfter(db: ReadOnly, person: { personId: string }, today: string): Promise<string[]> {
  const since = `${today.slice(0, 4)}-01-01`
  const zones = await db
    .selectFrom('contact')
    .innerJoin('school', 'school.zoneId', 'contact.zoneId')
    .select('school.id')
    .where('contact.personId', '=', person.personId)
    .where('contact.endedAt', '>=', since)
    .execute()
  const departments = await db
    .selectFrom('contact')
    .innerJoin('roleGrant', 'roleGrant.departmentId', 'contact.departmentId')
    .select(['contact.schoolId as id'])
    .where('roleGrant.personId', '=', person.personId)
    .where((eb) => eb.or([eb('contact.endedAt', '>=', since), eb('roleGrant.endedAt', '>=', since)]))
    .execute()
  return [...zones, ...departments].flatMap((one) => (one.id ? [one.id] : []))
}

/** Schools that the person visited with advice: who advised does not judge. */
async function advised(db: ReadOnly, personId: string, since: string): Promise<string[]> {
  const rows = await db
    .selectFrom('visit')
    .select('schoolId')
    .distinct()
    .where('personId', '=', personId)
    .where('advised', '!=', '')
    .where('visitedOn', '>=', since)
    .execute()
  return rows.map((one) => one.schoolId)
}
