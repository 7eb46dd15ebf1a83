import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sha256 } from '#server/kernel/work.ts'
import { conferred, posted, revoke } from '#tests/world/award.ts'
import type { Caller } from '#tests/world/world.ts'

/** Moves a recommendation as it stands on the screen. */
async function moveOn(office: Caller, id: string, action: string, note = '') {
  const rows = (await office.get('/api/recommendations')).body
  const { updatedAt: seen } = rows.find((one: { id: string }) => one.id === id)
  return office.post(`/api/recommendations/${id}/move`, { action, note, seen })
}

test('only a conferred brand goes upward', async (t) => {
  const { office } = await posted(t)
  const [waiting] = (await office.get('/api/naming')).body.awards
  const early = await office.post('/api/recommendations', { awardId: waiting.id, targetLevel: 'city' })
  assert.equal(early.status, 409)
  assert.match(early.body.message, /只能推荐已经公布/)
})

test('rule 15: the share of the conferred limits each level, and the refusal says how it was counted', async (t) => {
  const { office, award } = await conferred(t)
  const to = (targetLevel: string) => office.post('/api/recommendations', { awardId: award.id, targetLevel })
  const raced = await Promise.all([to('city'), to('city')])
  assert.equal(raced.filter((one) => one.status === 200).length, 1)
  assert.match((await to('city')).body.message, /向同一级最多推荐 1 所（已公布的 30%），名额已用完/)
  assert.equal((await to('province')).status, 200)
})

test('the package that goes upward is the frozen application and the certificate under one digest, and is there once packaged', async (t) => {
  const { w, office, award } = await conferred(t)
  const { id } = (await office.post('/api/recommendations', { awardId: award.id, targetLevel: 'city' })).body
  const move = (action: string, note = '') => moveOn(office, id, action, note)
  const path = `/recommendations/${id}/package.json`
  assert.equal((await office.get(path)).status, 404)
  assert.equal((await move('send')).status, 409)
  assert.equal((await move('package')).status, 200)
  const file = await office.get(path)
  const [row] = (await office.get('/api/recommendations')).body
  assert.equal(sha256(file.text), row.digest)
  const told = JSON.parse(file.text)
  assert.equal(sha256(told.certificate), told.certificateDigest)
  assert.equal(JSON.parse(told.certificate).schoolName, '演示第一小学')
  assert.match(told.application, /演示亮点/)
  assert.equal((await (await w.as('leader')).get(path)).status, 403)
})

test('what the upper level sends back says why, and can be packaged again', async (t) => {
  const { office, award } = await conferred(t)
  const { id } = (await office.post('/api/recommendations', { awardId: award.id, targetLevel: 'city' })).body
  const move = (action: string, note = '') => moveOn(office, id, action, note)
  for (const action of ['package', 'send']) assert.equal((await move(action)).status, 200)
  assert.equal((await move('return')).status, 422)
  assert.equal((await move('return', '请补充影像材料')).status, 200)
  for (const action of ['package', 'send', 'receive', 'win']) assert.equal((await move(action)).status, 200, action)
  const [row] = (await office.get('/api/recommendations')).body
  assert.deepEqual([row.state, row.moves], ['won', { retract: [] }])
})

test('what the upper level decided and was registered wrongly is taken back with a reason and registered anew', async (t) => {
  const { office, award } = await conferred(t)
  const { id } = (await office.post('/api/recommendations', { awardId: award.id, targetLevel: 'city' })).body
  const move = (action: string, note = '') => moveOn(office, id, action, note)
  for (const action of ['package', 'send', 'receive', 'win']) assert.equal((await move(action)).status, 200, action)
  assert.equal((await move('retract')).status, 422)
  assert.equal((await move('retract', '文件里是另一所学校')).status, 200)
  assert.equal((await move('lose')).status, 200)
  const [row] = (await office.get('/api/recommendations')).body
  assert.equal(row.state, 'notWon')
})

test('what was revoked is not packaged or sent upward any more, and its grey button says so', async (t) => {
  const { w, office, award } = await conferred(t)
  const { id } = (await office.post('/api/recommendations', { awardId: award.id, targetLevel: 'city' })).body
  const move = (action: string) => moveOn(office, id, action)
  assert.equal((await move('package')).status, 200)
  assert.equal((await revoke(w, office, award.id, '材料不实')).status, 200)
  const refused = await move('send')
  assert.equal(refused.status, 409)
  assert.match(refused.body.message, /入选已经撤销，不能再上报/)
  const [row] = (await office.get('/api/recommendations')).body
  assert.match(row.moves.send[0].message, /入选已经撤销/)
})

test('a recommendation chosen by mistake is withdrawn with a reason and leaves its place to another, as a revoked school does', async (t) => {
  const { w, office, award } = await conferred(t)
  const select = () => office.post('/api/recommendations', { awardId: award.id, targetLevel: 'city' })
  const { id } = (await select()).body
  assert.equal((await moveOn(office, id, 'withdraw')).status, 422)
  assert.equal((await moveOn(office, id, 'withdraw', '选错了学校')).status, 200)
  const again = (await select()).body.id
  assert.ok(again && again !== id)
  const rows = (await office.get('/api/recommendations')).body as { id: string; state: string; outcome: string }[]
  assert.deepEqual(
    rows.filter((one) => one.id === id).map((one) => [one.state, one.outcome]),
    [['withdrawn', '选错了学校']],
  )
  await revoke(w, office, award.id, '材料不实')
  const [row] = (await office.get('/api/recommendations')).body
  assert.equal(row.awardRevoked, true)
  assert.match((await select()).body.message, /没有撤销/)
})
