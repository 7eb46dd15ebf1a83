import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frozenSurvey, openedSurvey } from '#tests/world/survey.ts'
import { world } from '#tests/world/world.ts'

test('the slips of a school go out as one PDF; printing again wants a reason and makes unused codes worthless', async (t) => {
  const w = await world(t)
  const { id, slips } = await openedSurvey(w)
  const [schoolId] = w.schoolIds
  const url = `/api/surveys/${id}/schools/${schoolId}/kit`
  const office = await w.as('office')
  const silent = await office.post(url)
  assert.equal(silent.status, 422)
  assert.deepEqual(
    silent.body.reasons.map((one: { code: string }) => one.code),
    ['reasonMissing'],
  )
  const printed = await office.form(url, { reason: '装袋时弄湿了' })
  assert.equal(printed.status, 200, printed.text.slice(0, 300))
  assert.equal(printed.headers['content-type'], 'application/pdf')
  assert.ok(printed.text.startsWith('%PDF-'))
  assert.match(String(printed.headers['content-disposition']), /^attachment/)
  const own = slips.find((one) => one.schoolId === schoolId)
  const { voting } = await w.ballot.box()
  assert.equal((await voting.look(own?.secret ?? '', 'home')).state, 'void')
  const events = await w.house.database.reader
    .selectFrom('auditRow')
    .select(['event', 'detail'])
    .where('event', 'in', ['survey.kitBegun', 'survey.kitPrinted'])
    .orderBy('seq')
    .execute()
  assert.deepEqual(
    events.map((one) => one.event),
    ['survey.kitBegun', 'survey.kitPrinted'],
  )
  assert.ok(events.every((one) => !one.detail.includes(own?.secret ?? '-')))
})

test('a school whose slips were printed again is told at once, with the reason and how often', async (t) => {
  const w = await world(t)
  const { id } = await openedSurvey(w)
  const [schoolId] = w.schoolIds
  const at = `/api/surveys/${id}/schools/${schoolId}`
  const clerk = await w.as('clerk')
  const told = async () => {
    const { items } = (await clerk.get('/api/todo')).body
    return items.filter((one: { kind: string }) => one.kind === 'surveyReprint')
  }
  assert.equal((await clerk.get(`${at}/roster`)).body.reprinted, null)
  assert.deepEqual(await told(), [])
  w.house.ballotBox.printKit = async () => ({ pdf: '', slips: 0, codes: 0 })
  assert.equal((await (await w.as('office')).form(`${at}/kit`, { reason: '装袋时弄湿了' })).status, 200)
  assert.deepEqual((await clerk.get(`${at}/roster`)).body.reprinted, { times: 1, reason: '装袋时弄湿了' })
  const [todo] = await told()
  assert.match(todo.detail, /装袋时弄湿了.*旧卡已经作废/)
  const other = await w.as('clerk', w.schoolIds[1])
  assert.ok(!(await other.get('/api/todo')).text.includes('surveyReprint'))
})

test('of two who print the slips of a school at the same moment one does', async (t) => {
  const w = await world(t)
  const id = await frozenSurvey(w)
  const office = await w.as('office')
  await office.post(`/api/surveys/${id}/issue`)
  const print = () => office.post(`/api/surveys/${id}/schools/${w.schoolIds[2]}/kit`)
  assert.deepEqual((await Promise.all([print(), print()])).map((one) => one.status).toSorted(), [200, 409])
})

test('a printing that failed is recorded, keeps the survey from opening, and can be begun again with a reason', async (t) => {
  const w = await world(t)
  const id = await frozenSurvey(w)
  const office = await w.as('office')
  await office.post(`/api/surveys/${id}/issue`)
  const [schoolId] = w.schoolIds
  const { printKit } = w.house.ballotBox
  w.house.ballotBox.printKit = () => Promise.reject(new Error('the printer is away'))
  const url = `/api/surveys/${id}/schools/${schoolId}/kit`
  assert.equal((await office.post(url)).status, 500)
  w.house.ballotBox.printKit = printKit
  const opened = await office.post(`/api/surveys/${id}/open`)
  assert.match(opened.body.message, /还有 3 所学校没有打印纸条/)
  assert.equal((await office.post(url)).status, 422)
  assert.equal((await office.form(url, { reason: '上次没有打成' })).status, 200)
})

test('nothing is printed before the codes are issued, and paper questionnaires not before the questions freeze', async (t) => {
  const w = await world(t)
  const id = await frozenSurvey(w)
  const office = await w.as('office')
  assert.equal((await office.post(`/api/surveys/${id}/schools/${w.schoolIds[0]}/kit`)).status, 409)
  const paper = await office.get(`/surveys/${id}/paper.pdf`)
  assert.ok(paper.text.startsWith('%PDF-'))
})
