import assert from 'node:assert/strict'
import { test } from 'node:test'
import { admit, grant, scoreAll } from '#tests/world/review.ts'
import { type World, world } from '#tests/world/world.ts'

async function threeAdmitted(w: World) {
  for (const schoolId of w.schoolIds) await admit(w, schoolId)
  const office = await w.as('office')
  const make = (body: object) => office.post('/api/panels', { method: 'documents', name: '第一组', ...body })
  const handOut = async (id: string) => (await office.post(`/api/panels/${id}/assignment`)).body
  return { office, make, handOut, reviewerIds: [w.personOf('reviewer')] }
}

const sheetsOf = (w: World) =>
  w.house.database.reader.selectFrom('scoreSheet').select(['id', 'schoolId', 'state', 'reviewerId']).execute()

test('panels divide the schools: by name, by stage or by zone', async (t) => {
  const w = await world(t)
  const { office, make, handOut, reviewerIds } = await threeAdmitted(w)
  const stage = (await make({ reviewerIds, stage: '幼儿园' })).body.id
  assert.deepEqual(
    (await handOut(stage)).make.map((one: { schoolName: string }) => one.schoolName),
    ['演示幼儿园'],
  )
  await grant(w, w.personOf('department'), 'reviewer', w.bureauId)
  const zone = (await make({ name: '第二组', reviewerIds: [w.personOf('department')], zoneId: w.zoneIds[1] })).body.id
  assert.equal((await handOut(zone)).make.length, 1)
  const named = (await make({ name: '第三组', reviewerIds, schoolIds: [w.schoolIds[0]] })).body.id
  assert.equal((await handOut(named)).make.length, 1)
  assert.equal((await sheetsOf(w)).length, 3)
  const taken = await make({ name: '第三组', reviewerIds })
  assert.equal(taken.status, 422)
  assert.match(taken.body.reasons[0].message, /已经有一个同名的评审组/)
  assert.equal((await office.get('/api/panels')).body.panels.length, 3)
})

test('one more reviewer for one school is one sheet', async (t) => {
  const w = await world(t)
  const { make, handOut, reviewerIds } = await threeAdmitted(w)
  await handOut((await make({ reviewerIds })).body.id)
  await grant(w, w.personOf('department'), 'reviewer', w.bureauId)
  const extra = { name: '加评', reviewerIds: [w.personOf('department')], schoolIds: [w.schoolIds[2]] }
  assert.equal((await handOut((await make(extra)).body.id)).make.length, 1)
  assert.equal((await sheetsOf(w)).length, 4)
})

test('a reviewer who leaves the panel owes nothing, what was submitted counts on, and who comes back gets the rest again', async (t) => {
  const w = await world(t)
  const { office, make, handOut, reviewerIds } = await threeAdmitted(w)
  const { id } = (await make({ reviewerIds })).body
  await handOut(id)
  const reviewer = await w.as('reviewer')
  const [first] = (await reviewer.get('/api/sheets')).body
  await reviewer.post(`/api/sheets/${first.id}/declare`)
  const bare = await office.put(`/api/panels/${id}/reviewers`, { reviewerIds: [] })
  assert.equal(bare.status, 422)
  assert.match(bare.body.reasons[0].message, /有 3 张没有提交的评分表会收回，请写明理由/)
  const left = await office.put(`/api/panels/${id}/reviewers`, { reviewerIds: [], reason: '调离' })
  assert.equal(left.status, 200, left.text)
  assert.deepEqual((await reviewer.get('/api/sheets')).body, [])
  assert.deepEqual((await reviewer.get('/api/todo')).body.items, [])
  await office.put(`/api/panels/${id}/reviewers`, { reviewerIds })
  assert.equal((await handOut(id)).make.length, 3)
  await scoreAll(reviewer)
  await office.put(`/api/panels/${id}/reviewers`, { reviewerIds: [] })
  assert.ok((await sheetsOf(w)).every((one) => one.state === 'submitted'))
})

test('what a panel takes no more is taken back, and a panel goes only while nothing was submitted', async (t) => {
  const w = await world(t)
  const { office, make, handOut, reviewerIds } = await threeAdmitted(w)
  const { id } = (await make({ reviewerIds })).body
  await handOut(id)
  const { updatedAt: seen } = (await office.get('/api/panels')).body.panels[0]
  const scope = { name: '小学组', stage: '小学', seen }
  assert.equal((await office.put(`/api/panels/${id}`, { ...scope, seen: '-', reason: '分组' })).status, 409)
  assert.equal((await office.put(`/api/panels/${id}`, { ...scope, reason: '分组' })).status, 200)
  assert.equal((await sheetsOf(w)).filter((one) => one.state === 'assigned').length, 2)
  const other = (await make({ name: '误建', reviewerIds: [] })).body.id
  assert.equal((await office.delete(`/api/panels/${other}`)).status, 200)
  await scoreAll(await w.as('reviewer'))
  const kept = await office.delete(`/api/panels/${id}`)
  assert.equal(kept.status, 409)
  assert.match(kept.body.message, /有 2 张评分表已经提交过，不能删除/)
})
