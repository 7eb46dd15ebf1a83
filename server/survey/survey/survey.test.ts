import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { confirmRosters, draftSurvey, frozenSurvey, openedSurvey, talliedSurvey } from '#tests/world/survey.ts'
import { world } from '#tests/world/world.ts'

test('a survey goes from draft to published, each step one audit record', async (t) => {
  const w = await world(t)
  const id = await talliedSurvey(w)
  const office = await w.as('office')
  const published = await office.post(`/api/surveys/${id}/publish`, { text: '感谢参加。' })
  assert.equal(published.status, 200, published.text)
  const { body } = await office.get(`/api/surveys/${id}`)
  assert.equal(body.state, 'published')
  assert.deepEqual(body.moves, {})
  assert.match(body.openingSeal.digest, /^[0-9a-f]{64}$/)
  const events = await w.house.database.reader
    .selectFrom('auditRow')
    .select('event')
    .where('subjectId', '=', id)
    .orderBy('seq')
    .execute()
  assert.deepEqual(
    events.map((one) => one.event).filter((one) => !one.includes('roster') && !one.startsWith('test.')),
    ['created', 'saved', 'drawn', 'freeze', 'issue', 'open', 'close', 'tally', 'publish'].map((one) => `survey.${one}`),
  )
})

test('there is one real survey a year, and as many rehearsals as the office likes', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  await draftSurvey(w)
  await draftSurvey(w, 'rehearsal')
  await draftSurvey(w, 'rehearsal')
  const again = await office.post('/api/surveys', { kind: 'real', title: '又一次', opensOn: '2026-05-12' })
  assert.equal(again.status, 409)
  assert.equal(again.body.code, 'alreadyExists')
  const { create, items } = (await office.get('/api/surveys')).body
  assert.equal(create.real[0].code, 'alreadyExists')
  assert.deepEqual(create.rehearsal, [])
  assert.equal(items.length, 3)
})

test('two people who make the real survey at the same moment make one', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const body = { kind: 'real', title: '测评', opensOn: '2026-05-12' }
  const both = await Promise.all([office.post('/api/surveys', body), office.post('/api/surveys', body)])
  assert.deepEqual(both.map((one) => one.status).toSorted(), [200, 409])
})

test('freezing names what is missing all at once: pupils without an assessment, schools without a confirmed list', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const { id } = (await office.post('/api/surveys', { kind: 'real', title: '测评', opensOn: '2026-05-12' })).body
  const refused = await office.post(`/api/surveys/${id}/freeze`)
  assert.equal(refused.status, 422)
  const said = refused.body.reasons.map((one: { message: string }) => one.message).join('')
  assert.match(said, /影响评估/)
  assert.match(said, /还有 3 所学校没有确认/)
  assert.equal((await office.get(`/api/surveys/${id}`)).body.drawSeed, null)
})

test('schools that did not confirm are left out by name and with a reason, and get no classes', async (t) => {
  const w = await world(t)
  const id = await draftSurvey(w)
  await confirmRosters(w, id)
  const office = await w.as('office')
  const [, , third] = w.schoolIds
  const url = `/api/surveys/${id}/schools/${third}/roster`
  const { updatedAt, teachers, classes } = (await office.get(url)).body
  assert.equal((await office.put(url, { teachers, classes, updatedAt })).status, 200)
  const silent = await office.post(`/api/surveys/${id}/freeze`, { leaveOut: [third] })
  assert.deepEqual(
    silent.body.reasons.map((one: { code: string }) => one.code),
    ['reasonMissing'],
  )
  const frozen = await office.post(`/api/surveys/${id}/freeze`, { leaveOut: [third], reason: '校舍搬迁' })
  assert.equal(frozen.status, 200, frozen.text)
  const { items } = (await office.get(`/api/surveys/${id}/schools?roster=leftOut`)).body
  assert.deepEqual(
    items.map((one: { schoolId: string; leftOutReason: string }) => [one.schoolId, one.leftOutReason]),
    [[third, '校舍搬迁']],
  )
  const roster = (await office.get(`/api/surveys/${id}/schools/${third}/roster`)).body
  assert.deepEqual(roster.batches, [])
})

