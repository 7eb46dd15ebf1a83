import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { world } from '#tests/world/world.ts'
import { fileColumns, fileTexts } from './fileReferences.ts'

const columnsOf = (list: object): string[] => Object.entries(list).map(([table, column]) => `${table}.${column}`)

test('every column of the database that refers to a file stands in the list that the sweep goes by', async (t) => {
  const { database } = (await world(t)).house
  const found = await database.writer.introspection.getTables()
  const all = found.flatMap((table) => table.columns.map(({ name }) => ({ table: table.name, name })))
  const byName = all.filter(({ name }) => /fileIds?$/i.test(name)).map(({ table, name }) => `${table}.${name}`)
  assert.deepEqual(byName.toSorted(), columnsOf(fileColumns).toSorted())
  const lists = all.filter(({ name }) => name === 'files').map(({ table, name }) => `${table}.${name}`)
  assert.deepEqual(
    lists.filter((one) => !columnsOf(fileTexts).includes(one)),
    [],
    'a text that lists files',
  )
  for (const one of columnsOf(fileTexts))
    assert.ok(
      all.some(({ table, name }) => one === `${table}.${name}`),
      one,
    )
  if (database.engine !== 'sqlite') return
  const { rows } = await sql<{ place: string }>`
    select t.name || '.' || k."from" as place from sqlite_master t, pragma_foreign_key_list(t.name) k
    where t.type = 'table' and k."table" = 'file'`.execute(database.writer)
  assert.deepEqual(
    rows.map((row) => row.place).toSorted(),
    columnsOf(fileColumns).toSorted(),
    'by the references that the database itself keeps',
  )
})
