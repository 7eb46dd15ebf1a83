import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draftedApplication } from '#tests/world/application.ts'
import { decide, decision, sealed } from '#tests/world/award.ts'
import { world } from '#tests/world/world.ts'

const safety = { kind: 'safety', detail: '食堂事故，经区里认定负主要责任。' }

test('rule 4: a breach on record bars the application, says which, and lets it through once lifted with a reason', async (t) => {
  const w = await world(t)
  const [schoolId] = w.schoolIds
  const { id } = await draftedApplication(w)
  const [office, secretary] = [await w.as('office'), await w.as('secretary')]
  const recorded = await office.post(`/api/schools/${schoolId}/breaches`, safety)
  assert.equal(recorded.status, 200, recorded.text)
  const refused = await secretary.post(`/api/applications/${id}/submit`)
  assert.equal(refused.status, 422)
  assert.match(
    refused.body.message,
    /没有触及前置条件：发生重大安全责任事故：食堂事故，经区里认定负主要责任。由局党工委办解除后才能申报。/,
  )
  const own = (await (await w.as('clerk')).get('/api/applications/own')).body.eligibility
  assert.equal(own.find((one: { code: string }) => one.code === 'precondition').met, false)

  const lift = (reason: string) => office.post(`/api/breaches/${recorded.body.id}/lift`, { reason })
  assert.equal((await lift('')).status, 422)
  const twice = await Promise.all([lift('复议后撤销认定'), lift('复议后撤销认定')])
  assert.deepEqual(twice.map((one) => one.status).toSorted(), [200, 409])
  const [item] = (await office.get(`/api/schools/${schoolId}/breaches`)).body.items
  assert.deepEqual([item.kind, item.liftedReason, item.recordedByName], ['safety', '复议后撤销认定', '演示office'])
  assert.equal((await secretary.post(`/api/applications/${id}/submit`)).status, 200)
})

test('a breach names every mistake at once and concerns its own school only', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const wrong = await office.post(`/api/schools/${w.schoolIds[0]}/breaches`, { kind: 'rumour', detail: '' })
  assert.equal(wrong.status, 422)
  assert.deepEqual(
    wrong.body.reasons.map((one: { field: string }) => one.field),
    ['kind', 'detail'],
  )
  await office.post(`/api/schools/${w.schoolIds[0]}/breaches`, safety)
  assert.deepEqual((await office.get(`/api/schools/${w.schoolIds[1]}/breaches`)).body.items, [])
})

test('a school with an open breach cannot be decided on, and the refusal names it', async (t) => {
  const { w, office, resultId, applications } = await sealed(t)
  const [grade] = (await office.get('/api/naming')).body.grades
  await office.post(`/api/schools/${w.schoolIds[0]}/breaches`, safety)
  const refused = await decide(office, resultId, decision([applications[0]], grade))
  assert.equal(refused.status, 422)
  assert.match(refused.body.message, /演示第一小学登记有资格前置情形，解除以前不能入选/)
  assert.equal((await decide(office, resultId, decision([applications[1]], grade))).status, 200)
})
