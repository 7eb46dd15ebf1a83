import type { Look, ReadOnly, Work } from './work.ts'
import { sha256 } from './work.ts'

export const TRIES_PER_ACCOUNT = 5
export const TRIES_PER_SOURCE = 20
export const LOCK_MINUTES = 30
const KEEP_HOURS = 24

/** Who tries from where. The name is kept hashed: people do type their password into the field for the name. */
export interface Attempt {
  loginName: string
  source: string
}

export type Barred = 'account' | 'source' | undefined

const nameKey = (loginName: string): string => `account:${sha256(loginName)}:`
const accountKey = ({ loginName, source }: Attempt): string => nameKey(loginName) + source
const sourceKey = ({ source }: Attempt): string => `source:${source}`

/** Whether tries are barred: of this account from this source, or of anything from this source (A1–A3). */
export async function findBarred(db: ReadOnly, attempt: Attempt, now: string): Promise<Barred> {
  const rows = await db
    .selectFrom('signInFailure')
    .select('key')
    .where('key', 'in', [accountKey(attempt), sourceKey(attempt)])
    .where('lockedUntil', '>', now)
    .execute()
  if (rows.some((row) => row.key === sourceKey(attempt))) return 'source'
  return rows.length > 0 ? 'account' : undefined
}

/** Counts a failed try for the account at this source and for the source, and locks at the limit. */
export async function countFailure(work: Work, attempt: Attempt): Promise<Barred> {
  const old = new Date(Date.parse(work.now) - KEEP_HOURS * 3_600_000).toISOString()
  await work.tx.deleteFrom('signInFailure').where('windowStart', '<', old).execute()
  const account = await countOne(work, accountKey(attempt), TRIES_PER_ACCOUNT)
  const source = await countOne(work, sourceKey(attempt), TRIES_PER_SOURCE)
  return source ? 'source' : account ? 'account' : undefined
}

async function countOne(work: Work, key: string, limit: number): Promise<boolean> {
  const row = await work.tx.selectFrom('signInFailure').selectAll().where('key', '=', key).executeTakeFirst()
  const windowOpen = Date.parse(work.now) - LOCK_MINUTES * 60_000
  const goesOn =
    row !== undefined && Date.parse(row.lockedUntil ?? row.windowStart) > windowOpen && !isOver(row, work.now)
  const failures = goesOn ? row.failures + 1 : 1
  const lockedUntil = failures >= limit ? new Date(Date.parse(work.now) + LOCK_MINUTES * 60_000).toISOString() : null
  const values = { failures, windowStart: goesOn ? row.windowStart : work.now, lockedUntil }
  await work.tx
    .insertInto('signInFailure')
    .values({ key, ...values })
    .onConflict((on) => on.column('key').doUpdateSet(values))
    .execute()
  return lockedUntil !== null
}

/** A lock that has run out begins anew at one. */
const isOver = (row: { lockedUntil: string | null }, now: string): boolean =>
  row.lockedUntil !== null && row.lockedUntil <= now

/** A success wipes the tries of this account at this source only. */
export async function forgetFailures(work: Work, attempt: Attempt): Promise<void> {
  await work.tx.deleteFrom('signInFailure').where('key', '=', accountKey(attempt)).execute()
}

/** Unlocks an account at every source. */
export async function unlockName(work: Work, loginName: string): Promise<number> {
  const done = await work.tx
    .deleteFrom('signInFailure')
    .where('key', 'like', `${nameKey(loginName)}%`)
    .executeTakeFirstOrThrow()
  return Number(done.numDeletedRows)
}

/** Which of the accounts are locked somewhere at this moment. */
export async function lockedNames(look: Look, loginNames: readonly string[]): Promise<Set<string>> {
  const rows = await look.db
    .selectFrom('signInFailure')
    .select('key')
    .where('key', 'like', 'account:%')
    .where('lockedUntil', '>', look.now)
    .execute()
  const locked = new Set(rows.map((row) => row.key.slice(0, nameKey('').length)))
  return new Set(loginNames.filter((name) => locked.has(nameKey(name))))
}
