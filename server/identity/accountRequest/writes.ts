import type { RequestState } from '#domain/identity/accountRequestLife.ts'
import type { AccountRequestRow } from '#server/db/tables/foundation.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

export async function insertRequest(work: Work, row: AccountRequestRow): Promise<void> {
  await work.tx.insertInto('accountRequest').values(row).execute()
}

export async function updateRequest(
  work: Work,
  request: { id: string; state: RequestState },
  change: Partial<Pick<AccountRequestRow, 'decidedBy' | 'decidedAt' | 'decision' | 'usedAt'>> & { state: RequestState },
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('accountRequest')
      .set(change)
      .where('id', '=', request.id)
      .where('state', '=', request.state)
      .executeTakeFirstOrThrow(),
  )
}

/** The auditor has seen what was done; once is enough. */
export async function markRequestNoted(work: Work, id: string): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('accountRequest')
      .set({ notedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', 'used')
      .where('notedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

/** The owner's word on the new password, which the auditor has not seen yet. */
export async function updateOwnersWord(work: Work, id: string, isMine: boolean): Promise<void> {
  await work.tx
    .updateTable('accountRequest')
    .set({ confirmedAt: isMine ? work.now : null, notedAt: null })
    .where('id', '=', id)
    .execute()
}
