import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { sql } from 'kysely'
import { world } from '#tests/world/world.ts'
import { migrate, migrationNames } from './migrate.ts'
import { digestOfMigration } from './schema.ts'

test('a migration that was released is never changed, and none is released unpinned', () => {
  const pinned = JSON.parse(readFileSync(new URL('./migrations.digests.json', import.meta.url), 'utf8')) as Record<
    string,
    string
  >
  for (const [name, digest] of Object.entries(pinned)) assert.equal(digestOfMigration(name), digest, name)
  if (Object.keys(pinned).length > 0)
    assert.deepEqual(
      migrationNames.filter((name) => pinned[name] === undefined),
      [],
    )
})

test('a database that fits is taken again and again', async (t) => {
  const w = await world(t)
  assert.deepEqual(await migrate(w.house.database), [])
  assert.deepEqual(await migrate(w.house.database), [])
})

test('a start that was cut off between the tables and the note of them goes on', async (t) => {
  const w = await world(t)
  await sql`delete from ${sql.table('schemaMark')} where name like 'schema%'`.execute(w.house.database.writer)
  assert.deepEqual(await migrate(w.house.database), [])
  assert.deepEqual(await migrate(w.house.database), [])
})

test('a database that a newer version made is refused by an older one', async (t) => {
  const w = await world(t)
  await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2027-01-01')`.execute(
    w.house.database.writer,
  )
  await assert.rejects(migrate(w.house.database), /更新的版本建立的（9999-later）/)
})

test('a database whose migrations were others, or whose tables were changed by hand, is refused', async (t) => {
  const w = await world(t)
  const { writer } = w.house.database
  await sql`alter table ${sql.table('setting')} add column strange text`.execute(writer)
  await assert.rejects(migrate(w.house.database), /与建立它们时不同/)
  await sql`update ${sql.table('schemaMark')} set digest = 'other' where name like '0001%'`.execute(writer)
  await assert.rejects(migrate(w.house.database), /另一个版本建立的：0001/)
})
