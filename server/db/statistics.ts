import { type Kysely, sql } from 'kysely'
import type { Database } from './open.ts'
import type { Tables } from './tables.ts'

/** Run the analysis, bounded, for every table and not only those that this connection has asked. */
const EVERY_TABLE_BOUNDED = 0x10012
const AGAIN_AFTER_MS = 10 * 60_000

/**
 * SQLite chooses an index by what it knows of the tables' sizes, and without it takes a whole district for one school. It measures only
 * what has grown much since the last time, so this may run often. PostgreSQL does the same by itself.
 */
export async function refreshStatistics(database: Database): Promise<void> {
  if (database.engine !== 'sqlite') return
  const { writer } = database
  const before = await known(writer)
  await sql.raw(`pragma optimize(${EVERY_TABLE_BOUNDED})`).execute(writer)
  if ((await known(writer)) === before) return
  // Connections that are open read the figures only with the schema, so they are told that it is another.
  const { rows } = await sql<{ schema_version: number }>`pragma schema_version`.execute(writer)
  await sql.raw(`pragma schema_version = ${Number(rows[0]?.schema_version) + 1}`).execute(writer)
}

async function known(db: Kysely<Tables>): Promise<string> {
  const kept = await sql<{ name: string }>`select name from sqlite_master where name = 'sqlite_stat1'`.execute(db)
  if (kept.rows.length === 0) return ''
  const { rows } = await sql<{ tbl: string }>`select * from sqlite_stat1 order by tbl, idx`.execute(db)
  return JSON.stringify(rows)
}

/** Again now and then while the product runs, for a district grows from an empty one within a day. */
export function keepStatistics(database: Database, failed: (error: unknown) => void): { stop: () => void } {
  const timer = setInterval(() => void refreshStatistics(database).catch(failed), AGAIN_AFTER_MS).unref()
  return { stop: () => clearInterval(timer) }
}
