import type { Database } from '#server/db/open.ts'

const KEPT_AT_MOST = 2_000

interface Kept {
  version: number
  values: Map<string, unknown>
}

const kept = new WeakMap<Database, Kept>()

/**
 * What every request asks for (who is signed in, which year it is), read once and kept until anything is committed to the database
 * by anybody; see decision 0009. On PostgreSQL, which cannot say at once that something was committed, it is read each time. What
 * depends on the time may be kept only as it was stored: the caller judges it anew.
 */
export async function untilCommit<T>(database: Database, key: string, read: () => Promise<T>): Promise<T> {
  const version = database.version()
  if (version === undefined) return read()
  let own = kept.get(database)
  if (!own || own.version !== version || own.values.size >= KEPT_AT_MOST) {
    own = { version, values: new Map() }
    kept.set(database, own)
  }
  if (own.values.has(key)) return own.values.get(key) as T
  const value = await read()
  // What was read may be newer than the version, never older: then the next version reads it again.
  own.values.set(key, value)
  return value
}

/** Forgets all that was kept, so that a test which counts queries counts every one. */
export const forgetCommitted = (database: Database): void => void kept.delete(database)