test('a freezing that broke off between the draw and the box is finished by a second try with the same draw', async (t) => {
  const w = await world(t)
  const id = await draftSurvey(w)
  await confirmRosters(w, id)
  const office = await w.as('office')
  const { prepare } = w.house.ballotBox
  w.house.ballotBox.prepare = () => Promise.reject(new Error('the box is away'))
  assert.equal((await office.post(`/api/surveys/${id}/freeze`)).status, 500)
  const drawn = (await office.get(`/api/surveys/${id}`)).body
  assert.equal(drawn.state, 'draft')
  const clerk = await w.as('clerk')
  const late = await clerk.put(`/api/surveys/${id}/schools/${w.schoolIds[0]}/roster`, {
    teachers: 3,
    classes: [],
    updatedAt: '',
  })
  assert.equal(late.status, 409)
  w.house.ballotBox.prepare = prepare
  const frozen = await office.post(`/api/surveys/${id}/freeze`)
  assert.equal(frozen.status, 200, frozen.text)
  const after = (await office.get(`/api/surveys/${id}`)).body
  assert.equal(after.state, 'frozen')
  assert.equal(after.drawSeed, drawn.drawSeed)
  assert.equal(after.kits.codes, frozen.body.codes)
})

test('of two who freeze at the same moment one does, and the classes are drawn once', async (t) => {
  const w = await world(t)
  const id = await draftSurvey(w)
  await confirmRosters(w, id)
  const office = await w.as('office')
  const both = await Promise.all([office.post(`/api/surveys/${id}/freeze`), office.post(`/api/surveys/${id}/freeze`)])
  assert.deepEqual(both.map((one) => one.status).toSorted(), [200, 409])
  const rows = await w.house.database.reader
    .selectFrom('auditRow')
    .select('event')
    .where('event', 'in', ['survey.drawn', 'survey.freeze'])
    .execute()
  assert.equal(rows.length, 2)
})

test('nothing opens before every school has its slips, and closing early wants a reason', async (t) => {
  const w = await world(t)
  const id = await frozenSurvey(w)
  const office = await w.as('office')
  const waiting = async () =>
    (await office.get('/api/todo')).body.items
      .filter((one: { kind: string }) => one.kind === 'surveyToOpen')
      .map((one: { title: string }) => one.title)
  assert.deepEqual(await waiting(), ['测评待制发编码：2026 年度满意度测评'])
  await office.post(`/api/surveys/${id}/issue`)
  assert.deepEqual(await waiting(), ['测评待开始答题：2026 年度满意度测评'])
  const early = await office.post(`/api/surveys/${id}/open`)
  assert.equal(early.status, 422)
  assert.match(early.body.message, /还有 3 所学校没有打印纸条/)
  const w2 = await openedSurvey(w, 'rehearsal')
  const hasty = await (await w.as('office')).post(`/api/surveys/${w2.id}/close`)
  assert.deepEqual(
    hasty.body.reasons.map((one: { code: string }) => one.code),
    ['reasonMissing'],
  )
  w.setTime('2026-05-19T01:00:00.000Z')
  const todos = (await (await w.as('office')).get('/api/todo')).body.items.map((one: { kind: string }) => one.kind)
  assert.ok(todos.includes('surveyToClose'), todos.join())
  assert.equal((await (await w.as('office')).post(`/api/surveys/${w2.id}/close`)).status, 200)
})

test('of two who close or count at the same moment one does', async (t) => {
  const w = await world(t)
  const { id } = await openedSurvey(w)
  const office = await w.as('office')
  const close = () => office.post(`/api/surveys/${id}/close`, { reason: '提前' })
  assert.deepEqual((await Promise.all([close(), close()])).map((one) => one.status).toSorted(), [200, 409])
  const tally = () => office.post(`/api/surveys/${id}/tally`)
  assert.deepEqual((await Promise.all([tally(), tally()])).map((one) => one.status).toSorted(), [200, 409])
  const rows = await w.house.database.reader.selectFrom('surveyResult').select('id').execute()
  assert.equal(rows.length, 3)
})

