import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { world } from '#tests/world/world.ts'
import { refreshStatistics } from './statistics.ts'

test('what SQLite learns of the tables reaches the connection that reads', {
  skip: process.env['TEST_ENGINE'] === 'postgres' && 'PostgreSQL does it by itself',
}, async (t) => {
  const { database } = (await world(t)).house
  const read = () => sql<{ tbl: string }>`select tbl from sqlite_stat1 where tbl = 'school'`.execute(database.reader)
  await database.reader.selectFrom('school').select('id').execute()
  await assert.rejects(read())
  await refreshStatistics(database)
  assert.ok((await read()).rows.length > 0)
  const version = async () => (await sql`pragma schema_version`.execute(database.reader)).rows[0]
  const before = await version()
  await refreshStatistics(database)
  assert.deepEqual(await version(), before, 'nothing has grown, so nothing is told')
})
