import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPerson } from '#server/identity/access/actions.ts'
import { castAll, openedSurvey, type Slip } from '#tests/world/survey.ts'
import { type World, world } from '#tests/world/world.ts'

/** A second person of the office, who may confirm what the first one asked. */
async function colleague(w: World): Promise<string> {
  const office = await w.actorOf('office')
  return w.work(office, async (work) => {
    const personId = await addPerson(work, {
      bureauId: w.bureauId,
      name: '演示办事员乙',
      loginName: 'demo-colleague',
      grants: [{ role: 'office', organizationId: w.bureauId, departmentId: null }],
    })
    await work.tx.updateTable('account').set({ mustChange: 0 }).where('personId', '=', personId).execute()
    return personId
  })
}

const ofClass = (slips: readonly Slip[], schoolId: string): Slip[] => {
  const first = slips.find((one) => one.schoolId === schoolId && one.audience === 'parent')
  return slips.filter(
    (one) => one.schoolId === schoolId && one.audience === 'parent' && one.className === first?.className,
  )
}

test('progress counts by class and says nothing of the answers; a school sees its own classes only', async (t) => {
  const w = await world(t)
  const { id, slips } = await openedSurvey(w)
  const [first, second] = w.schoolIds
  await castAll(
    w,
    slips.filter((one) => one.schoolId === first && one.audience === 'teacher'),
  )
  const office = await w.as('office')
  assert.equal((await office.get(`/api/surveys/${id}/progress`)).body.cast, 0, 'counters move by the hour')
  await (await w.ballot.box()).moveCounters()
  const all = (await office.get(`/api/surveys/${id}/progress`)).body
  assert.equal(all.cast, 20)
  assert.equal(all.issued, slips.length)
  const own = all.schools.find((one: { schoolId: string }) => one.schoolId === first)
  assert.deepEqual(own.byAudience.teacher, { issued: 20, cast: 20 })
  const clerk = await w.as('clerk')
  const mine = await clerk.get(`/api/surveys/${id}/schools/${first}/progress`)
  assert.equal(mine.body.cast, 20)
  assert.deepEqual(new Set(mine.body.batches.map((one: { schoolId: string }) => one.schoolId)), new Set([first]))
  assert.ok(mine.body.batches.every((one: { flags: string[]; moves: object }) => one.flags.length === 0))
  assert.equal((await clerk.get(`/api/surveys/${id}/schools/${second}/progress`)).status, 404)
  for (const path of ['results', 'totals', 'remarks', `schools/${first}/result`, `schools/${first}/check-codes`])
    assert.equal((await office.get(`/api/surveys/${id}/${path}`)).status, 409, path)
})

test('a class is voided by one who asks and another who confirms, and its answers do not count', async (t) => {
  const w = await world(t)
  const { id, slips } = await openedSurvey(w)
  const [schoolId] = w.schoolIds
  await castAll(
    w,
    slips.filter((one) => one.schoolId === schoolId),
  )
  const office = await w.as('office')
  await (await w.ballot.box()).moveCounters()
  const { batches } = (await office.get(`/api/surveys/${id}/schools/${schoolId}/progress`)).body
  const batch = batches.find((one: { audience: string }) => one.audience === 'parent')
  const asked = await office.post(`/api/survey-batches/${batch.id}/void`, { reason: '纸条被收走集中填写' })
  assert.equal(asked.status, 200, asked.text)
  const alone = await office.post(`/api/survey-batches/${batch.id}/void/confirm`)
  assert.equal(alone.status, 403)
  assert.equal(alone.body.code, 'sameDoer')
  const early = await office.post(`/api/surveys/${id}/close`, { reason: '提前' })
  assert.equal(early.status, 200, early.text)
  const open = await office.post(`/api/surveys/${id}/tally`)
  assert.match(open.body.message, /还有 1 个班的作废申请没有处理/)
  const other = await w.asPerson(await colleague(w))
  const todo = (await other.get('/api/todo')).body.items.map((one: { kind: string }) => one.kind)
  assert.ok(todo.includes('surveyVoid') && todo.includes('surveyToTally'), todo.join())
  const confirmed = await other.post(`/api/survey-batches/${batch.id}/void/confirm`)
  assert.equal(confirmed.status, 200, confirmed.text)
  const seen = (await other.get(`/api/surveys/${id}/progress`)).body.batches
  const voided = seen.filter((one: { void: boolean }) => one.void)
  assert.deepEqual(
    voided.map((one: { id: string; voidReason: string }) => [one.id, one.voidReason]),
    [[batch.id, '纸条被收走集中填写']],
  )
  assert.equal((await other.post(`/api/surveys/${id}/tally`)).status, 200)
  const { audiences } = (await other.get(`/api/surveys/${id}/schools/${schoolId}/result`)).body
  const parents = audiences.find((one: { audience: string }) => one.audience === 'parent')
  assert.equal(parents.n, 30 - batch.cast)
})

