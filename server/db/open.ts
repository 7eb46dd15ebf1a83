import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Kysely, type KyselyPlugin, type LogEvent, PostgresDialect } from 'kysely'
import type pgTypes from 'pg'
import { sqliteDialect } from './sqlite.ts'
import type { Tables } from './tables.ts'

export type Db = Kysely<Tables>
export type Engine = 'sqlite' | 'postgres'

/** The opened database: one writing connection (or pool) and a separate one for reads. */
export interface Database {
  engine: Engine
  writer: Db
  reader: Db
  close(): Promise<void>
}

export type DatabasePlace = { dataDir: string } | { url: string }

/** Count of queries since the last reset, for tests that hold a list to a number of queries. */
export interface QueryCount {
  count: number
}

export function openDatabase(place: DatabasePlace, seen?: QueryCount): Database {
  const log = seen ? [countingLog(seen)] : []
  if ('url' in place) return openPostgres(place.url, log)
  const path = join(place.dataDir, 'yipin.db')
  const writer = new Kysely<Tables>({ dialect: sqliteDialect(path), plugins: noPlugins, ...withLog(log) })
  let reader: Db | undefined
  return {
    engine: 'sqlite',
    writer,
    get reader() {
      // Opened at the first read: a read-only connection cannot open before the file exists.
      reader ??= new Kysely<Tables>({
        dialect: sqliteDialect(path, { readOnly: true }),
        plugins: noPlugins,
        ...withLog(log),
      })
      return reader
    },
    async close() {
      await reader?.destroy()
      await writer.destroy()
    },
  }
}

const noPlugins: KyselyPlugin[] = []
const countingLog = (seen: QueryCount) => (event: LogEvent) => {
  if (event.level === 'query' && !/^(begin|commit|rollback)/.test(event.query.sql)) seen.count += 1
}
const withLog = (log: ((event: LogEvent) => void)[]) => (log[0] ? { log: log[0] } : {})

function openPostgres(url: string, log: ((event: LogEvent) => void)[]): Database {
  // Loaded only where it is used: the embedded database starts sooner and smaller without it.
  const pg = createRequire(import.meta.url)('pg') as typeof pgTypes
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === 20 || oid === 1700 ? checkedNumber : pg.types.getTypeParser(oid, format as 'text'),
  }
  const pool = new pg.Pool({ connectionString: url, max: 10, types: types as typeof pg.types })
  pool.on('error', () => undefined)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), ...withLog(log) })
  return { engine: 'postgres', writer: db, reader: db, close: () => db.destroy() }
}

/** PostgreSQL sends counts and sums as text; ours all fit a safe integer, and one that does not is a defect. */
function checkedNumber(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    throw new RangeError('a number from the database is out of range')
  return value
}
