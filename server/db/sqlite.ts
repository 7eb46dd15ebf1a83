import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { type Dialect, type SqliteDatabase, SqliteAdapter, SqliteDialect } from 'kysely'
import { originalErrors } from './original.ts'

const STATEMENTS_KEPT = 500

/** node:sqlite takes a Date or plain object as first parameter for named parameters and silently finds nothing. */
function guardParameter(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value
  if (value instanceof Uint8Array) return value
  throw new TypeError(`a ${typeof value} cannot be a database parameter`)
}

export function openSqliteFile(path: string, options: { readOnly?: boolean } = {}): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: options.readOnly ?? false })
  database.exec('pragma busy_timeout = 5000; pragma foreign_keys = on;')
  if (!options.readOnly) database.exec('pragma journal_mode = wal; pragma synchronous = full;')
  database.exec('pragma cache_size = -16000; pragma temp_store = memory;')
  return database
}

/** A Kysely dialect over node:sqlite: cached statements, guarded parameters, `begin immediate`, transactional DDL. */
export function sqliteDialect(file: DatabaseSync, options: { readOnly?: boolean } = {}): Dialect {
  const statements = new Map<string, StatementSync>()

  const prepare = (sql: string): StatementSync => {
    const kept = statements.get(sql)
    if (kept) return kept
    const made = file.prepare(sql)
    if (statements.size >= STATEMENTS_KEPT) {
      const oldest = statements.keys().next().value
      if (oldest !== undefined) statements.delete(oldest)
    }
    statements.set(sql, made)
    return made
  }

  const database: SqliteDatabase = {
    close: () => file.close(),
    prepare: (sql) => {
      // When the disk was away even the taking back fails; what it left open would refuse every later work.
      if (sql === 'begin' && file.isTransaction) file.exec('rollback')
      const statement = prepare(sql === 'begin' && !options.readOnly ? 'begin immediate' : sql)
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters.map(guardParameter)),
        run: (parameters) => statement.run(...parameters.map(guardParameter)),
        iterate: (parameters) => statement.iterate(...parameters.map(guardParameter)) as IterableIterator<unknown>,
      }
    },
  }

  const dialect = originalErrors(new SqliteDialect({ database }))
  return {
    createDriver: () => dialect.createDriver(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createAdapter: () => new TransactionalDdlAdapter(),
  }
}

class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
