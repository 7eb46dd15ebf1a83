import { createRequire } from 'node:module'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type pgTypes from 'pg'
import { isRefused } from './refused.ts'
import { schemaOf } from './schema.ts'

export type Value = string | number | Uint8Array | null

/** Plain SQL with `?` for values, as both engines understand it. */
export interface Sql {
  /** The rows; their shape is the query's own. */
  all<T>(text: string, values?: readonly Value[]): Promise<T[]>
  /** How many rows changed. */
  run(text: string, values?: readonly Value[]): Promise<number>
}

/** The box's own database, which knows nothing of the server's. */
export interface BallotDatabase {
  engine: 'sqlite' | 'postgres'
  read: Sql
  /** One transaction, durable when it resolves; one after the other. */
  write<T>(action: (sql: Sql) => Promise<T>): Promise<T>
  /** Empties the write-ahead log and what was deleted, so that no order of arrival is left behind. */
  tidy(): Promise<void>
  /** Rewrites everything that holds or held ballots. */
  rewrite(): Promise<void>
  close(): Promise<void>
}

export async function openBallotDatabase(place: { path: string } | { url: string }): Promise<BallotDatabase> {
  const database = connectBallotDatabase(place)
  return orClosed(database, async () => {
    await database.write(async (sql) => {
      for (const statement of schemaOf(database.engine)) await sql.run(statement)
    })
    return database
  })
}

/** The database as it is, with the tables that it has. */
export const connectBallotDatabase = (place: { path: string } | { url: string }): BallotDatabase =>
  'url' in place ? openPostgres(place.url) : openSqlite(place.path)

/** An opening that fails leaves nothing open behind it: what it had locked would keep the next one out. */
export async function orClosed<T>(database: BallotDatabase, opening: () => Promise<T>): Promise<T> {
  try {
    return await opening()
  } catch (error) {
    await database.close()
    throw error
  }
}

function openSqlite(path: string): BallotDatabase {
  const file = new DatabaseSync(path)
  // Ballots lie scattered by their random keys, so every one writes pages of its own: small pages are a quarter of the writing.
  // Deleted rows are overwritten with zeros, and every commit waits for the disk.
  file.exec(`pragma page_size = 1024; pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;
    pragma temp_store = memory; pragma cache_size = -16000; pragma wal_autocheckpoint = 4000`)
  const sql = sqliteOver(file)
  const lock = oneAtATime()
  return {
    engine: 'sqlite',
    read: sql,
    write: (action) =>
      lock(async () => {
        takeBack(file)
        file.exec('begin immediate')
        try {
          const answer = await action(sql)
          file.exec('commit')
          return answer
        } catch (error) {
          try {
            takeBack(file)
          } catch (lost) {
            // The disk is away; the next one takes it back.
            throw firstFailure(error, lost)
          }
          throw error
        }
      }),
    tidy: () => lock(async () => file.exec('pragma wal_checkpoint(truncate)')),
    rewrite: () => lock(async () => file.exec('vacuum; pragma wal_checkpoint(truncate)')),
    close: () => lock(async () => file.close()),
  }
}

/** What stopped the work is told, not the failed taking back; but after a refusal nobody has heard yet that the database is away. */
const firstFailure = (error: unknown, lost: unknown): unknown => (isRefused(error) ? lost : error)

/** What a failed one left open would refuse every later one. */
function takeBack(file: DatabaseSync): void {
  if (file.isTransaction) file.exec('rollback')
}

function sqliteOver(file: DatabaseSync): Sql {
  const statements = new Map<string, StatementSync>()
  const prepare = (text: string): StatementSync => {
    const kept = statements.get(text)
    if (kept) return kept
    const made = file.prepare(text)
    statements.set(text, made)
    return made
  }
  return {
    all: async <T>(text: string, values: readonly Value[] = []) =>
      prepare(text).all(...(values as SQLInputValue[])) as T[],
    run: async (text, values = []) => Number(prepare(text).run(...(values as SQLInputValue[])).changes),
  }
}

/** So long a voter waits for a database that is away, then is told. */
const CONNECT_MS = 15_000

function openPostgres(url: string): BallotDatabase {
  const pg = createRequire(import.meta.url)('pg') as typeof pgTypes
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === 20 ? Number : pg.types.getTypeParser(oid, format as 'text'),
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: 6,
    types: types as typeof pg.types,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  })
  pool.on('error', () => undefined)
  // The pool listens only to connections that lie idle in it; an error that nobody hears would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const lock = oneAtATime()
  return {
    engine: 'postgres',
    read: postgresOver(pool),
    write: (action) => lock(() => again(() => writeOnce(pool, action))),
    // Dead rows carry the number of the transaction that wrote them until they are removed.
    tidy: () => lock(async () => void (await pool.query('vacuum inbox'))),
    rewrite: () =>
      lock(async () => {
        for (const table of ['batch', 'inbox', 'ballot', 'remark', 'credential', 'alias', 'receipt', 'paper'])
          await pool.query(`vacuum full ${table}`)
      }),
    close: () => pool.end(),
  }
}

async function writeOnce<T>(pool: pgTypes.Pool, action: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  // A connection that cannot even take back is not given to the next vote.
  let broken = false
  try {
    await client.query('begin')
    const answer = await action(postgresOver(client))
    await client.query('commit')
    return answer
  } catch (error) {
    await client.query('rollback').catch((lost: unknown) => {
      broken = true
      throw firstFailure(error, lost)
    })
    throw error
  } finally {
    client.release(broken)
  }
}

const DEADLOCK = '40P01'
const TRIES = 5

/** Two processes that wait for each other: the server takes one of them back whole, and that one simply begins anew. */
async function again<T>(write: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1)
    try {
      return await write()
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code !== DEADLOCK || tried >= TRIES) throw error
    }
}

function postgresOver(client: Pick<pgTypes.ClientBase, 'query'>): Sql {
  const ask = async (text: string, values: readonly Value[] = []) =>
    client.query(
      numbered(text),
      values.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value)),
    )
  return {
    all: async <T>(text: string, values?: readonly Value[]) => (await ask(text, values)).rows as T[],
    run: async (text, values) => (await ask(text, values)).rowCount ?? 0,
  }
}

const texts = new Map<string, string>()

function numbered(text: string): string {
  let kept = texts.get(text)
  if (kept === undefined) {
    let count = 0
    kept = text.replaceAll('?', () => `$${(count += 1)}`)
    texts.set(text, kept)
  }
  return kept
}

/** Runs what it is given in order: the next begins when the one before has ended, well or not. */
function oneAtATime(): <T>(action: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (action) => {
    const next = last.then(action, action)
    last = next.catch(() => undefined)
    return next
  }
}
