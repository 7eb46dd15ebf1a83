import type { Actor } from '#domain/base/actor.ts'
import { type Look, type ReadOnly, sha256 } from '#server/kernel/work.ts'

export const SETUP_KEY = 'setup'
const SETUP_HOURS = 24

/** Whether anybody has an account yet. */
export const hasAccounts = async (db: ReadOnly): Promise<boolean> =>
  (await db.selectFrom('account').select('personId').limit(1).executeTakeFirst()) !== undefined

/** Whether the link is the last one printed and not a day old. */
export async function isSetupLink(look: Look<Actor>, token: string): Promise<boolean> {
  const kept = await look.db
    .selectFrom('setting')
    .selectAll()
    .where('key', '=', SETUP_KEY)
    .where('value', '=', sha256(token))
    .executeTakeFirst()
  return kept !== undefined && Date.parse(look.now) - Date.parse(kept.updatedAt) < SETUP_HOURS * 3_600_000
}
