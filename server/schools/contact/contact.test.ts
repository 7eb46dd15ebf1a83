import assert from 'node:assert/strict'
import { test } from 'node:test'
import { world } from '#tests/world/world.ts'

test('office-22 a leader or a department whose account is disabled looks after nobody and does not count', async (t) => {
  const w = await world(t)
  const [office, admin] = [await w.as('office'), await w.as('admin')]
  const before = (await office.get('/api/contacts')).body
  assert.equal(before.coveredTotal, 1)
  assert.deepEqual(
    before.zones[0].leaders.map((one: { gone: boolean }) => one.gone),
    [false],
  )
  for (const who of ['leader', 'department'] as const)
    assert.equal((await admin.post(`/api/accounts/${w.personOf(who)}/disable`, { reason: '退休' })).status, 200)
  const after = (await office.get('/api/contacts')).body
  assert.equal(after.coveredTotal, 0)
  assert.deepEqual(
    after.zones[0].leaders.map((one: { gone: boolean }) => one.gone),
    [true],
  )
  const school = after.zones[0].schools.find((one: { id: string }) => one.id === w.schoolIds[1])
  assert.equal(school.departmentGone, true)
  assert.deepEqual(after.leaders, [], 'nobody who left can be chosen')
})