test('a decision to void that the box did not hear is repeated before counting', async (t) => {
  const w = await world(t)
  const { id, slips } = await openedSurvey(w)
  const [schoolId] = w.schoolIds
  const drawn = ofClass(slips, schoolId)
  await castAll(
    w,
    slips.filter((one) => one.schoolId === schoolId),
  )
  const office = await w.as('office')
  const { batches } = (await office.get(`/api/surveys/${id}/schools/${schoolId}/progress`)).body
  const batch = batches.find((one: { audience: string }) => one.audience === 'teacher')
  await office.post(`/api/survey-batches/${batch.id}/void`, { reason: '集中填写' })
  const other = await w.asPerson(await colleague(w))
  const { voidBatch } = w.house.ballotBox
  w.house.ballotBox.voidBatch = () => Promise.reject(new Error('the box is away'))
  assert.equal((await other.post(`/api/survey-batches/${batch.id}/void/confirm`)).status, 500)
  w.house.ballotBox.voidBatch = voidBatch
  await other.post(`/api/surveys/${id}/close`, { reason: '提前' })
  assert.equal((await other.post(`/api/surveys/${id}/tally`)).status, 200)
  const result = (await other.get(`/api/surveys/${id}/schools/${schoolId}/result`)).body
  assert.equal(result.audiences.find((one: { audience: string }) => one.audience === 'teacher').n, 0)
  assert.equal(result.index, null)
  assert.ok(drawn.length > 0)
})

test('a class that is voided after the box has counted stays counted, and the counting can still be finished', async (t) => {
  const w = await world(t)
  const { id, slips } = await openedSurvey(w)
  const [schoolId] = w.schoolIds
  await castAll(
    w,
    slips.filter((one) => one.schoolId === schoolId),
  )
  const office = await w.as('office')
  const other = await w.asPerson(await colleague(w))
  const { batches } = (await office.get(`/api/surveys/${id}/schools/${schoolId}/progress`)).body
  const [first, second] = batches.filter((one: { audience: string }) => one.audience === 'parent')
  await office.post(`/api/surveys/${id}/close`, { reason: '提前' })
  // The house goes down after the box has counted and before it could write the totals.
  await w.house.ballotBox.tally(id)
  await office.post(`/api/survey-batches/${first.id}/void`, { reason: '集中填写' })
  const late = await other.post(`/api/survey-batches/${first.id}/void/confirm`)
  assert.equal(late.status, 409)
  assert.match(late.body.message, /已经计票/)
  await office.post(`/api/survey-batches/${second.id}/void`, { reason: '集中填写' })
  const { voidBatch } = w.house.ballotBox
  w.house.ballotBox.voidBatch = () => Promise.reject(new Error('the box is away'))
  assert.equal((await other.post(`/api/survey-batches/${second.id}/void/confirm`)).status, 500)
  w.house.ballotBox.voidBatch = voidBatch
  const counted = await office.post(`/api/surveys/${id}/tally`)
  assert.equal(counted.status, 200, counted.text)
  const { audiences } = (await office.get(`/api/surveys/${id}/schools/${schoolId}/result`)).body
  assert.equal(audiences.find((one: { audience: string }) => one.audience === 'parent').n, 30)
  const seen = (await office.get(`/api/surveys/${id}/schools/${schoolId}/progress`)).body.batches
  assert.ok(seen.every((one: { void: boolean }) => !one.void))
})

test('of two who confirm at the same moment one does', async (t) => {
  const w = await world(t)
  const { id } = await openedSurvey(w)
  const office = await w.as('office')
  const { batches } = (await office.get(`/api/surveys/${id}/schools/${w.schoolIds[0]}/progress`)).body
  await office.post(`/api/survey-batches/${batches[0].id}/void`, { reason: '集中填写' })
  const other = await w.asPerson(await colleague(w))
  const confirm = () => other.post(`/api/survey-batches/${batches[0].id}/void/confirm`)
  assert.deepEqual((await Promise.all([confirm(), confirm()])).map((one) => one.status).toSorted(), [200, 409])
  const rows = await w.house.database.reader
    .selectFrom('auditRow')
    .select('seq')
    .where('event', '=', 'survey.voidConfirmed')
    .execute()
  assert.equal(rows.length, 1)
})

