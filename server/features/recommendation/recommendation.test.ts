import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sha256 } from '#server/kernel/work.ts'
import { conferred, posted } from '#tests/award.ts'

test('only a conferred brand goes upward', async (t) => {
  const { office } = await posted(t)
  const [waiting] = (await office.get('/api/naming')).body.awards
  const early = await office.post('/api/recommendations', { awardId: waiting.id, targetLevel: 'city' })
  assert.equal(early.status, 409)
  assert.match(early.body.message, /只能推荐已经授予的品牌/)
})

test('rule 15: the share of the conferred limits each level, and the refusal says how it was counted', async (t) => {
  const { office, award } = await conferred(t)
  const to = (targetLevel: string) => office.post('/api/recommendations', { awardId: award.id, targetLevel })
  const raced = await Promise.all([to('city'), to('city')])
  assert.equal(raced.filter((one) => one.status === 200).length, 1)
  assert.match((await to('city')).body.message, /向同一级至多推荐 1 所（已授予的 30%），名额已用完/)
  assert.equal((await to('province')).status, 200)
})

test('the package that goes upward is the frozen application and the certificate under one digest, and is there once packaged', async (t) => {
  const { w, office, award } = await conferred(t)
  const { id } = (await office.post('/api/recommendations', { awardId: award.id, targetLevel: 'city' })).body
  const move = (action: string, note = '') => office.post(`/api/recommendations/${id}/move`, { action, note })
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
  const move = (action: string, note = '') => office.post(`/api/recommendations/${id}/move`, { action, note })
  for (const action of ['package', 'send']) assert.equal((await move(action)).status, 200)
  assert.equal((await move('return')).status, 422)
  assert.equal((await move('return', '请补充影像材料')).status, 200)
  for (const action of ['package', 'send', 'receive', 'win']) assert.equal((await move(action)).status, 200, action)
  const [row] = (await office.get('/api/recommendations')).body
  assert.deepEqual([row.state, row.moves], ['won', {}])
})

test('what was revoked is not packaged or sent upward any more, and its grey button says so', async (t) => {
  const { office, award } = await conferred(t)
  const { id } = (await office.post('/api/recommendations', { awardId: award.id, targetLevel: 'city' })).body
  const move = (action: string) => office.post(`/api/recommendations/${id}/move`, { action, note: '' })
  assert.equal((await move('package')).status, 200)
  assert.equal((await office.post(`/api/awards/${award.id}/revoke`, { reason: '材料不实' })).status, 200)
  const refused = await move('send')
  assert.equal(refused.status, 409)
  assert.match(refused.body.message, /命名已经撤销，不能再成册上报/)
  const [row] = (await office.get('/api/recommendations')).body
  assert.match(row.moves.send[0].message, /命名已经撤销/)
})