test('a rehearsal can be erased with its ballots, a real survey cannot', async (t) => {
  const w = await world(t)
  const id = await talliedSurvey(w, { kind: 'rehearsal' })
  const office = await w.as('office')
  const publish = await office.post(`/api/surveys/${id}/publish`, { text: '演练' })
  assert.equal(publish.status, 409)
  assert.equal((await office.post(`/api/surveys/${id}/erase`)).status, 200)
  assert.equal((await office.get(`/api/surveys/${id}`)).status, 404)
  const { calls } = await w.ballot.box()
  assert.deepEqual(await calls.progress(id), [])
  const real = await draftSurvey(w)
  assert.equal((await (await w.as('office')).post(`/api/surveys/${real}/erase`)).status, 409)
})

test('a survey whose key is lost is voided with a reason and another takes its place; with its key it never can be', async (t) => {
  const w = await world(t)
  const { id } = await openedSurvey(w)
  const office = await w.as('office')
  const voided = (reason: string) => office.post(`/api/surveys/${id}/void`, { reason })
  const early = await voided('不想要了')
  assert.equal(early.status, 409)
  assert.match(early.text, /密钥还在/)
  assert.equal((await office.get(`/api/surveys/${id}`)).body.moves.void, undefined)
  rmSync(join(w.house.settings.dataDir, 'ballot-keys', `${id}.key`))
  assert.deepEqual((await office.get(`/api/surveys/${id}`)).body.moves.void, [])
  assert.equal((await (await w.as('clerk')).get(`/api/surveys/${id}`)).body.moves.void, undefined)
  assert.equal((await office.post('/api/surveys', real)).status, 409, 'it still is the one of the year')
  assert.equal((await voided(' ')).status, 422)
  assert.equal((await voided('密钥盘损坏，保险柜里的备份也读不出来')).status, 200)
  const { body } = await office.get(`/api/surveys/${id}`)
  assert.deepEqual([body.state, body.voidReason], ['voided', '密钥盘损坏，保险柜里的备份也读不出来'])
  assert.deepEqual(body.moves, {})
  assert.equal((await (await w.as('clerk')).get(`/api/surveys/${id}`)).body.state, 'voided')
  assert.deepEqual(await (await w.ballot.box()).troubles(), [], 'the box no longer misses its key')
  assert.deepEqual((await office.get('/api/surveys')).body.create.real, [])
  assert.equal((await office.post('/api/surveys', real)).status, 200)
})

const real = { kind: 'real', title: '2026 年度满意度测评（重办）', opensOn: '2026-05-12' }

test('mistakes in the settings are told all at once', async (t) => {
  const w = await world(t)
  const id = await draftSurvey(w)
  const refused = await (await w.as('office')).put(`/api/surveys/${id}`, {
    title: '测评',
    opensOn: '2026-05-12',
    closesOn: '2026-05-01',
    questions: { teacher: ['t1', 't1'], parent: ['p99'], pupil: [] },
    minimum: { share: { teacher: 60, parent: 30, pupil: 30 }, ballots: 5 },
    impactReference: '',
  })
  assert.equal(refused.status, 422)
  assert.deepEqual(
    refused.body.reasons.map((one: { field: string }) => one.field),
    ['closesOn', 'questions.teacher', 'questions.parent'],
  )
})

test('a school that confirmed after the office had ticked it off is not left out of the survey', async (t) => {
  const w = await world(t)
  const id = await draftSurvey(w)
  await confirmRosters(w, id)
  const office = await w.as('office')
  const refused = await office.post(`/api/surveys/${id}/freeze`, { leaveOut: [w.schoolIds[0]], reason: '没有确认' })
  assert.equal(refused.status, 409)
  assert.match(refused.body.message, /已经确认班级人数表，不能算作不参加/)
  assert.equal((await office.get(`/api/surveys/${id}`)).body.drawSeed, null)
})
