import type { BreachRow } from '#server/db/tables/application.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

type NewBreach = Pick<BreachRow, 'id' | 'bureauId' | 'schoolId' | 'cycleId' | 'kind' | 'detail'>

export const insertBreach = (work: Work, breach: NewBreach) =>
  work.tx
    .insertInto('breach')
    .values({ ...breach, recordedAt: work.now, recordedBy: work.actor.personId, liftedAt: null, liftedReason: '' })
    .execute()

/** Lifted once; refuses when another did so before. */
export async function markLifted(work: Work, id: string, reason: string): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('breach')
      .set({ liftedAt: work.now, liftedReason: reason })
      .where('id', '=', id)
      .where('liftedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}
