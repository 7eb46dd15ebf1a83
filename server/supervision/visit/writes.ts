import { stampAfter } from '#domain/base/stamp.ts'
import type { VisitRow } from '#server/db/tables/supervision.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

export const addVisit = (work: Work, visit: Omit<VisitRow, 'createdAt' | 'updatedAt'>) =>
  work.tx
    .insertInto('visit')
    .values({ ...visit, createdAt: work.now, updatedAt: work.now })
    .execute()

/** Writes over the visit as it was read; a save in between loses nothing. */
export async function changeVisit(
  work: Work,
  { id, updatedAt }: Pick<VisitRow, 'id' | 'updatedAt'>,
  change: Partial<VisitRow>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('visit')
      .set({ ...change, updatedAt: stampAfter(updatedAt, work.now) })
      .where('id', '=', id)
      .where('updatedAt', '=', updatedAt)
      .executeTakeFirstOrThrow(),
  )
}
