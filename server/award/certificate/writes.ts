import { awardLife, type AwardState } from '#domain/award/awardLife.ts'
import type { AwardRow, CertificateVersionRow } from '#server/db/tables/award.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

export type NewAward = Pick<
  AwardRow,
  'bureauId' | 'cycleId' | 'schoolId' | 'applicationId' | 'resultId' | 'decisionId' | 'grade'
>

export const insertAward = (work: Work, award: NewAward & { id: string }) =>
  work.tx
    .insertInto('award')
    .values({
      ...award,
      state: awardLife.first,
      documentNumber: null,
      certificateNumber: null,
      certificate: null,
      certificateDigest: null,
      conferredOn: null,
      validUntil: null,
      revokedReason: null,
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()

/** Moves an award on from the state it was read in. */
export async function moveAward(
  work: Work,
  award: Pick<AwardRow, 'id' | 'state'>,
  { to, values }: { to: AwardState; values: Partial<AwardRow> },
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('award')
      .set({ state: to, updatedAt: work.now, ...values })
      .where('id', '=', award.id)
      .where('state', '=', award.state)
      .executeTakeFirstOrThrow(),
  )
}

/** New words on an award that stays in its state, unless somebody wrote since it was read. */
export async function updateAward(
  work: Work,
  award: Pick<AwardRow, 'id' | 'updatedAt'>,
  values: Partial<AwardRow>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('award')
      .set({ ...values, updatedAt: work.now })
      .where('id', '=', award.id)
      .where('updatedAt', '=', award.updatedAt)
      .executeTakeFirstOrThrow(),
  )
}

/** The next serial of a bureau and year; the row is the lock, so that numbers are consecutive and used once (I10). */
export async function takeSerial(work: Work, bureauId: string, year: number): Promise<number> {
  const row = await work.tx
    .insertInto('certificateCounter')
    .values({ bureauId, year, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(['bureauId', 'year']).doUpdateSet((eb) => ({ last: eb('certificateCounter.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return row.last
}

export const insertCertificateVersion = (
  work: Work,
  version: Omit<CertificateVersionRow, 'replacedBy' | 'replacedAt'>,
) =>
  work.tx
    .insertInto('certificateVersion')
    .values({ ...version, replacedBy: work.actor.personId, replacedAt: work.now })
    .execute()
