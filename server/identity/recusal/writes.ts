import type { RecusalRow } from '#server/db/tables/review.ts'
import type { Work } from '#server/kernel/work.ts'

/** Whether it is new: a person recuses from a school once a year for each kind. */
export async function insertRecusal(work: Work, row: RecusalRow): Promise<boolean> {
  const added = await work.tx
    .insertInto('recusal')
    .values(row)
    .onConflict((conflict) => conflict.columns(['cycleId', 'personId', 'schoolId', 'kind']).doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}
