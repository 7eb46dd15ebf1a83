import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '#domain/base/actor.ts'
import { createCycle } from '#server/year/cycle/actions.ts'
import { closeYear, openYear } from '#server/yearTurn.ts'
import { type World, world } from '#tests/world/world.ts'

const typed = { title: '新年党课', happenedOn: '2027-01-08', pillar: 'activity' }

async function makeNext(w: World): Promise<string> {
  return w.work(system, async (work) => {
    const calendar = { holidays: '["2027-01-01"]', makeUpDays: '[]', source: '演示', updatedAt: work.now }
    await work.tx
      .insertInto('calendarYear')
      .values({ year: 2027, ...calendar })
      .execute()
    return createCycle(work, {
      bureauId: w.bureauId,
      year: 2027,
      title: '2027 年度',
      awardTitle: '成果奖',
      applyFrom: '2027-10-01',
      applyUntil: '2027-10-31',
      standardId: w.standardId,
    })
  })
}

test('between two years entries are kept as drafts, go into the year that opens, and are not late because of the gap', async (t) => {
  const w = await world(t)
  w.setTime('2026-12-31T02:00:00.000Z')
  await w.work(await w.actorOf('office'), (work) => closeYear(work, w.cycleId))
  w.setTime('2027-01-10T02:00:00.000Z')
  let clerk = await w.as('clerk')
  const barred = await clerk.post('/api/ledger/entries', { ...typed, file: true })
  assert.equal(barred.status, 409)
  assert.match(barred.body.message, /可以先存草稿/)
  const made = await clerk.post('/api/ledger/entries', typed)
  assert.equal(made.status, 200, made.text)
  const { id } = made.body
  assert.equal((await clerk.get('/api/ledger/entries')).body.items[0].id, id)
  assert.equal((await (await w.as('clerk', w.schoolIds[1])).get('/api/ledger/entries')).body.total, 0)
  const next = await makeNext(w)
  const saved = await clerk.put(`/api/ledger/entries/${id}`, { ...typed, place: '会议室' })
  assert.equal(saved.status, 200, saved.text)
  w.setTime('2027-04-01T02:00:00.000Z')
  await w.work(system, (work) => openYear(work, next))
  clerk = await w.as('clerk')
  assert.equal((await clerk.get(`/api/ledger/entries/${id}`)).body.cycleTitle, '2027 年度')
  w.passDays(10)
  clerk = await w.as('clerk')
  assert.equal((await clerk.post(`/api/ledger/entries/${id}/file`)).status, 200)
  assert.equal((await clerk.get(`/api/ledger/entries/${id}`)).body.late, false)
  w.passDays(40)
  clerk = await w.as('clerk')
  const slow = await clerk.post('/api/ledger/entries', { ...typed, title: '拖得太久', file: true })
  assert.equal((await clerk.get(`/api/ledger/entries/${slow.body.id}`)).body.late, true)
})
