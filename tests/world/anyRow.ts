import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '#server/db/tables.ts'

interface Column {
  name: string
  type: string
  notnull: number
  pk: number
}

/**
 * Puts a row into any table of the embedded database, with what it must refer to: what matters is given, the rest says nothing. For tests
 * that walk over the schema.
 */
export async function anyRow(
  db: Kysely<Tables>,
  table: string,
  given: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, unknown>> {
  const { rows: columns } = await sql<Column>`select * from pragma_table_info(${table})`.execute(db)
  const { rows: keys } = await sql<{ from: string; table: string }>`
    select "from", "table" from pragma_foreign_key_list(${table})`.execute(db)
  const row: Record<string, unknown> = {}
  for (const { name, type, notnull, pk } of columns) {
    const parent = keys.find((one) => one.from === name)?.table
    if (name in given) row[name] = given[name]
    else if (notnull === 0 && pk === 0) row[name] = null
    else if (parent) row[name] = await idOf(db, parent)
    else row[name] = type.toLowerCase() === 'integer' ? 0 : randomUUID()
  }
  await db
    .insertInto(table as 'entry')
    .values(row as never)
    .execute()
  return row
}

async function idOf(db: Kysely<Tables>, table: string): Promise<unknown> {
  const found = await db
    .selectFrom(table as 'entry')
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return found?.id ?? (await anyRow(db, table))['id']
}
