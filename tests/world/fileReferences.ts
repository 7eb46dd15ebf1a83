import { sql } from 'kysely'
import { fileColumns, fileTexts } from '#server/db/fileReferences.ts'
import type { House } from '#server/kernel/work.ts'

/** What names a file without keeping it: the log of what was done, and replies that are sent again for a day. */
const tellOnly = ['file', 'auditRow', 'auditHead', 'sending', 'outbox']
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

let tables: Promise<string[]> | undefined

/** Columns that hold the id of a file and stand in no list of references: the sweep would remove what they refer to. */
export async function strayFileReferences({ database }: House): Promise<string[]> {
  const db = database.writer
  const files = new Set((await db.selectFrom('file').select('id').execute()).map((one) => one.id))
  if (files.size === 0) return []
  tables ??= db.introspection.getTables().then((found) => found.map((one) => one.name))
  const strays = new Set<string>()
  for (const table of await tables) {
    if (tellOnly.includes(table) || table.startsWith('kysely_')) continue
    const listed: unknown[] = [fileColumns, fileTexts].map((list) => (list as Record<string, string>)[table])
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db)
    for (const row of rows)
      for (const [column, value] of Object.entries(row))
        if (typeof value === 'string' && !listed.includes(column))
          for (const [id] of value.matchAll(ID)) if (files.has(id)) strays.add(`${table}.${column}`)
  }
  return [...strays]
}
