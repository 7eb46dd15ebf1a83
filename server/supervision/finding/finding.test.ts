import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordedFinding, sentFinding } from '#tests/world/supervision.ts'
import { PDF, upload } from '#tests/world/upload.ts'
import { type Caller, type World, world } from '#tests/world/world.ts'

const eventsOf = async (w: World, event: string) =>
  (await w.house.database.reader.selectFrom('auditRow').select('detail').where('event', '=', event).execute()).length
const findingOf = async (caller: Caller) => (await caller.get('/api/findings')).body.items[0]

test('a finding reaches the school with the preliminary opinion only, and what the school argues stays attached', async (t) => {
  const w = await world(t)
  const id = await recordedFinding(w)
  const [office, clerk] = [await w.as('office'), await w.as('clerk')]
  assert.equal((await clerk.post(`/api/findings/${id}/reply`, { reply: '太早' })).status, 404)
  assert.equal((await office.post(`/api/findings/${id}/issue`, { opinion: '太早' })).status, 409)
  assert.equal((await office.post(`/api/findings/${id}/send`, { preliminary: '公示栏未更新' })).status, 200)
  assert.equal((await clerk.post(`/api/findings/${id}/reply`, { reply: '' })).status, 422)
  const twice = await Promise.all(
    [1, 2].map(() => clerk.post(`/api/findings/${id}/reply`, { reply: '正在印制，周五更换' })),
  )
  assert.deepEqual(twice.map((one) => one.status).toSorted(), [200, 409])
  assert.equal(await eventsOf(w, 'finding.reply'), 1)
  assert.equal((await office.post(`/api/findings/${id}/issue`, { opinion: '属实，限期更新' })).status, 200)
  assert.equal((await findingOf(office)).reply, '正在印制，周五更换')
  assert.equal((await office.post(`/api/findings/${id}/drop`, { reason: '已当场更换' })).status, 200)
  assert.deepEqual((await findingOf(office)).moves, { resume: [] })
})

test('a school that never replies is passed by the office alone, with a reason that stands where the reply would', async (t) => {
  const w = await world(t)
  const id = await sentFinding(w)
  const [office, clerk] = [await w.as('office'), await w.as('clerk')]
  const amend = (caller: Caller, reason: string) => caller.post(`/api/findings/${id}/amend`, { reason })
  assert.equal((await amend(clerk, '我们不回复')).status, 403)
  assert.equal((await amend(office, '')).status, 422)
  assert.deepEqual((await findingOf(office)).moves.amend, [])
  assert.equal((await amend(office, '5 月 12 日、15 日两次催告未复')).status, 200)
  assert.equal((await findingOf(clerk)).reply, '（学校没有回复。局党工委办说明：5 月 12 日、15 日两次催告未复）')
  assert.equal((await clerk.post(`/api/findings/${id}/reply`, { reply: '太晚' })).status, 409)
  assert.equal((await amend(office, '再来一次')).status, 409)
  assert.equal(await eventsOf(w, 'finding.amended'), 1)
  assert.equal((await office.post(`/api/findings/${id}/issue`, { opinion: '限期更新' })).status, 200)
})

test('another school sees nothing of a finding', async (t) => {
  const w = await world(t)
  const id = await sentFinding(w)
  const other = await w.as('clerk', w.schoolIds[1])
  assert.equal((await other.get('/api/findings')).body.total, 0)
  assert.equal((await other.post(`/api/findings/${id}/reply`, { reply: '演示' })).status, 404)
})

test('a reply to a finding brings its files, which the bureau opens', async (t) => {
  const w = await world(t)
  const id = await sentFinding(w)
  const [clerk, office] = [await w.as('clerk'), await w.as('office')]
  const file = (await upload(w, clerk, { name: '现场.pdf', bytes: PDF })).body.id
  const foreign = (await upload(w, await w.as('clerk', w.schoolIds[1]), { name: '别校.pdf', bytes: PDF })).body.id
  const reply = (fileIds: string[]) => clerk.post(`/api/findings/${id}/reply`, { reply: '演示：见照片', fileIds })
  assert.equal((await reply([foreign])).status, 404)
  assert.equal((await reply([file])).status, 200)
  const [finding] = (await office.get('/api/findings')).body.items
  assert.deepEqual(finding.replyFiles, [{ fileId: file, name: '现场.pdf', kind: 'pdf' }])
  assert.equal((await office.get(`/api/files/${file}`)).status, 200)
})
