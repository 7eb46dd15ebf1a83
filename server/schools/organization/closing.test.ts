import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeComment } from '#tests/everywhere/access/comment.ts'
import { type Caller, type World, world } from '#tests/world/world.ts'

interface Todo {
  kind: string
  title: string
  dueDate?: string
}

const waiting = async (caller: Caller): Promise<Todo[]> =>
  (await caller.get('/api/todo')).body.items.filter((one: Todo) => one.kind === 'commentToAnswer')
const close = (caller: Caller, w: World, more: Record<string, unknown> = {}) =>
  caller.post('/api/schools/retire', { schoolIds: [w.schoolIds[0]], reason: '并校', ...more })
const answerOf = async (w: World, id: string) =>
  w.house.database.reader.selectFrom('comment').select(['answer', 'state']).where('id', '=', id).executeTakeFirst()

test('the school that a closed one was merged into answers what was still open, and says so', async (t) => {
  const w = await world(t)
  const [office, heir, far] = [
    await w.as('office'),
    await w.as('clerk', w.schoolIds[1]),
    await w.as('clerk', w.schoolIds[2]),
  ]
  const id = await makeComment(w)
  assert.equal((await close(office, w, { successorId: w.schoolIds[1] })).status, 200)
  const { successor } = (await office.get(`/api/schools/${w.schoolIds[0]}`)).body
  assert.deepEqual(successor, { id: w.schoolIds[1], name: '演示第二小学' })
  assert.deepEqual(
    (await waiting(heir)).map((one) => one.title),
    ['并入本校的演示第一小学有意见待答复'],
  )
  assert.deepEqual([await waiting(office), await waiting(far)], [[], []])
  assert.equal((await heir.get('/api/comments?state=received')).body.items[0].id, id)
  assert.equal((await far.post(`/api/comments/${id}/answer`, { answer: '不是我们的' })).status, 404)
  assert.equal((await heir.post(`/api/comments/${id}/answer`, { answer: '已接着办理。' })).status, 200)
  assert.deepEqual(
    { ...(await answerOf(w, id)) },
    {
      answer: '（原学校已撤并，已并入演示第二小学，由演示第二小学答复。）已接着办理。',
      state: 'answered',
    },
  )
  assert.deepEqual(await waiting(heir), [])
})

test('what was said to a school closed without a successor waits for the office, which answers it', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const id = await makeComment(w)
  assert.equal((await office.post(`/api/comments/${id}/answer`, { answer: '太早' })).status, 403)
  await close(office, w)
  const clerk = await w.as('clerk')
  assert.deepEqual(await waiting(clerk), [])
  const refused = await clerk.post(`/api/comments/${id}/answer`, { answer: '我来答' })
  assert.equal(refused.body.reasons[0].message, '这所学校已经撤并，由局党工委办答复。')
  const [todo] = await waiting(office)
  assert.equal(todo?.title, '撤并学校有 1 条意见待答复')
  assert.ok(todo?.dueDate)
  const { items } = (await office.get('/api/comments?state=closed')).body
  assert.deepEqual([items.length, items[0].closed, items[0].moves.answer], [1, true, []])
  assert.equal((await office.post(`/api/comments/${id}/answer`, { answer: '已转有关学校。' })).status, 200)
  assert.match((await answerOf(w, id))?.answer ?? '', /^（原学校已撤并，由局党工委办答复。）/)
  assert.deepEqual(await waiting(office), [])
})

test('a successor that is closed in its turn hands what is open to the office, and a restored school answers again itself', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  await makeComment(w)
  await close(office, w, { successorId: w.schoolIds[1] })
  await office.post('/api/schools/retire', { schoolIds: [w.schoolIds[1]], reason: '再并' })
  assert.equal((await waiting(office)).length, 1)
  assert.deepEqual(await waiting(await w.as('clerk', w.schoolIds[1])), [])
  await office.post(`/api/schools/${w.schoolIds[0]}/restore`, { reason: '点错了' })
  assert.deepEqual(await waiting(office), [])
  assert.equal((await waiting(await w.as('clerk'))).length, 1)
})

test('a school is merged into one that is in the register and not closed with it', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const both = { schoolIds: [w.schoolIds[0], w.schoolIds[1]] }
  assert.equal((await close(office, w, { ...both, successorId: w.schoolIds[1] })).status, 422)
  await office.post('/api/schools/retire', { schoolIds: [w.schoolIds[2]], reason: '停办' })
  const gone = await close(office, w, { successorId: w.schoolIds[2] })
  assert.match(gone.body.reasons[0].message, /已经撤并，请另选一所在册的学校/)
  assert.equal((await office.get(`/api/schools/${w.schoolIds[0]}`)).body.school.retiredAt, null)
})

test('a zone with schools is merged into another one, an empty one goes, the last one stays; the name is free again', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const [first, second] = w.zoneIds
  const remove = (id: string, body: Record<string, unknown>) => office.post(`/api/zones/${id}/remove`, body)
  const zones = async () => (await office.get('/api/divisions')).body.zones as { id: string; name: string }[]
  const bare = await remove(first, { reason: '合并' })
  assert.match(bare.body.reasons[0].message, /还有 2 所学校，请选择并入哪个片区/)
  assert.equal((await remove(first, { intoId: first, reason: '合并' })).status, 422)
  assert.equal((await remove(first, { intoId: second, reason: '' })).status, 422)
  assert.equal((await remove(first, { intoId: second, reason: '片区调整' })).status, 200)
  assert.deepEqual(
    (await zones()).map((one) => one.id),
    [second],
  )
  const { items } = (await office.get(`/api/schools?zoneId=${second}`)).body
  assert.equal(items.length, 3)
  const leading = (await office.get('/api/contacts')).body.zones
  assert.deepEqual([leading.length, leading[0].leaders], [1, []])
  assert.equal((await (await w.as('leader')).get('/api/schools')).body.total, 0)
  assert.equal((await remove(first, { intoId: second, reason: '再来' })).status, 409)
  assert.match((await remove(second, { reason: '空了' })).body.reasons[0].message, /只有这一个片区/)
  const again = await office.post('/api/divisions/zones', { name: '第一片区' })
  assert.equal(again.status, 200, again.text)
  assert.equal((await remove(again.body.id, { reason: '建错了' })).status, 200)
  const rows = await w.house.database.reader
    .selectFrom('auditRow')
    .select(['event', 'detail'])
    .where('subjectType', '=', 'zone')
    .where('event', 'in', ['zone.combined', 'zone.deleted'])
    .orderBy('seq')
    .execute()
  assert.deepEqual(
    rows.map((row) => [row.event, JSON.parse(row.detail).reason]),
    [
      ['zone.combined', '片区调整'],
      ['zone.deleted', '建错了'],
    ],
  )
})
