import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { skipOnPostgres } from '#tests/world/faultInjection.ts'
import { world } from '#tests/world/world.ts'
import { refuse } from '#server/kernel/problem.ts'
import { faultOf } from './errors.ts'

test('a full disk is told as a full disk, keeps nothing half, and the same thing goes through when there is room again', {
  skip: skipOnPostgres,
}, async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const writer = w.house.database.writer
  const write = (at: number) =>
    clerk.post('/api/ledger/entries', {
      id: `0190c8a0-0000-7000-8000-${String(at).padStart(12, '0')}`,
      title: `活动 ${at} ${'长'.repeat(60)}`,
      happenedOn: '2026-05-11',
      pillar: 'activity',
      content: '字'.repeat(900),
      evidence: [],
    })
  // The engine itself refuses another page, exactly as it does when the disk has none left.
  await sql`pragma max_page_count = 1`.execute(writer)
  let at = 0
  let refused = await write(at)
  while (refused.status === 200 && at < 200) refused = await write((at += 1))
  assert.equal(refused.status, 503, refused.text)
  assert.match(refused.text, /磁盘满了，没有保存/)
  const kept = async () => (await w.house.database.reader.selectFrom('entry').select('id').execute()).length
  assert.equal(await kept(), at)
  await sql`pragma max_page_count = 4294967294`.execute(writer)
  assert.equal((await write(at)).status, 200)
  assert.equal(await kept(), at + 1)
})

test('the error that is told is the one that stopped the work, not the failed taking back after it', {
  skip: skipOnPostgres,
}, async (t) => {
  const w = await world(t)
  const failing = w.house.database.writer.transaction().execute(async (tx) => {
    await sql`rollback`.execute(tx)
    await sql`select * from nowhere`.execute(tx)
  })
  await assert.rejects(failing, /no such table: nowhere/)
})

test('a refusal that could not be taken back tells that the database failed', {
  skip: skipOnPostgres,
}, async (t) => {
  const w = await world(t)
  const failing = w.house.database.writer.transaction().execute(async (tx) => {
    await sql`rollback`.execute(tx)
    throw refuse('stateChanged', '刚才已有人处理过。')
  })
  await assert.rejects(failing, /no transaction is active/)
})

test('faults of both engines and of the network are read alike', () => {
  const readings: [object, string | undefined][] = [
    [{ code: 'ENOSPC' }, 'full'],
    [{ code: '53100' }, 'full'],
    [{ errcode: 13 }, 'full'],
    [{ errcode: 8 }, 'unavailable'],
    [{ errcode: 266 }, 'unavailable'],
    [{ code: '57P01' }, 'unavailable'],
    [{ code: '08006' }, 'unavailable'],
    [new Error('Connection terminated unexpectedly'), 'unavailable'],
    [{ code: '53300' }, 'crowded'],
    [{ code: '57014' }, 'crowded'],
    [new Error('timeout exceeded when trying to connect'), 'crowded'],
    [new Error('something else'), undefined],
  ]
  for (const [error, fault] of readings) assert.equal(faultOf(error), fault, JSON.stringify(error))
})
