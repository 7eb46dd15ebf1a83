import type { RevocationOutcome } from '#domain/award/award.ts'
import type { RevocationRow } from '#server/db/tables/award.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

export const insertRevocation = (work: Work, wish: Pick<RevocationRow, 'id' | 'awardId' | 'kind' | 'reason'>) =>
  work.tx
    .insertInto('revocation')
    .values({
      ...wish,
      askedBy: work.actor.personId,
      askedAt: work.now,
      outcome: 'asked',
      decidedBy: null,
      decidedAt: null,
    })
    .execute()

/** What the second person made of a wish that still waits. */
export async function closeRevocation(
  work: Work,
  id: string,
  outcome: Exclude<RevocationOutcome, 'asked'>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('revocation')
      .set({ outcome, decidedBy: work.actor.personId, decidedAt: work.now })
      .where('id', '=', id)
      .where('outcome', '=', 'asked')
      .executeTakeFirstOrThrow(),
  )
}
