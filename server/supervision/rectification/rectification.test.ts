import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  extensionAsked,
  issuedRectification,
  recordedFinding,
  reportedRectification,
} from '#tests/world/supervision.ts'
import { world } from '#tests/world/world.ts'

test('a finding is unseen by the school until it is sent, and the order that follows is due by the year’s setting', async (t) => {
  const w = await world(t)
  const id = await recordedFinding(w)
  const clerk = await w.as('clerk')
  assert.equal((await clerk.get('/api/findings')).body.total, 0)
  assert.equal((await clerk.post(`/api/findings/${id}/reply`, { reply: '演示' })).status, 404)
  const order = (await clerk.get(`/api/rectifications/${await issuedRectification(w)}`)).body
  assert.deepEqual([order.state, order.dueOn, order.round], ['issued', '2026-06-10', 1])
})

test('an order is mended, found wanting, issued again for a second round and closed, and every step stays in its timeline', async (t) => {
  const w = await world(t)
  const id = await reportedRectification(w)
  const [office, clerk] = [await w.as('office'), await w.as('clerk')]
  const at = (action: string) => `/api/rectifications/${id}/${action}`
  assert.equal((await office.post(at('fail'), { verdict: '' })).status, 422)
  assert.equal((await office.post(at('fail'), { verdict: '演示：照片看不清' })).status, 200)
  const again = (await clerk.get(`/api/rectifications/${id}`)).body
  assert.deepEqual([again.state, again.round], ['issued', 2])
  await clerk.post(at('acknowledge'))
  await clerk.post(at('plan'), { plan: '演示再改' })
  await clerk.post(at('report'), { report: '演示已改' })
  assert.equal((await office.post(at('pass'), { verdict: '演示属实' })).status, 200)
  const closed = (await clerk.get(`/api/rectifications/${id}`)).body
  assert.equal(closed.state, 'closed')
  assert.equal(closed.timeline.length, 9)
  assert.ok(closed.timeline.some((one: { detail: string }) => one.detail.includes('照片看不清')))
})

test('whoever reported the work done cannot verify it, even when holding an office of the bureau', async (t) => {
  const w = await world(t)
  const id = await issuedRectification(w)
  const [clerk, office] = [await w.as('clerk'), await w.as('office')]
  await clerk.post(`/api/rectifications/${id}/acknowledge`)
  await clerk.post(`/api/rectifications/${id}/plan`, { plan: '演示' })
  await clerk.post(`/api/rectifications/${id}/report`, { report: '演示' })
  await w.house.database.writer
    .insertInto('roleGrant')
    .values({
      id: '00000000-0000-7000-8000-000000000001',
      personId: w.personOf('clerk'),
      role: 'office',
      organizationId: w.bureauId,
      departmentId: null,
      createdAt: '2026-05-11T02:00:00.000Z',
      endedAt: null,
    })
    .execute()
  const both = await w.as('clerk')
  const refused = await both.post(`/api/rectifications/${id}/pass`, { verdict: '演示' })
  assert.equal(refused.status, 403)
  assert.equal(refused.body.reasons[0].code, 'sameDoer')
  assert.equal((await office.post(`/api/rectifications/${id}/pass`, { verdict: '演示' })).status, 200)
})

test('two people verify one order at once: one passes, one is told that it has moved, one record', async (t) => {
  const w = await world(t)
  const id = await reportedRectification(w)
  const [office, leader] = [await w.as('office'), await w.as('leader')]
  const answers = await Promise.all([
    office.post(`/api/rectifications/${id}/pass`, { verdict: '演示' }),
    leader.post(`/api/rectifications/${id}/pass`, { verdict: '演示' }),
  ])
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [200, 409])
  const rows = await w.house.database.reader
    .selectFrom('auditRow')
    .select('seq')
    .where('event', '=', 'rectification.pass')
    .execute()
  assert.equal(rows.length, 1)
})

test('an overdue order climbs from contact to department to leader, and an extension ends that', async (t) => {
  const w = await world(t)
  const id = await issuedRectification(w)
  const levels: number[] = []
  for (const days of [30, 1, 7, 7]) {
    w.passDays(days)
    levels.push((await (await w.as('office')).get(`/api/rectifications/${id}`)).body.escalation)
  }
  assert.deepEqual(levels, [0, 1, 2, 3])
  const office = await w.as('office')
  assert.equal((await office.get('/api/rectifications?overdue=yes')).body.total, 1)
  const todo = (await (await w.as('leader')).get('/api/todo')).body.items
  assert.ok(todo.some((one: { kind: string }) => one.kind === 'rectificationOverdue'))
  const extended = await office.post(`/api/rectifications/${id}/extend`, {
    dueOn: '2026-07-31',
    reason: '演示暑期施工',
  })
  assert.equal(extended.status, 200, extended.text)
  assert.equal((await office.get('/api/rectifications?overdue=yes')).body.total, 0)
})

