import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plannedInspection, recordedFinding, runningInspection, sentFinding } from '#tests/world/supervision.ts'
import { world } from '#tests/world/world.ts'

test('a round in preparation is corrected or deleted; a drawn one is never deleted, a running one never edited', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const id = await plannedInspection(w)
  const { updatedAt: seen } = (await office.get(`/api/inspections/${id}`)).body
  const words = { title: '冬季督查', basis: '计划', startsOn: '2026-05-11', endsOn: '2026-05-22', checklist: ['台账'] }
  assert.equal((await office.put(`/api/inspections/${id}`, { ...words, seen })).status, 200)
  assert.equal(
    (await office.put(`/api/inspections/${id}`, { ...words, seen })).status,
    409,
    'seen before the last save',
  )
  assert.equal((await office.get(`/api/inspections/${id}`)).body.title, '冬季督查')
  await office.post(`/api/inspections/${id}/draw`, { count: 1 })
  assert.equal((await office.delete(`/api/inspections/${id}`)).status, 409)
  const other = await plannedInspection(w)
  assert.equal((await office.delete(`/api/inspections/${other}`)).status, 200)
  assert.equal((await office.get(`/api/inspections/${other}`)).status, 404)
  const running = await runningInspection(w)
  const now = (await office.get(`/api/inspections/${running}`)).body.updatedAt
  assert.equal((await office.put(`/api/inspections/${running}`, { ...words, seen: now })).status, 409)
})

test('a finding at the wrong school is withdrawn with a reason; only a school that was told of it sees that', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const clerk = await w.as('clerk')
  const listed = async () => (await clerk.get('/api/findings')).body.items as { id: string; withdrawnReason: string }[]
  const quiet = await recordedFinding(w)
  assert.equal((await office.post(`/api/findings/${quiet}/withdraw`, { reason: '记错学校' })).status, 200)
  assert.deepEqual(await listed(), [])
  const told = await sentFinding(w)
  const done = await office.post(`/api/findings/${told}/withdraw`, { reason: '是另一所学校的问题' })
  assert.equal(done.status, 200, done.text)
  const shown = await listed()
  assert.deepEqual(
    shown.map((one) => [one.id, one.withdrawnReason]),
    [[told, '是另一所学校的问题']],
  )
  assert.equal((await office.post(`/api/findings/${told}/issue`, { opinion: '意见' })).status, 409)
})

test('a finding dropped and a round ended by mistake go on again, with a reason', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const id = await sentFinding(w)
  await (await w.as('clerk')).post(`/api/findings/${id}/reply`, { reply: '说明' })
  await office.post(`/api/findings/${id}/issue`, { opinion: '意见' })
  await office.post(`/api/findings/${id}/drop`, { reason: '点错了' })
  assert.equal((await office.post(`/api/findings/${id}/resume`, { reason: '' })).status, 422)
  assert.equal((await office.post(`/api/findings/${id}/resume`, { reason: '点错了' })).status, 200)
  const round = await runningInspection(w)
  await office.post(`/api/inspections/${round}/close`)
  const again = await office.post(`/api/inspections/${round}/reopen`, { reason: '还有一所没查' })
  assert.equal(again.status, 200, again.text)
})
