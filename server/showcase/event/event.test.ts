import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PDF, upload } from '#tests/world/upload.ts'
import { world } from '#tests/world/world.ts'

test('an event is published, answered by the invited school, checked in on the day and held, and shown to everybody', async (t) => {
  const w = await world(t)
  let office = await w.as('office')
  const made = await office.post('/api/events', {
    kind: '观摩',
    title: '演示观摩会',
    startsAt: '2026-05-12T01:00:00.000Z',
    endsAt: '2026-05-12T04:00:00.000Z',
    place: '演示第一小学',
    schoolIds: [w.schoolIds[0]],
  })
  assert.equal(made.status, 200, made.text)
  const at = (action: string) => `/api/events/${made.body.id}/${action}`
  assert.equal((await w.visitor.get(`/events/${made.body.id}`)).status, 404)
  await office.post(at('publish'))
  let clerk = await w.as('clerk')
  assert.equal((await clerk.post(at('respond'), { join: true, attendees: [] })).status, 422)
  assert.equal((await clerk.post(at('respond'), { join: true, attendees: ['演示教师'] })).status, 200)
  assert.equal((await office.post(at('check-in'), { schoolId: w.schoolIds[0] })).status, 409)
  w.passDays(1)
  office = await w.as('office')
  clerk = await w.as('clerk')
  assert.equal((await office.post(at('check-in'), { schoolId: w.schoolIds[0] })).status, 200)
  assert.equal((await office.post(at('check-in'), { schoolId: w.schoolIds[0] })).status, 409)
  assert.equal((await clerk.post(at('respond'), { join: false })).status, 409)
  assert.equal((await office.post(at('hold'), { outcome: '演示成果' })).status, 200)
  assert.match((await w.visitor.get(`/events/${made.body.id}`)).text, /演示成果/)
})

test('the materials of an event are for the bureau and the invited schools, and it cannot be written up before it starts', async (t) => {
  const w = await world(t)
  const early = await w.as('office')
  const { id } = (
    await early.post('/api/events', {
      kind: '观摩',
      title: '演示观摩会',
      startsAt: '2026-05-12T01:00:00Z',
      endsAt: '2026-05-12T04:00:00Z',
      place: '演示第一小学',
      schoolIds: [w.schoolIds[0]],
    })
  ).body
  await early.post(`/api/events/${id}/publish`)
  const file = (await upload(w, early, { name: '议程.pdf', bytes: PDF })).body
  const held = { outcome: '演示成果', fileIds: [file.id] }
  const refused = await early.post(`/api/events/${id}/hold`, held)
  assert.equal(refused.status, 409)
  assert.match(refused.text, /活动还没有开始/)
  assert.deepEqual((await early.get(`/api/events/${id}`)).body.moves.hold.length, 1)
  w.passDays(1)
  const [office, leader, department] = [await w.as('office'), await w.as('leader'), await w.as('department')]
  const [invited, other] = [await w.as('clerk'), await w.as('clerk', w.schoolIds[1])]
  const readers = [office, leader, department, invited, other]
  const read = () => Promise.all(readers.map(async (one) => (await one.get(`/api/files/${file.id}`)).status))
  assert.deepEqual(await read(), [200, 404, 404, 404, 404])
  assert.equal((await office.post(`/api/events/${id}/hold`, held)).status, 200)
  assert.deepEqual(await read(), [200, 200, 200, 200, 404])
  // What the office keeps beside it stays the office's own.
  const kept = (await upload(w, office, { name: '底稿.pdf', bytes: PDF })).body
  const seen = await Promise.all(readers.map(async (one) => (await one.get(`/api/files/${kept.id}`)).status))
  assert.deepEqual(seen, [200, 404, 404, 404, 404])
})