test('a draw is made once and can be computed again from its seed', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const { drawnFrom } = await import('#server/supervision/inspection/actions.ts')
  const made = await office.post('/api/inspections', {
    title: '演示抽查',
    basis: '演示',
    startsOn: '2026-05-11',
    endsOn: '2026-05-12',
    checklist: ['演示'],
  })
  const drawn = await office.post(`/api/inspections/${made.body.id}/draw`, { stage: '小学', count: 1 })
  assert.equal(drawn.status, 200, drawn.text)
  const { choice } = (await office.get(`/api/inspections/${made.body.id}`)).body
  assert.deepEqual(drawnFrom(choice.candidates, choice.seed, choice.count), drawn.body.schoolIds)
  assert.equal((await office.post(`/api/inspections/${made.body.id}/draw`, { count: 2 })).status, 409)
})

test('the lists of orders and findings cost as many queries for three as for one', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const measure = async (url: string) => {
    w.queries.count = 0
    const { body } = await office.get(url)
    return [body.total, w.queries.count]
  }
  await issuedRectification(w)
  const one = [await measure('/api/rectifications'), await measure('/api/findings')]
  await issuedRectification(w)
  await issuedRectification(w)
  const three = [await measure('/api/rectifications'), await measure('/api/findings')]
  assert.deepEqual(
    three,
    one.map(([, queries]) => [3, queries]),
  )
})

test('coverage counts the schools that each leader and department has visited of those assigned', async (t) => {
  const w = await world(t)
  const leader = await w.as('leader')
  const seen = { kind: '到校', visitedOn: '2026-05-11', saw: '演示情况' }
  assert.equal((await leader.post('/api/visits', { schoolId: w.schoolIds[0], ...seen })).status, 200)
  assert.equal((await leader.post('/api/visits', { schoolId: w.schoolIds[2], ...seen })).status, 404)
  const late = await leader.post('/api/visits', { schoolId: w.schoolIds[0], ...seen, visitedOn: '2026-05-12' })
  assert.equal(late.status, 422)
  const { rows } = (await leader.get('/api/visits/coverage')).body
  const byKind = new Map(rows.map((row: { kind: string }) => [row.kind, row]))
  assert.deepEqual([...byKind.keys()].toSorted(), ['department', 'leader'])
  const of = (kind: string) => rows.find((row: { kind: string }) => row.kind === kind)
  assert.deepEqual([of('leader').visited, of('leader').assigned], [1, 2])
  assert.deepEqual([of('department').visited, of('department').assigned], [0, 1])
})

test('a school asks for more time, the office is told and grants another day', async (t) => {
  const w = await world(t)
  const id = await issuedRectification(w)
  const [clerk, office] = [await w.as('clerk'), await w.as('office')]
  const ask = (dueOn: string, reason = '演示：材料要招标') =>
    clerk.post(`/api/rectifications/${id}/ask-extension`, { dueOn, reason })
  assert.equal((await ask('2026-06-10')).status, 422)
  assert.equal((await ask('2026-07-10', '')).status, 422)
  assert.equal((await ask('2026-07-10')).status, 200)
  assert.match((await ask('2026-07-20')).body.message, /已经申请延到/)
  const todo = await office.get('/api/todo')
  assert.match(todo.text, /延期申请待答复/)
  assert.match(todo.text, /材料要招标/)
  const granted = { dueOn: '2026-06-30', reason: '演示：先完成一半' }
  assert.equal((await office.post(`/api/rectifications/${id}/extend`, granted)).status, 200)
  const order = (await clerk.get(`/api/rectifications/${id}`)).body
  assert.deepEqual([order.dueOn, order.askedDueOn], ['2026-06-30', null])
  assert.deepEqual(
    order.timeline.map((one: { title: string }) => one.title),
    ['下达整改通知', '申请延期', '延期'],
  )
  assert.doesNotMatch((await office.get('/api/todo')).text, /延期申请待答复/)
})

test('more time asked for in time never counts as overdue before the office answers, and a refusal says why', async (t) => {
  const w = await world(t)
  const id = await extensionAsked(w)
  w.setTime('2026-06-20T02:00:00.000Z')
  const [clerk, office] = [await w.as('clerk'), await w.as('office')]
  const order = async () => (await clerk.get(`/api/rectifications/${id}`)).body
  const overdue = async () => (await office.get('/api/rectifications?overdue=yes')).body.total
  assert.deepEqual([(await order()).overdue, await overdue()], [false, 0])
  const decline = (reason: string) => office.post(`/api/rectifications/${id}/decline-extension`, { reason })
  assert.equal((await decline('')).status, 422)
  assert.equal((await decline('演示：不用招标')).status, 200)
  assert.equal((await decline('演示：再说一遍')).status, 409)
  const shown = await order()
  assert.deepEqual([shown.overdue, shown.askedDueOn, shown.extensionAnswer], [true, null, '演示：不用招标'])
  assert.equal(await overdue(), 1)
  const late = { dueOn: '2026-09-01', reason: '演示' }
  assert.match((await clerk.post(`/api/rectifications/${id}/ask-extension`, late)).body.message, /期限已过/)
})