test('a reminder names the class and the count in the to-do list of its school and of no other', async (t) => {
  const w = await world(t)
  const { id, slips } = await openedSurvey(w)
  const [first, second] = w.schoolIds
  const drawn = ofClass(slips, first)
  await castAll(w, drawn.slice(0, 1))
  const office = await w.as('office')
  const { batches } = (await office.get(`/api/surveys/${id}/schools/${first}/progress`)).body
  const teachers = batches.find((one: { audience: string }) => one.audience === 'teacher')
  const sent = await office.post(`/api/surveys/${id}/reminders`, { batchIds: [teachers.id] })
  assert.deepEqual(sent.body, { reminded: 1 })
  const titles = async (schoolId: string) =>
    (await (await w.as('clerk', schoolId)).get('/api/todo')).body.items
      .filter((one: { kind: string }) => one.kind === 'surveyReminder')
      .map((one: { title: string }) => one.title)
  assert.deepEqual(await titles(first), ['测评答题偏少：教师 0/20'])
  assert.deepEqual(await titles(second), [])
})

test('progress of three schools takes as many queries as of one', async (t) => {
  const w = await world(t)
  const { id } = await openedSurvey(w)
  const office = await w.as('office')
  const count = async () => {
    // Who asks is read once between two commits.
    await office.get(`/api/surveys/${id}/progress`)
    const before = w.queries.count
    await office.get(`/api/surveys/${id}/progress`)
    return w.queries.count - before
  }
  const all = await count()
  const [first] = w.schoolIds
  await w.house.database.writer.deleteFrom('surveyBatch').where('schoolId', '!=', first).execute()
  assert.equal(await count(), all)
})

test('two people type a paper questionnaire: it counts once both agree, and until then its number is listed', async (t) => {
  const w = await world(t)
  const { id, slips } = await openedSurvey(w)
  const [slip] = slips.filter((one) => one.audience === 'teacher')
  assert.ok(slip)
  const office = await w.as('office')
  const other = await w.asPerson(await colleague(w))
  const paper = (t1: string) => ({ code: slip.typed, answers: { t1, t2: 'fair' } })
  const url = `/api/surveys/${id}/papers`
  assert.deepEqual((await office.post(url, paper('satisfied'))).body, { state: 'waiting' })
  const open = (await office.get(url)).body
  assert.equal(open.length, 1)
  assert.equal(open[0].enteredBy.length, 1)
  assert.deepEqual((await other.post(url, paper('fair'))).body, { state: 'differs', questions: ['t1'] })
  assert.deepEqual((await other.post(url, paper('satisfied'))).body, { state: 'counted' })
  assert.deepEqual((await office.get(url)).body, [])
  const counted = await (await w.ballot.box()).context.database.read.all('select id from batch where counted = 1')
  assert.equal(counted.length, 1)
  assert.equal((await office.post(url, { code: '', answers: { t1: 'great' } })).status, 422)
})

test('closing names the papers that only one has typed, and gives them up only by their number and with a reason', async (t) => {
  const w = await world(t)
  const { id, slips } = await openedSurvey(w)
  const [waiting, online, mistyped] = slips.filter((one) => one.audience === 'teacher')
  assert.ok(waiting && online && mistyped)
  const office = await w.as('office')
  const url = `/api/surveys/${id}/papers`
  for (const slip of [waiting, online, mistyped])
    assert.equal((await office.post(url, { code: slip.typed, answers: { t1: 'fair' } })).body.state, 'waiting')
  await castAll(w, [online])
  const listed = (await office.get(url)).body as { id: string; code: string; used: boolean }[]
  const idOf = (slip: Slip) => listed.find((one) => one.code === slip.typed.slice(-4))?.id
  assert.deepEqual(
    listed.filter((one) => one.used).map((one) => one.id),
    [idOf(online)],
  )
  for (const slip of [online, mistyped]) {
    const withdrawn = await office.post(`${url}/${idOf(slip)}/withdraw`, { reason: '网上答过或录错' })
    assert.equal(withdrawn.status, 200, withdrawn.text)
  }
  assert.equal((await office.post(`${url}/${idOf(online)}/withdraw`, { reason: '再撤' })).status, 409)
  const silent = await office.post(`/api/surveys/${id}/close`, { reason: '提前' })
  assert.equal(silent.status, 422, silent.text)
  assert.match(silent.body.message, /还有 1 份纸质问卷/)
  assert.equal((await office.post(`/api/surveys/${id}/close`, { reason: '提前', papersGivenUp: 2 })).status, 422)
  const closed = await office.post(`/api/surveys/${id}/close`, { reason: '录入的人病了', papersGivenUp: 1 })
  assert.equal(closed.status, 200, closed.text)
  const row = await w.house.database.reader
    .selectFrom('auditRow')
    .select('detail')
    .where('event', '=', 'survey.close')
    .executeTakeFirstOrThrow()
  assert.match(row.detail, /"papersGivenUp":1/)
})
