import type { Actor } from '#domain/base/actor.ts'
import type { ContactRow } from '#server/db/tables/school.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

export async function insertContact(work: Work<Actor>, row: ContactRow): Promise<void> {
  await work.tx.insertInto('contact').values(row).execute()
}

export async function markContactEnded(work: Work, id: string): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('contact')
      .set({ endedAt: work.now })
      .where('id', '=', id)
      .where('endedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}
