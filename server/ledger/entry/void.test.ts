import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draftedApplication } from '#tests/world/application.ts'
import { makePublished } from '#tests/everywhere/access/plan.ts'
import { type Caller, world } from '#tests/world/world.ts'

const typed = { title: '读书会', happenedOn: '2026-05-09', pillar: 'activity' }

async function filed(clerk: Caller, more: Record<string, unknown> = {}): Promise<string> {
  const made = await clerk.post('/api/ledger/entries', { ...typed, ...more, file: true })
  assert.equal(made.status, 200, made.text)
  return made.body.id
}

test('a voided duplicate leaves every count and list, stays readable with its reason, and can be brought back', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const [clerk, office] = [await w.as('clerk'), await w.as('office')]
  const task = (await clerk.get(`/api/plans/${planId}`)).body.tasks[1].id
  await filed(clerk)
  const twin = await filed(clerk, { taskId: task, memberCount: 7 })
  const counts = async () => ({
    list: (await clerk.get('/api/ledger/entries')).body.total,
    office: (await office.get('/api/ledger/entries')).body.total,
    figures: (await clerk.get('/api/ledger/figures')).body.filed,
    tasks: (await clerk.get(`/api/plans/${planId}`)).body.tasks[1].entries,
    home: (await office.get('/api/overview')).body.figures.find((one: { label: string }) => one.label === '已归档台账')
      .value,
  })
  assert.deepEqual(await counts(), { list: 2, office: 2, figures: 2, tasks: 1, home: '2' })
  const without = await clerk.post(`/api/ledger/entries/${twin}/void`, { reason: ' ' })
  assert.equal(without.status, 422)
  assert.equal((await clerk.post(`/api/ledger/entries/${twin}/void`, { reason: '同一次活动记了两遍' })).status, 200)
  assert.deepEqual(await counts(), { list: 1, office: 1, figures: 1, tasks: 0, home: '1' })
  for (const caller of [clerk, office]) {
    const shown = (await caller.get(`/api/ledger/entries/${twin}`)).body
    assert.deepEqual([shown.state, shown.voidReason, shown.memberCount], ['voided', '同一次活动记了两遍', 7])
    assert.equal((await caller.get('/api/ledger/entries?state=voided')).body.total, 1)
  }
  const correction = { ...typed, reason: '改', version: 1 }
  assert.equal((await clerk.post(`/api/ledger/entries/${twin}/correct`, correction)).status, 409)
  assert.equal((await clerk.post(`/api/ledger/entries/${twin}/restore`, { reason: '不是重复' })).status, 200)
  assert.deepEqual(await counts(), { list: 2, office: 2, figures: 2, tasks: 1, home: '2' })
})

test('an entry that an application cites cannot be voided, and one that was voided cannot be cited', async (t) => {
  const w = await world(t)
  const { id, entryIds } = await draftedApplication(w)
  const [clerk, secretary] = [await w.as('clerk'), await w.as('secretary')]
  assert.equal((await clerk.post(`/api/ledger/entries/${entryIds[3]}/void`, { reason: '试记' })).status, 200)
  const refused = await secretary.post(`/api/applications/${id}/submit`)
  assert.equal(refused.status, 422)
  assert.match(refused.text, /选中的台账有 1 条已不可用/)
  await clerk.post(`/api/ledger/entries/${entryIds[3]}/restore`, { reason: '不是试记' })
  assert.equal((await secretary.post(`/api/applications/${id}/submit`)).status, 200)
  const frozen = await clerk.post(`/api/ledger/entries/${entryIds[0]}/void`, { reason: '试记' })
  assert.equal(frozen.status, 409)
  assert.match(frozen.body.message, /申报引用并冻结/)
})
