import type { Actor } from '#domain/base/actor.ts'
import type { ActivationRow } from '#server/db/tables/foundation.ts'
import type { Work } from '#server/kernel/work.ts'

export async function insertActivation(work: Work<Actor>, row: ActivationRow): Promise<void> {
  await work.tx.insertInto('activation').values(row).execute()
}

/** Whatever slip a person still has leads nowhere any more. */
export async function markActivationsUsed(work: Work<Actor>, personId: string): Promise<void> {
  await work.tx
    .updateTable('activation')
    .set({ usedAt: work.now })
    .where('personId', '=', personId)
    .where('usedAt', 'is', null)
    .execute()
}

/** Whether it was good and is spent now; of two who try, one wins. */
export async function markActivationUsed(work: Work<Actor>, id: string): Promise<boolean> {
  const done = await work.tx
    .updateTable('activation')
    .set({ usedAt: work.now })
    .where('id', '=', id)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', work.now)
    .executeTakeFirstOrThrow()
  return done.numUpdatedRows === 1n
}
