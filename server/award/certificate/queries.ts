import { z } from 'zod'
import { quotaOf } from '#domain/award/award.ts'
import { notApplied } from '#domain/application/applicationLife.ts'
import type { AwardState } from '#domain/award/awardLife.ts'
import { outcomeWords } from '#domain/year/outcome.ts'
import { outcomeKindShape } from '#contract/year/cycle.ts'
import { chosenCycle } from '#server/year/cycle/queries.ts'
import { found } from '#server/kernel/problem.ts'
import { againstBroken } from '#server/kernel/seal.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

/** How many a year may award, counted from its applicants and the schools of the bureau (rule 15). */
export async function readQuota(
  db: ReadOnly,
  cycle: { id: string; bureauId: string; settings: { awardShareOfApplicants: number; awardShareOfSchools: number } },
) {
  const applicants = await db
    .selectFrom('application')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('cycleId', '=', cycle.id)
    .where('state', 'not in', [...notApplied])
    .executeTakeFirst()
  const schools = await db
    .selectFrom('school')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('bureauId', '=', cycle.bureauId)
    .where('retiredAt', 'is', null)
    .executeTakeFirst()
  return quotaOf(
    { applicants: Number(applicants?.count ?? 0), schools: Number(schools?.count ?? 0) },
    { applicants: cycle.settings.awardShareOfApplicants, schools: cycle.settings.awardShareOfSchools },
  )
}

/** Applications whose review is done, by stage and name: never by rank (rule 11). */
export function listRanked(db: ReadOnly, cycleId: string) {
  return db
    .selectFrom('application')
    .innerJoin('school', 'school.id', 'application.schoolId')
    .leftJoin('brand', 'brand.schoolId', 'application.schoolId')
    .select([
      'application.id as applicationId',
      'application.schoolId',
      'application.state',
      'school.name as schoolName',
      'school.stage',
      'brand.name as brandName',
    ])
    .where('application.cycleId', '=', cycleId)
    .where('application.state', '=', 'ranked')
    .orderBy('school.stage')
    .orderBy('school.sortKey')
    .execute()
}

const held = (db: ReadOnly, cycleId: string) =>
  db
    .selectFrom('award')
    .where('award.cycleId', '=', cycleId)
    .where('award.state', '=', 'conferred' satisfies AwardState)

/** The awards of a year that stand: made public and not taken back. Every count of awarded schools is made from these. */
export const listHeld = (db: ReadOnly, cycleId: string) =>
  held(db, cycleId).select(['id', 'applicationId', 'schoolId', 'decisionId']).execute()

/** Awards that were made public by the same paper on the same day. */
export const listConferredWith = (
  db: ReadOnly,
  award: { cycleId: string; documentNumber: string | null; conferredOn: string | null },
) =>
  held(db, award.cycleId)
    .selectAll('award')
    .where('award.documentNumber', '=', award.documentNumber)
    .where('award.conferredOn', '=', award.conferredOn)
    .orderBy('award.id')
    .execute()

export const listAwardsIn = (db: ReadOnly, cycleId: string, states: readonly AwardState[]) =>
  db
    .selectFrom('award')
    .select(['id', 'schoolId', 'state'])
    .where('cycleId', '=', cycleId)
    .where('state', 'in', states)
    .execute()

