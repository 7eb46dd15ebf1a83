import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PNG, upload } from '#tests/world/upload.ts'
import { type Caller, world } from '#tests/world/world.ts'

const seen = { kind: '到校', visitedOn: '2026-05-11', saw: '演示情况' }
const statuses = async (callers: readonly Caller[], url: string) =>
  Promise.all(callers.map(async (caller) => (await caller.get(url)).status))

test('a photo taken at a visit is for those who read the visit: before it is saved for its uploader, then for the school and its overseers', async (t) => {
  const w = await world(t)
  const [leader, department, office] = [await w.as('leader'), await w.as('department'), await w.as('office')]
  const [clerk, other] = [await w.as('clerk', w.schoolIds[1]), await w.as('clerk', w.schoolIds[2])]
  const photo = (await upload(w, leader, { name: '走访.png', bytes: PNG })).body
  const readers = [leader, office, department, clerk, other, w.visitor]
  for (const url of [`/api/files/${photo.id}`, `/api/files/${photo.id}/thumbnail`])
    assert.deepEqual(await statuses(readers, url), [200, 200, 404, 404, 404, 401])
  const visit = await leader.post('/api/visits', { ...seen, schoolId: w.schoolIds[1], fileIds: [photo.id] })
  assert.equal(visit.status, 200, visit.text)
  for (const url of [`/api/files/${photo.id}`, `/api/files/${photo.id}/thumbnail`])
    assert.deepEqual(await statuses(readers, url), [200, 200, 200, 200, 404, 401])
  const { photos } = (await clerk.get(`/api/visits/${visit.body.id}`)).body
  assert.deepEqual(photos, [{ fileId: photo.id, name: '走访.png', kind: 'png' }])
  assert.equal((await other.get(`/api/visits/${visit.body.id}`)).status, 404)
})

test('a photo of one school cannot be hung on the visit of another, and a stranger’s photo on none', async (t) => {
  const w = await world(t)
  const [leader, other] = [await w.as('leader'), await w.as('clerk', w.schoolIds[2])]
  const photo = (await upload(w, leader, { name: 'a.png', bytes: PNG })).body
  const theirs = (await upload(w, other, { name: 'b.png', bytes: PNG })).body
  const at = (schoolId: string, fileId: string) => leader.post('/api/visits', { ...seen, schoolId, fileIds: [fileId] })
  assert.equal((await at(w.schoolIds[0], photo.id)).status, 200)
  assert.equal((await at(w.schoolIds[1], photo.id)).status, 404)
  assert.equal((await at(w.schoolIds[0], theirs.id)).status, 404)
  assert.equal((await leader.get('/api/visits')).body.total, 1)
})

test('visits are found by school and by what was seen, advised and followed up', async (t) => {
  const w = await world(t)
  const leader = await w.as('leader')
  const words = { ...seen, saw: '党员活动室已布置', advised: '补上学习制度', schoolId: w.schoolIds[0] }
  assert.equal((await leader.post('/api/visits', words)).status, 200)
  for (const [q, total] of [
    ['活动室', 1],
    ['学习制度', 1],
    ['第一小学', 1],
    ['剪纸', 0],
  ] as const)
    assert.equal((await leader.get(`/api/visits?q=${encodeURIComponent(q)}`)).body.total, total, q)
})

test('the office writes down the visit of a leader, which counts for the leader and which both may mend', async (t) => {
  const w = await world(t)
  const [office, leader, department] = [await w.as('office'), await w.as('leader'), await w.as('department')]
  const visitorId = w.personOf('leader')
  const made = await office.post('/api/visits', { ...seen, schoolId: w.schoolIds[0], visitorId })
  assert.equal(made.status, 200, made.text)
  const visit = (await leader.get(`/api/visits/${made.body.id}`)).body
  assert.deepEqual([visit.personName, visit.recordedByName, visit.mayWrite], ['演示leader', '演示office', true])
  const { rows } = (await office.get('/api/visits/coverage')).body
  assert.equal(rows.find((one: { kind: string }) => one.kind === 'leader').visited, 1)
  assert.equal((await leader.put(`/api/visits/${made.body.id}`, { ...seen, saw: '我看到的' })).status, 200)
  const byOffice = { ...seen, visitorId: w.personOf('department') }
  assert.equal((await office.put(`/api/visits/${made.body.id}`, byOffice)).status, 200)
  const after = (await office.get('/api/visits/coverage')).body.rows
  assert.equal(after.find((one: { kind: string }) => one.kind === 'leader').visited, 0)
  const others = await leader.post('/api/visits', {
    ...seen,
    schoolId: w.schoolIds[0],
    visitorId: w.personOf('office'),
  })
  assert.equal(others.status, 403)
  const stranger = await office.post('/api/visits', {
    ...seen,
    schoolId: w.schoolIds[0],
    visitorId: w.personOf('clerk'),
  })
  assert.equal(stranger.status, 422)
  assert.equal((await department.put(`/api/visits/${made.body.id}`, seen)).status, 404)
  const people = (await office.get('/api/visitors')).body.items.map((one: { name: string }) => one.name)
  assert.deepEqual(people.toSorted(), ['演示department', '演示leader', '演示office'])
})
