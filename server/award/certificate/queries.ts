import { z } from 'zod'
import { type Actor, isOffice } from '#domain/base/actor.ts'
import { againstAskingRevocation, isValid, quotaOf } from '#domain/award/award.ts'
import type { OutcomeKind } from '#domain/year/cycle.ts'
import { movesOf } from '#domain/base/lifecycle.ts'
import { awardLife, type AwardState } from '#domain/award/awardLife.ts'
import { outcomeWords } from '#domain/year/outcome.ts'
import { chosenCycle } from '#server/year/cycle/queries.ts'
import { readAsked } from '#server/award/revocation/queries.ts'
import { found } from '#server/kernel/problem.ts'
import { againstBroken } from '#server/kernel/seal.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

export async function readQuota(
  db: ReadOnly,
  cycle: { id: string; bureauId: string; settings: { awardShareOfApplicants: number; awardShareOfSchools: number } },
) {
  const applicants = await db
    .selectFrom('application')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('cycleId', '=', cycle.id)
    .where('state', 'not in', ['draft', 'refused', 'withdrawn'])
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

/** The awards of a year that stand: made public and not taken back. Every count of awarded schools is made from these. */
export const heldAwards = (db: ReadOnly, cycleId: string) =>
  db
    .selectFrom('award')
    .where('award.cycleId', '=', cycleId)
    .where('award.state', '=', 'conferred' satisfies AwardState)

const awards = (db: ReadOnly) =>
  db
    .selectFrom('award')
    .innerJoin('school', 'school.id', 'award.schoolId')
    .innerJoin('cycle', 'cycle.id', 'award.cycleId')
    .leftJoin('brand', 'brand.schoolId', 'award.schoolId')
    .selectAll('award')
    .select(['school.name as schoolName', 'school.stage', 'brand.name as brandName', 'cycle.outcomeKind'])

export async function listAwards(look: Look, cycleId: string) {
  const rows = await awards(look.db)
    .where('award.cycleId', '=', cycleId)
    .orderBy('school.stage')
    .orderBy('school.sortKey')
    .orderBy('award.createdAt')
    .execute()
  return shownAwards(look, rows)
}

type AwardFound = Awaited<ReturnType<ReturnType<typeof awards>['execute']>>[number]

async function shownAwards(look: Look, rows: readonly AwardFound[]) {
  const asked = await readAsked(
    look.db,
    rows.map((row) => row.id),
  )
  return rows.map((row) => {
    const wish = asked.get(row.id)
    return {
      id: row.id,
      schoolId: row.schoolId,
      schoolName: row.schoolName,
      stage: row.stage,
      brandName: row.brandName ?? '',
      grade: row.grade,
      state: row.state,
      outcomeKind: row.outcomeKind as OutcomeKind,
      valid: isValid(row, look.today),
      certificateNumber: row.certificateNumber,
      documentNumber: row.documentNumber,
      conferredOn: row.conferredOn,
      validUntil: row.validUntil,
      revokedReason: row.state === 'revoked' ? row.revokedReason : null,
      asked:
        wish && isOffice(look.actor, row.bureauId)
          ? {
              kind: wish.kind,
              reason: wish.reason,
              askedByName: wish.askedByName,
              own: wish.askedBy === look.actor.personId,
            }
          : null,
      updatedAt: row.updatedAt,
      moves: isOffice(look.actor, row.bureauId) ? awardMoves(look.actor, row, wish, look.today) : {},
    }
  })
}

function awardMoves(
  actor: Actor,
  row: AwardFound,
  asked: { kind: 'revoke' | 'restore'; askedBy: string } | undefined,
  today: string,
) {
  const subject = { ...row, ...revocable(row), asked }
  return movesOf(awardLife, subject.state, (action) =>
    action === 'revoke' || action === 'restore' ? againstAskingRevocation(actor, subject, action, today) : [],
  )
}

const revocable = (row: { state: string; outcomeKind: string }) => ({
  state: row.state as AwardState,
  graded: outcomeWords(row.outcomeKind as OutcomeKind).graded,
})

export async function findAward(look: Look, id: string) {
  const row = found(
    await awards(look.db)
      .where('award.id', '=', id)
      .where('award.bureauId', '=', look.actor.bureauId)
      .executeTakeFirst(),
  )
  return { ...row, ...revocable(row) }
}

export async function listOwn(look: Look, schoolId: string, year?: number) {
  const cycle = await chosenCycle(look, year)
  const rows = await awards(look.db)
    .where('award.schoolId', '=', schoolId)
    .$if(cycle !== undefined, (eb) => eb.where('award.cycleId', '=', cycle?.id ?? ''))
    // What was taken back before it was made public had never been the school's.
    .where('award.conferredOn', 'is not', null)
    .orderBy('award.conferredOn', 'desc')
    .execute()
  return shownAwards(look, rows)
}

const certificateShape = z.object({
  number: z.string(),
  year: z.int(),
  schoolName: z.string(),
  brandName: z.string(),
  awardTitle: z.string(),
  outcomeKind: z.enum(['award', 'recognition', 'commendation', 'showcase']),
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
