import { existsSync } from 'node:fs'
import { mkdir, open, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type pgTypes from 'pg'

/** Rows by table: what a copy is compared by. */
export type Counts = Record<string, number>

/** A whole and consistent copy of a SQLite file that others go on writing; nothing of what was deleted goes along. */
export async function copySqlite(from: string, to: string): Promise<Counts> {
  const source = new DatabaseSync(from)
  try {
    // One statement is one view of the data: it sees everything up to a commit and nothing after it.
    source.exec('pragma busy_timeout = 60000')
    source.prepare('vacuum into ?').run(to)
  } finally {
    source.close()
  }
  const file = await open(to, 'r+')
  await file.chmod(0o600)
  await file.sync()
  await file.close()
  return countSqlite(to)
}

/** Counts every table, after the engine itself has found the file whole. */
export function countSqlite(path: string): Counts {
  const file = new DatabaseSync(path, { readOnly: true })
  try {
    const damage = file.prepare('pragma integrity_check').all()
    if (damage[0]?.['integrity_check'] !== 'ok') throw new Error(`${path}: ${JSON.stringify(damage.slice(0, 5))}`)
    const names = file.prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'").all()
    return Object.fromEntries(
      names
        .map((one) => String(one['name']))
        .toSorted()
        .map((name) => [name, Number(file.prepare(`select count(*) as many from "${name}"`).get()?.['many'])]),
    )
  } finally {
    file.close()
  }
}

const ROWS_AT_ONCE = 500
/** Made by the migrations of the version that restores. */
const OF_MIGRATIONS = new Set(['kysely_migration', 'kysely_migration_lock', 'schemaMark'])

async function connected(url: string): Promise<pgTypes.Client> {
  const pg = createRequire(import.meta.url)('pg') as typeof pgTypes
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

async function tablesIn(client: pgTypes.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select tablename as name from pg_tables where schemaname = current_schema() order by 1',
  )
  return rows.map((row) => row.name)
}

/** Every table as lines of JSON, all from one moment, in the order of its key and not in that of arrival. */
export async function dumpPostgres(url: string, folder: string): Promise<Counts> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const client = await connected(url)
  try {
    await client.query('begin isolation level repeatable read read only')
    const counts: Counts = {}
    for (const table of await tablesIn(client)) counts[table] = await dumpTable(client, table, folder)
    await client.query('commit')
    return counts
  } finally {
    await client.end()
  }
}

async function dumpTable(client: pgTypes.Client, table: string, folder: string): Promise<number> {
  const { rows: key } = await client.query<{ name: string }>(
    `select attname as name from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
     where indisprimary and indrelid = $1::regclass order by array_position(indkey::int[], attnum::int)`,
    [quoted(table)],
  )
  const order = key.length > 0 ? ` order by ${key.map((one) => quoted(one.name)).join(', ')}` : ''
  await client.query(
    `declare pieces no scroll cursor for select row_to_json(t)::text as line from ${quoted(table)} t${order}`,
  )
  const file = await open(join(folder, `${table}.jsonl`), 'w', 0o600)
  let many = 0
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${ROWS_AT_ONCE} from pieces`)
    if (rows.length === 0) break
    many += rows.length
    await file.writeFile(`${rows.map((row) => row.line).join('\n')}\n`)
  }
  await client.query('close pieces')
  await file.sync()
  await file.close()
  return many
}

/** Puts the lines of a dump into a database whose tables are there and empty; all of it or nothing. */
export async function restorePostgres(url: string, folder: string): Promise<Counts> {
  const client = await connected(url)
  try {
    await client.query('begin')
    const references = await referencesIn(client)
    // Rows come table by table: whether every reference leads somewhere is asked when all are there.
    for (const { table, name } of references)
      await client.query(`alter table ${table} alter constraint ${quoted(name)} deferrable initially deferred`)
    const counts: Counts = {}
    for (const table of await tablesIn(client)) {
      if (!OF_MIGRATIONS.has(table)) await fillTable(client, table, join(folder, `${table}.jsonl`))
      const { rows } = await client.query<{ many: string }>(`select count(*) as many from ${quoted(table)}`)
      counts[table] = Number(rows[0]?.many)
    }
    await client.query('set constraints all immediate')
    for (const { table, name } of references)
      await client.query(`alter table ${table} alter constraint ${quoted(name)} not deferrable`)
    await client.query('commit')
    await client.query('analyze')
    return counts
  } finally {
    await client.end()
  }
}

async function referencesIn(client: pgTypes.Client): Promise<{ table: string; name: string }[]> {
  const { rows } = await client.query<{ table: string; name: string }>(
    `select conrelid::regclass::text as table, conname as name from pg_constraint
     where contype = 'f' and connamespace = current_schema()::regnamespace`,
  )
  return rows
}

async function fillTable(client: pgTypes.Client, table: string, path: string): Promise<void> {
  if (!existsSync(path)) return
  const { rows } = await client.query(`select 1 from ${quoted(table)} limit 1`)
  if (rows.length > 0) await client.query(`delete from ${quoted(table)}`)
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '')
  for (let at = 0; at < lines.length; at += ROWS_AT_ONCE)
    await client.query(
      `insert into ${quoted(table)} select * from json_populate_recordset(null::${quoted(table)}, $1::json)`,
      [`[${lines.slice(at, at + ROWS_AT_ONCE).join(',')}]`],
    )
}

/** Whether nothing of ours, and nothing else, stands in a PostgreSQL database yet. */
export async function isEmptyPostgres(url: string): Promise<boolean> {
  const client = await connected(url)
  try {
    return (await tablesIn(client)).length === 0
  } finally {
    await client.end()
  }
}
