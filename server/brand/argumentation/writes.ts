import type { ArgumentationRow, ArgumentationVersionRow } from '#server/db/tables/plan.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

export async function insertArgumentation(work: Work, row: ArgumentationRow): Promise<void> {
  await work.tx.insertInto('argumentation').values(row).execute()
}

/** Other words for a record that stands and that nobody has corrected since it was read. */
export async function updateArgumentation(
  work: Work,
  { id, version }: { id: string; version: number },
  words: Pick<ArgumentationRow, 'heldOn' | 'kind' | 'participants' | 'opinions' | 'outcome'>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('argumentation')
      .set({ ...words, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .where('voidedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

export async function markArgumentationVoided(
  work: Work,
  { id, version }: { id: string; version: number },
  reason: string,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('argumentation')
      .set({ voidedAt: work.now, voidReason: reason })
      .where('id', '=', id)
      .where('version', '=', version)
      .where('voidedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

export async function insertArgumentationVersion(work: Work, row: ArgumentationVersionRow): Promise<void> {
  await work.tx.insertInto('argumentationVersion').values(row).execute()
}
