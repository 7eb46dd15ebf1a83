import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makePublished } from '#tests/everywhere/access/plan.ts'
import { visitKinds } from '#domain/supervision/visit.ts'
import { type Caller, type World, world } from '#tests/world/world.ts'

interface Left {
  id: string
  message: string
}
const unfinishedOf = async (w: World, office: Caller): Promise<Left[]> =>
  (await office.get(`/api/cycles/${w.cycleId}`)).body.unfinished

/** One plan in force, one draft and one summary begun, on the day after the year's window. */
async function lateInTheYear(w: World) {
  const planId = await makePublished(w, w.schoolIds[0])
  const clerk = await w.as('clerk', w.schoolIds[1])
  await clerk.post('/api/plans', { cycleId: w.cycleId })
  await clerk.post('/api/summaries')
  w.setTime('2026-12-01T02:00:00.000Z')
  return { planId: String(planId), office: await w.as('office') }
}

test('a year is closed only when everything left unfinished was shown and ticked off one by one', async (t) => {
  const w = await world(t)
  const { office } = await lateInTheYear(w)
  const left = await unfinishedOf(w, office)
  assert.deepEqual(
    left.map((one) => one.message),
    ['1 份创建方案还在起草', '1 份年度总结还没有签报'],
  )
  const blind = await office.post(`/api/cycles/${w.cycleId}/close`)
  assert.equal(blind.status, 409)
  assert.equal(blind.body.reasons.length, 2)
  const half = await office.post(`/api/cycles/${w.cycleId}/close`, { ticked: [left[0]?.id] })
  assert.equal(half.status, 409)
  const ticked = left.map((one) => one.id)
  await (await w.as('clerk', w.schoolIds[2])).post('/api/summaries')
  const outdated = await office.post(`/api/cycles/${w.cycleId}/close`, { ticked })
  assert.equal(outdated.status, 409, 'one more summary was begun meanwhile')
  const now = (await unfinishedOf(w, office)).map((one) => one.id)
  assert.equal((await office.post(`/api/cycles/${w.cycleId}/close`, { ticked: now })).status, 200)
})

test('a year closed too early is opened again with a reason, and its plans are in force again', async (t) => {
  const w = await world(t)
  const { office, planId } = await lateInTheYear(w)
  const ticked = (await unfinishedOf(w, office)).map((one) => one.id)
  await office.post(`/api/cycles/${w.cycleId}/close`, { ticked })
  assert.equal((await office.get(`/api/plans/${planId}`)).body.state, 'closed')
  const bare = await office.post(`/api/cycles/${w.cycleId}/reopen`, { reason: ' ' })
  assert.equal(bare.status, 422)
  const reason = '还有一份总结没有审完。'
  const again = await office.post(`/api/cycles/${w.cycleId}/reopen`, { reason })
  assert.equal(again.status, 200, again.text)
  assert.equal((await office.get(`/api/plans/${planId}`)).body.state, 'published')
  const { cycle } = (await office.get(`/api/cycles/${w.cycleId}`)).body
  assert.deepEqual([cycle.state, cycle.reopenReason, cycle.closedAt], ['open', reason, null])
})

test('a mistyped year is corrected while it is in preparation, or deleted when nothing is in it', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const make = async (year: number) =>
    (await office.post('/api/cycles', { year, title: `${year} 年度`, awardTitle: '成果奖' })).body.id as string
  const id = await make(2072)
  const { cycle } = (await office.get(`/api/cycles/${id}`)).body
  const { title, awardTitle, outcomeKind, planUntil, standardId, settings } = cycle
  const { basisTitle, basisNumber, filingNumber, approvalNumber, toldOn } = cycle
  const basis = { basisTitle, basisNumber, filingNumber, approvalNumber, toldOn }
  const terms = { title, awardTitle, outcomeKind, planUntil, standardId, settings, ...basis }
  const dated = { ...terms, applyFrom: '2027-10-01', applyUntil: '2027-10-31' }
  const taken = await office.put(`/api/cycles/${id}`, {
    ...terms,
    applyFrom: '2026-10-01',
    applyUntil: '2026-10-31',
    year: 2026,
  })
  assert.deepEqual([taken.status, taken.body.reasons[0].field], [409, 'year'])
  const mended = await office.put(`/api/cycles/${id}`, { ...dated, title: '2027 年度', year: 2027 })
  assert.equal(mended.status, 200, mended.text)
  assert.equal((await office.get(`/api/cycles/${id}`)).body.cycle.year, 2027)
  const other = await make(2073)
  assert.equal((await office.delete(`/api/cycles/${other}`)).status, 200)
  assert.equal((await office.get(`/api/cycles/${other}`)).status, 404)
  assert.equal((await office.delete(`/api/cycles/${w.cycleId}`)).status, 409, 'an open year is never deleted')
})

test('a year in preparation in which something was recorded cannot be deleted', async (t) => {
  const w = await world(t)
  w.setTime('2026-12-01T02:00:00.000Z')
  const office = await w.as('office')
  await office.post(`/api/cycles/${w.cycleId}/close`)
  const { id } = (await office.post('/api/cycles', { year: 2027, title: '2027 年度', awardTitle: '成果奖' })).body
  const visit = { schoolId: w.schoolIds[0], kind: visitKinds[0], visitedOn: '2026-12-01', saw: '看了', advised: '' }
  const made = await office.post('/api/visits', { ...visit, followUp: '', fileIds: [] })
  assert.equal(made.status, 200, made.text)
  assert.equal((await office.delete(`/api/cycles/${id}`)).status, 409)
})
