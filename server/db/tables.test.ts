import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { world } from '#tests/world/world.ts'
import { quoteNames } from './ddl.ts'

/** Columns of each table as the types in tables/*.ts declare them. */
function declared(): Record<string, string[]> {
  const folder = new URL('./tables/', import.meta.url)
  const text = readdirSync(folder)
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  const rows = new Map<string, string[]>()
  for (const [, name, body] of text.matchAll(/export interface (\w+)Row \{([^}]*)\}/g)) {
    if (name && body !== undefined)
      rows.set(name, [...body.matchAll(/^ {2}(\w+):/gm)].flatMap((one) => one[1] ?? []).toSorted())
  }
  const tables: Record<string, string[]> = {}
  for (const [, table, row] of text.matchAll(/^ {2}(\w+): (\w+)Row$/gm))
    if (table && row) tables[table] = rows.get(row) ?? []
  return tables
}

test('the declared tables and the migrated database have the same columns', async (t) => {
  const w = await world(t)
  const found = await w.house.database.writer.introspection.getTables()
  const actual: Record<string, string[]> = {}
  for (const table of found.filter(({ name }) => !name.startsWith('kysely_') && name !== 'schemaMark'))
    actual[table.name] = table.columns.map((column) => column.name).toSorted()
  assert.deepEqual(actual, declared())
})

test('names with capitals are quoted and quoted texts are left alone', () => {
  assert.equal(
    quoteNames("select planId from plan where state = 'inReview'"),
    `select "planId" from plan where state = 'inReview'`,
  )
})
