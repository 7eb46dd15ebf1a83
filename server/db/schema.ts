import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import type { Database } from './open.ts'

/** The note of what made a database: each migration by its digest, and the schema that came of them. */
interface Mark {
  name: string
  digest: string
}

const EMPTY = '数据库里还没有表，不是本系统的数据。'

async function nameOfSchema({ engine, writer }: Database): Promise<string> {
  if (engine === 'sqlite') return 'schema'
  const { rows } = await sql<{ version: string }>`select current_setting('server_version_num') as version`.execute(
    writer,
  )
  return `schema of ${Math.floor(Number(rows[0]?.version) / 10_000)}`
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Digest of a migration's text, the same whatever the line ends of the checkout. */
export function digestOfMigration(name: string): string {
  const text = readFileSync(new URL(`./migrations/${name}.ts`, import.meta.url), 'utf8')
  return hashOf(text.replaceAll('\r\n', '\n'))
}

/**
 * Why this program must not work on this database, or nothing: it was made by a newer version, by one whose migrations were others,
 * or somebody changed its tables by hand. A database that is still empty fits.
 */
export async function againstSchema(database: Database, known: readonly string[], complete = false): Promise<string[]> {
  if (!(await hasTable(database, 'kysely_migration'))) return complete ? [EMPTY] : []
  const done = await rowsOf<{ name: string }>(database, 'select name from kysely_migration order by name')
  const newer = done.map((one) => one.name).filter((name) => !known.includes(name))
  if (newer.length > 0)
    return [
      `数据库是由更新的版本建立的（${newer.join('、')}），旧版本不能在上面运行。请换回那个版本，或恢复升级前的备份。`,
    ]
  const todo = known.filter((name) => !done.some((one) => one.name === name))
  if (complete && todo.length > 0)
    return [`数据库属于较旧的版本（还没有 ${todo.join('、')}），请用那个版本来检查，或先启动一次本版本。`]
  if (done.length === 0) return []
  const marks = await readMarks(database)
  const other = done.map((one) => one.name).filter((name) => marks.get(name) !== digestOfMigration(name))
  if (other.length > 0)
    return [
      `数据库是由另一个版本建立的：${other.join('、')} 与本版本的不同。请用建立它的那个版本，或恢复与本版本相符的备份。`,
    ]
  const noted = marks.get(await nameOfSchema(database))
  // Not noted: a start that was cut off after the migrations, or another version of PostgreSQL, which words its catalogue in its own way.
  if (noted !== undefined && noted !== (await digestOfSchema(database)))
    return ['数据库的表、列或索引与建立它们时不同，可能有人直接改过。请从备份恢复，或按 docs/operations.md 处理。']
  return []
}

export async function noteMigrations(database: Database, names: readonly string[]): Promise<void> {
  const make = () =>
    sql`create table if not exists ${sql.table('schemaMark')} (name text primary key, digest text not null)`.execute(
      database.writer,
    )
  // Two that make it at once: PostgreSQL refuses one of them, which then finds it.
  await make().catch(make)
  await sql`delete from ${sql.table('schemaMark')} where name like 'schema%'`.execute(database.writer)
  for (const name of names) await note(database, { name, digest: digestOfMigration(name) })
}

/** Once: what is noted is what the migrations made, not what somebody made of it since. */
export async function noteSchema(database: Database): Promise<void> {
  const name = await nameOfSchema(database)
  if ((await readMarks(database)).has(name)) return
  await note(database, { name, digest: await digestOfSchema(database) })
}

async function note(database: Database, { name, digest }: Mark): Promise<void> {
  await sql`insert into ${sql.table('schemaMark')} (name, digest) values (${name}, ${digest})
    on conflict (name) do update set digest = excluded.digest`.execute(database.writer)
}

async function readMarks(database: Database): Promise<Map<string, string>> {
  if (!(await hasTable(database, 'schemaMark'))) return new Map()
  const rows = await rowsOf<Mark>(database, 'select name, digest from "schemaMark"')
  return new Map(rows.map((one) => [one.name, one.digest]))
}

async function hasTable(database: Database, name: string): Promise<boolean> {
  const { rows } =
    database.engine === 'sqlite'
      ? await sql`select 1 from sqlite_master where type = 'table' and name = ${name}`.execute(database.writer)
      : await sql`select 1 from pg_tables where schemaname = current_schema() and tablename = ${name}`.execute(
          database.writer,
        )
  return rows.length > 0
}

const ofSqlite = `select type, name, sql from sqlite_master
  where name not like 'sqlite_%' and name not like 'kysely_%' and name <> 'schemaMark' order by type, name`
const ofPostgres = `select table_name as a, column_name as b, data_type || is_nullable || coalesce(column_default, '') as c
    from information_schema.columns where table_schema = current_schema() and table_name not like 'kysely_%' and table_name <> 'schemaMark'
  union all select tablename, indexname, replace(indexdef, current_schema() || '.', '') from pg_indexes
    where schemaname = current_schema() and tablename not like 'kysely_%' and tablename <> 'schemaMark'
  union all select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
    where connamespace = current_schema()::regnamespace and contype in ('f', 'c', 'u') and conrelid::regclass::text not like 'kysely_%'
  order by 1, 2, 3`

async function digestOfSchema(database: Database): Promise<string> {
  return hashOf(JSON.stringify(await rowsOf(database, database.engine === 'sqlite' ? ofSqlite : ofPostgres)))
}

async function rowsOf<Row>(database: Database, text: string): Promise<Row[]> {
  return (await sql.raw<Row>(text).execute(database.writer)).rows
}