export async function countAwardsIn(db: ReadOnly, cycleId: string, state: AwardState): Promise<number> {
  const row = await db
    .selectFrom('award')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('cycleId', '=', cycleId)
    .where('state', '=', state)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

const named = (db: ReadOnly, cycleId: string) =>
  db
    .selectFrom('award')
    .innerJoin('school', 'school.id', 'award.schoolId')
    .innerJoin('application', 'application.id', 'award.applicationId')
    .leftJoin('brand', 'brand.schoolId', 'award.schoolId')
    .select(['school.name as schoolName', 'brand.name as brandName', 'application.frozen'])
    .where('award.cycleId', '=', cycleId)
    .orderBy('school.stage')
    .orderBy('school.sortKey')

/** What came through its notice and waits to be made public, with what its certificate says. */
export const listToConfer = (db: ReadOnly, cycleId: string) =>
  named(db, cycleId)
    .innerJoin('organization', 'organization.id', 'award.bureauId')
    .select(['award.id', 'award.schoolId', 'award.grade', 'organization.name as bureauName'])
    .where('award.state', '=', 'publicised')
    .execute()

/** What was made public, for the paper that makes it known. */
export const listConferred = (db: ReadOnly, cycleId: string) =>
  named(db, cycleId)
    .select(['award.documentNumber', 'award.conferredOn', 'school.stage'])
    .where('award.state', '=', 'conferred')
    .execute()

/** The last notice of a decision that ran its time. */
export const findNoticeOf = (db: ReadOnly, decisionId: string) =>
  db
    .selectFrom('notice')
    .select('endsOn')
    .where('decisionId', '=', decisionId)
    .where('state', 'in', ['ended', 'superseded'])
    .orderBy('createdAt', 'desc')
    .executeTakeFirst()

/** The number of the last version that was kept of a certificate; 0 while it was never corrected. */
export async function readLastVersion(db: ReadOnly, awardId: string): Promise<number> {
  const row = await db
    .selectFrom('certificateVersion')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('awardId', '=', awardId)
    .executeTakeFirst()
  return Number(row?.version ?? 0)
}

const awards = (db: ReadOnly) =>
  db
    .selectFrom('award')
    .innerJoin('school', 'school.id', 'award.schoolId')
    .innerJoin('cycle', 'cycle.id', 'award.cycleId')
    .leftJoin('brand', 'brand.schoolId', 'award.schoolId')
    .selectAll('award')
    .select(['school.name as schoolName', 'school.stage', 'brand.name as brandName', 'cycle.outcomeKind'])

export type AwardFound = Awaited<ReturnType<ReturnType<typeof awards>['execute']>>[number]

export const listAwardRows = (db: ReadOnly, cycleId: string) =>
  awards(db)
    .where('award.cycleId', '=', cycleId)
    .orderBy('school.stage')
    .orderBy('school.sortKey')
    .orderBy('award.createdAt')
    .execute()

export async function findAward(look: Look, id: string) {
  const row = found(
    await awards(look.db)
      .where('award.id', '=', id)
      .where('award.bureauId', '=', look.actor.bureauId)
      .executeTakeFirst(),
  )
  return { ...row, graded: outcomeWords(row.outcomeKind).graded }
}

/** The awards of one school, in one year or in all. */
export async function listOwnRows(look: Look, schoolId: string, year?: number) {
  const cycle = await chosenCycle(look, year)
  return (
    awards(look.db)
      .where('award.schoolId', '=', schoolId)
      .$if(cycle !== undefined, (eb) => eb.where('award.cycleId', '=', cycle?.id ?? ''))
      // What was taken back before it was made public had never been the school's.
      .where('award.conferredOn', 'is not', null)
      .orderBy('award.conferredOn', 'desc')
      .execute()
  )
}

const certificateShape = z.object({
  number: z.string(),
  year: z.int(),
  schoolName: z.string(),
  brandName: z.string(),
  awardTitle: z.string(),
  outcomeKind: outcomeKindShape,
  grade: z.string(),
  bureauName: z.string(),
  documentNumber: z.string(),
  conferredOn: z.string(),
  validUntil: z.string(),
})
/** What a certificate says, as it was conferred. */
export type Certificate = z.infer<typeof certificateShape>

export const readCertificate = (text: string): Certificate => certificateShape.parse(JSON.parse(text))

export async function findCertificate(db: ReadOnly, number: string) {
  const row = await db
    .selectFrom('award')
    .select(['id', 'bureauId', 'schoolId', 'state', 'validUntil', 'revokedReason', 'certificate', 'certificateDigest'])
    .where('certificateNumber', '=', number)
    .executeTakeFirst()
  if (!row?.certificate) return undefined
  const { certificate, ...award } = row
  const versions = await db
    .selectFrom('certificateVersion')
    .select(['version', 'reason', 'replacedAt', 'certificate'])
    .where('awardId', '=', row.id)
    .orderBy('version', 'desc')
    .execute()
  return {
    ...award,
    says: readCertificate(certificate),
    /** What of it is no longer what was sealed when it was conferred or last corrected. */
    broken: await againstBroken(db, 'award', { id: row.id }),
    corrections: versions.map((one) => ({ ...one, said: readCertificate(one.certificate) })),
  }
}
