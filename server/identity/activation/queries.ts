import type { Role } from '#domain/base/actor.ts'
import { found } from '#server/kernel/problem.ts'
import type { ReadOnly } from '#server/kernel/work.ts'

export const findActivation = (db: ReadOnly, personId: string, tokenHash: string) =>
  db
    .selectFrom('activation')
    .select(['id', 'expiresAt', 'usedAt', 'requestId'])
    .where('personId', '=', personId)
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst()

/** Whether somebody has used the account, and which roles its owner holds. */
export async function readStandingOf(db: ReadOnly, personId: string): Promise<{ activated: boolean; roles: Role[] }> {
  const account = found(
    await db.selectFrom('account').select('passwordHash').where('personId', '=', personId).executeTakeFirst(),
  )
  const grants = await db
    .selectFrom('roleGrant')
    .select('role')
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .execute()
  return { activated: account.passwordHash !== null, roles: grants.map((one) => one.role) }
}
