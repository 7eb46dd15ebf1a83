import type { Actor } from '#domain/base/actor.ts'
import type { AccountState } from '#domain/identity/account.ts'
import type { AccountRow, PersonRow, RoleGrantRow } from '#server/db/tables/foundation.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

export async function insertPerson(work: Work<Actor>, row: PersonRow): Promise<void> {
  await work.tx.insertInto('person').values(row).execute()
}

export async function insertAccount(work: Work<Actor>, row: AccountRow): Promise<void> {
  await work.tx.insertInto('account').values(row).execute()
}

export async function insertGrant(work: Work<Actor>, row: RoleGrantRow): Promise<void> {
  await work.tx.insertInto('roleGrant').values(row).execute()
}

export async function markGrantEnded(work: Work<Actor>, id: string): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('roleGrant')
      .set({ endedAt: work.now })
      .where('id', '=', id)
      .where('endedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

/** A name that changed meanwhile stays. */
export async function updatePersonName(
  work: Work<Actor>,
  id: string,
  name: { from: string; to: string },
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('person')
      .set({ name: name.to })
      .where('id', '=', id)
      .where('name', '=', name.from)
      .executeTakeFirstOrThrow(),
  )
}

/** Into a state that the account is not in already. */
export async function updateAccountState(work: Work<Actor>, personId: string, to: AccountState): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('account')
      .set({ state: to })
      .where('personId', '=', personId)
      .where('state', '!=', to)
      .executeTakeFirstOrThrow(),
  )
}

export async function updatePassword(
  work: Work<Actor>,
  personId: string,
  { passwordHash, mustChange }: { passwordHash: string; mustChange: boolean },
): Promise<void> {
  await work.tx
    .updateTable('account')
    .set({ passwordHash, mustChange: mustChange ? 1 : 0, passwordChangedAt: work.now })
    .where('personId', '=', personId)
    .execute()
}

/** The request whose slip set the password, or none when the owner has given their word. */
export async function updateReset(work: Work<Actor>, personId: string, requestId: string | null): Promise<void> {
  await work.tx.updateTable('account').set({ resetId: requestId }).where('personId', '=', personId).execute()
}

export async function markPasswordOld(work: Work<Actor>, personId: string): Promise<void> {
  await work.tx.updateTable('account').set({ mustChange: 1 }).where('personId', '=', personId).execute()
}
