import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '#domain/base/actor.ts'
import { world } from '#tests/world/world.ts'
import { auditText, GENESIS, sha256 } from './work.ts'

test('a work that records nothing is rolled back', async (t) => {
  const w = await world(t)
  const writing = w.work(system, (work) =>
    work.tx.insertInto('setting').values({ key: 'x', value: '1', updatedAt: work.now }).execute(),
  )
  await assert.rejects(writing, /audit event/)
  assert.deepEqual(await w.house.database.reader.selectFrom('setting').selectAll().execute(), [])
})

test('audit rows form one chain that anyone can recompute', async (t) => {
  const w = await world(t)
  const rows = await w.house.database.reader.selectFrom('auditRow').selectAll().orderBy('seq').execute()
  assert.ok(rows.length > 20)
  let previous = GENESIS
  for (const [index, row] of rows.entries()) {
    assert.equal(row.seq, index + 1)
    assert.equal(row.previousHash, previous)
    const { hash, ...rest } = row
    assert.equal(hash, sha256(auditText(rest)))
    previous = hash
  }
})

test('works that run at the same time each get their place in the chain', async (t) => {
  const w = await world(t)
  await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      w.work(system, async (work) => work.record('test.race', 'test', String(index))),
    ),
  )
  const rows = await w.house.database.reader
    .selectFrom('auditRow')
    .select(['seq', 'event'])
    .where('event', '=', 'test.race')
    .execute()
  assert.equal(new Set(rows.map((one) => one.seq)).size, 12)
})