test('the lists of events and articles cost as many queries for three as for one', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const meeting = {
    kind: '观摩',
    title: '演示',
    startsAt: '2026-05-12T01:00:00Z',
    endsAt: '2026-05-12T02:00:00Z',
    place: '演示',
  }
  const make = async () => {
    await office.post('/api/events', { ...meeting, schoolIds: w.schoolIds })
  }
  const measure = async (url: string) => {
    w.queries.count = 0
    const { body } = await office.get(url)
    return [body.total, w.queries.count]
  }
  await make()
  const one = [await measure('/api/events')]
  await make()
  await make()
  const three = [await measure('/api/events')]
  assert.deepEqual(
    three,
    one.map(([, queries]) => [3, queries]),
  )
})

test('an announced event that is cancelled keeps its page and says so', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const body = {
    kind: '观摩',
    title: '春季观摩会',
    startsAt: '2026-05-20T01:00:00.000Z',
    endsAt: '2026-05-20T03:00:00.000Z',
    place: '第一小学',
  }
  const { id } = (await office.post('/api/events', body)).body
  await office.post(`/api/events/${id}/publish`)
  await office.post(`/api/events/${id}/cancel`, { reason: '台风' })
  const page = await w.visitor.get(`/events/${id}`)
  assert.equal(page.status, 200)
  assert.match(page.text, /活动已取消/)
})

test('a published event is changed with a reason: what it said stays readable and who had answered is asked again', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const words = {
    kind: '现场会',
    title: '演示现场会',
    startsAt: '2026-05-20T01:00:00.000Z',
    endsAt: '2026-05-20T04:00:00.000Z',
    place: '第一会议室',
    schoolIds: [w.schoolIds[0]],
  }
  const { id } = (await office.post('/api/events', words)).body
  await office.post(`/api/events/${id}/publish`)
  const clerk = await w.as('clerk')
  await clerk.post(`/api/events/${id}/respond`, { join: true, attendees: ['演示教师'] })
  const todos = async () =>
    (await clerk.get('/api/todo')).body.items.filter((one: { kind: string }) => one.kind === 'event')
  assert.deepEqual(await todos(), [])
  w.setTime('2026-05-11T02:05:00.000Z')
  const { updatedAt: seen } = (await office.get(`/api/events/${id}`)).body
  const change = { ...words, place: '第二会议室', schoolIds: [w.schoolIds[0], w.schoolIds[1]], reason: '换了会议室' }
  const at = `/api/events/${id}/published`
  assert.equal((await office.put(at, { ...change, reason: ' ', seen })).status, 422)
  const struck = await office.put(at, { ...change, schoolIds: [], seen })
  assert.match(struck.text, /已回复参加，不能从名单中去掉/)
  const done = await office.put(at, { ...change, seen })
  assert.equal(done.status, 200, done.text)
  assert.equal((await office.put(at, { ...change, seen })).status, 409, 'the words of a moment ago')
  const shown = (await office.get(`/api/events/${id}`)).body
  assert.deepEqual(
    [shown.place, shown.changes[0].place, shown.changes[0].reason],
    ['第二会议室', '第一会议室', '换了会议室'],
  )
  assert.match((await w.visitor.get(`/events/${id}`)).text, /安排有更改[^]*第一会议室[^]*换了会议室/)
  assert.match((await todos())[0].title, /在您回复后有更改/)
  const other = await w.as('clerk', w.schoolIds[1])
  assert.match((await other.get('/api/todo')).text, /请回复是否参加“演示现场会”/)
  w.setTime('2026-05-11T02:10:00.000Z')
  const before = await clerk.post(`/api/events/${id}/respond`, { join: true, attendees: ['演示教师'], seen })
  assert.equal(before.status, 409, 'the place of a moment ago')
  assert.match((await todos())[0].title, /在您回复后有更改/)
  await clerk.post(`/api/events/${id}/respond`, { join: true, attendees: ['演示教师'] })
  assert.deepEqual(await todos(), [])
  await office.post(`/api/events/${id}/cancel`, { reason: '暴雨' })
  assert.match((await todos())[0].title, /已取消/)
})
