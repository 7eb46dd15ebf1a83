import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeDraft } from '#tests/everywhere/access/plan.ts'
import { type Caller, givePassword, world } from '#tests/world/world.ts'

const kinds = async (caller: Caller) =>
  (await caller.get('/api/todo')).body.items.map((one: { kind: string }) => one.kind)

test('a new school is told the first steps of its year, and each leaves the list when it is taken', async (t) => {
  const w = await world(t)
  const begun = ['beginCounts', 'beginBrand', 'beginPlan']
  const clerk = await w.as('clerk')
  assert.deepEqual((await kinds(clerk)).filter((kind: string) => kind.startsWith('begin')).toSorted(), begun.toSorted())
  await makeDraft(w)
  const again = await w.as('clerk')
  assert.deepEqual(
    (await kinds(again)).filter((kind: string) => kind.startsWith('begin')),
    ['beginCounts'],
  )
})

test('looking at the year’s summary makes nothing; beginning it does, once', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const rows = () => w.house.database.reader.selectFrom('summary').select('id').execute()
  const own = await clerk.get('/api/summaries/own')
  assert.deepEqual([own.status, own.body.id, own.body.moves.start], [200, null, []])
  assert.equal((await rows()).length, 0)
  assert.ok(!(await kinds(clerk)).includes('summaryDraft'))
  const made = await clerk.post('/api/summaries')
  assert.equal((await clerk.post('/api/summaries')).body.id, made.body.id)
  assert.equal((await clerk.get('/api/summaries/own')).body.id, made.body.id)
  assert.equal((await rows()).length, 1)
})

test('what waits for a signature and what came back stand first, whatever date the rest has', async (t) => {
  const w = await world(t)
  const id = await makeDraft(w)
  const [secretary, office] = [await w.as('secretary'), await w.as('office')]
  assert.equal((await kinds(secretary))[0], 'planToSign')
  await secretary.post(`/api/plans/${id}/sign`)
  await office.post(`/api/plans/${id}/return`, { reason: '目标请写具体' })
  const clerk = await w.as('clerk')
  assert.equal((await kinds(clerk))[0], 'planReturned')
})

const startOf = async (caller: Caller) => (await caller.get('/api/start')).body
const doneSteps = async (caller: Caller) =>
  (await startOf(caller)).steps.filter((one: { done: boolean }) => one.done).map((one: { key: string }) => one.key)

test('the office sees from the first day which steps of the start are open, and each says when it is done', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  assert.deepEqual(await doneSteps(office), ['list', 'standard', 'cycle'])
  const { steps } = await startOf(office)
  assert.deepEqual(
    [steps[1].detail, steps[4].detail],
    ['2 所学校没有联系股室，1 个片区没有分包领导', '6 人还没有激活，共 6 人'],
  )
  await office.put('/api/contacts/schools', { schoolIds: w.schoolIds, departmentId: w.departmentId })
  await office.put(`/api/contacts/zones/${w.zoneIds[1]}`, { personIds: [w.personOf('leader')] })
  assert.ok((await doneSteps(office)).includes('duties'))
  const inactive = async () => (await office.get('/api/schools?only=inactive')).body.total
  assert.equal(await inactive(), 3)
  for (const role of ['secretary', 'clerk'] as const)
    for (const schoolId of w.schoolIds.slice(0, 2)) await givePassword(w, w.personOf(role, schoolId), 'Demo-2026-pass!')
  assert.equal(await inactive(), 1)
  assert.equal((await startOf(office)).steps[4].detail, '2 人还没有激活，共 6 人')
  for (const role of ['secretary', 'clerk'] as const)
    await givePassword(w, w.personOf(role, w.schoolIds[2]), 'Demo-2026-pass!')
  assert.deepEqual([await inactive(), (await startOf(office)).open], [0, 0])
})

test('the start list costs as many queries for three schools as for two', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const measure = async () => {
    w.queries.count = 0
    await startOf(office)
    return w.queries.count
  }
  const three = await measure()
  await office.post('/api/schools/retire', { schoolIds: [w.schoolIds[2]], reason: '停办' })
  assert.equal(await measure(), three)
})
