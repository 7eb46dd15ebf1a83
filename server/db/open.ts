import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { StatementSync } from 'node:sqlite'
import { Kysely, type KyselyPlugin, type LogEvent, PostgresDialect } from 'kysely'
import type pgTypes from 'pg'
import { withEmptyLists } from './emptyLists.ts'
import { originalErrors } from './original.ts'
import { openSqliteFile, sqliteDialect } from './sqlite.ts'
import type { Tables } from './tables.ts'

export type Db = Kysely<Tables>
export type Engine = 'sqlite' | 'postgres'

/** The opened database: one writing connection (or pool) and a separate one for reads. */
export interface Database {
  engine: Engine
  writer: Db
  reader: Db
  /**
   * A number that changes whenever anything was committed, in this process or another; undefined where the engine cannot tell it at
   * once (PostgreSQL).
   */
  version(): number | undefined
  close(): Promise<void>
}

export type DatabasePlace = { dataDir: string } | { url: string }

/** Count of queries since the last reset, for tests that hold a list to a number of queries. */
export interface QueryCount {
  count: number
  /** The queries themselves, where a test asks for them. */
  asked?: { sql: string; parameters: readonly unknown[] }[] | undefined
}

export function openDatabase(place: DatabasePlace, seen?: QueryCount): Database {
  const log = seen ? [countingLog(seen)] : []
  if ('url' in place) return openPostgres(place.url, log)
  const path = join(place.dataDir, 'yipin.db')
  const file = openSqliteFile(path)
  const writer = new Kysely<Tables>({ dialect: sqliteDialect(file), plugins: noPlugins, ...withLog(log) })
  let opened: { db: Db; version: StatementSync } | undefined
  // Opened at the first read: a read-only connection cannot open before the file exists.
  const reading = () => {
    if (opened) return opened
    const readOnly = openSqliteFile(path, { readOnly: true })
    const dialect = sqliteDialect(readOnly, { readOnly: true })
    const db = new Kysely<Tables>({ dialect, plugins: noPlugins, ...withLog(log) })
    opened = { db, version: readOnly.prepare('pragma data_version') }
    return opened
  }
  return {
    engine: 'sqlite',
    writer,
    get reader() {
      return reading().db
    },
    version: () => Number(reading().version.get()?.['data_version']),
    async close() {
      await opened?.db.destroy()
      await writer.destroy()
    },
  }
}

const POOL_SIZE = 10
/** So long somebody waits for a connection, to a database that is away or to one of the pool; then it is told. */
const CONNECT_MS = 15_000

/**
 * A connection that breaks tells whoever is using it by failing its queries; it also emits an error, and one that nobody listens to
 * ends the process. The pool listens only to those that lie idle in it.
 */
function survive(pool: pgTypes.Pool): void {
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
}

const noPlugins: KyselyPlugin[] = []
const countingLog = (seen: QueryCount) => (event: LogEvent) => {
  if (event.level !== 'query' || /^(begin|commit|rollback)/.test(event.query.sql)) return
  seen.count += 1
  seen.asked?.push({ sql: event.query.sql, parameters: event.query.parameters })
}
const withLog = (log: ((event: LogEvent) => void)[]) => (log[0] ? { log: log[0] } : {})

function openPostgres(url: string, log: ((event: LogEvent) => void)[]): Database {
  // Loaded only where it is used: the embedded database starts sooner and smaller without it.
  const pg = createRequire(import.meta.url)('pg') as typeof pgTypes
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === 20 || oid === 1700 ? checkedNumber : pg.types.getTypeParser(oid, format as 'text'),
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    types: types as typeof pg.types,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  })
  survive(pool)
  const db = new Kysely<Tables>({
    dialect: originalErrors(withEmptyLists(new PostgresDialect({ pool }))),
    ...withLog(log),
  })
  return { engine: 'postgres', writer: db, reader: db, version: () => undefined, close: () => db.destroy() }
}

/** PostgreSQL sends counts and sums as text; ours all fit a safe integer, and one that does not is a defect. */
function checkedNumber(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    throw new RangeError('a number from the database is out of range')
  return value
}
