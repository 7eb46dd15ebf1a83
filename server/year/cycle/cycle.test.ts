import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addWorkingDays, isWorkingDay } from '#domain/base/calendar.ts'
import defaultStandard from '#domain/year/default-standard.json' with { type: 'json' }
import { defaultCycleSettings } from '#domain/year/cycle.ts'
import { makePublished } from '#tests/everywhere/access/plan.ts'
import { type World, world } from '#tests/world/world.ts'
import { createCycle } from './actions.ts'
import { noticeOf } from '#tests/world/calendar.ts'
import { readCalendar } from './queries.ts'

const auditOf = async (w: World, event: string) =>
  (await w.house.database.reader.selectFrom('auditRow').select('seq').where('event', '=', event).execute()).length

const CALENDAR_2027 = noticeOf(2027, ['2027-02-06'])

/** Ends the world's open year, so that another may open, and prepares the next one. */
async function nextYear(w: World, standardId: string | null = w.standardId) {
  const office = await w.as('office')
  w.setTime('2026-12-01T02:00:00.000Z')
  const again = await w.as('office')
  assert.equal((await again.post(`/api/cycles/${w.cycleId}/close`)).status, 200)
  const made = await again.post('/api/cycles', { year: 2027, title: '2027 年度', awardTitle: '成果奖', standardId })
  assert.equal(made.status, 200, made.text)
  return { office: again, id: made.body.id as string, old: office }
}

test('opening a year raced by two callers gives one success, one 409 and one audit row', async (t) => {
  const w = await world(t)
  const { office, id } = await nextYear(w)
  assert.equal((await office.put('/api/calendar/2027', CALENDAR_2027)).status, 200)
  const before = await auditOf(w, 'cycle.open')
  const answers = await Promise.all([office.post(`/api/cycles/${id}/open`), office.post(`/api/cycles/${id}/open`)])
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [200, 409])
  assert.equal(await auditOf(w, 'cycle.open'), before + 1)
})

test('a year is not opened on settings that changed since they were shown', async (t) => {
  const w = await world(t)
  const { office, id } = await nextYear(w)
  await office.put('/api/calendar/2027', CALENDAR_2027)
  const { cycle } = (await office.get(`/api/cycles/${id}`)).body
  w.setTime('2026-12-01T02:01:00.000Z')
  const { title, awardTitle, outcomeKind, planUntil, applyFrom, standardId, settings } = cycle
  const { basisTitle, basisNumber, filingNumber, approvalNumber, toldOn } = cycle
  const basis = { basisTitle, basisNumber, filingNumber, approvalNumber, toldOn }
  const terms = { title, awardTitle, outcomeKind, planUntil, applyFrom, standardId, settings, ...basis }
  const changed = await office.put(`/api/cycles/${id}`, { ...terms, applyUntil: '2027-11-15' })
  assert.equal(changed.status, 200, changed.text)
  const refused = await office.post(`/api/cycles/${id}/open`, { seen: cycle.updatedAt })
  assert.equal(refused.status, 409)
  assert.equal(refused.body.reasons[0].message, '年度的设置刚才有改动，请看过最新内容再开启。')
  assert.equal((await office.get(`/api/cycles/${id}`)).body.cycle.state, 'draft')
})

test('every reason against opening a year is told at once, the same to the button and to the one who presses it', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const { id } = (await office.post('/api/cycles', { year: 2027, title: '2027 年度', awardTitle: '成果奖' })).body
  const seen = await office.get(`/api/cycles/${id}`)
  const told = await office.post(`/api/cycles/${id}/open`)
  assert.equal(told.status, 409)
  const fields = (reasons: { field?: string; code: string }[]) => reasons.map((one) => one.field ?? one.code)
  assert.deepEqual(fields(told.body.reasons), ['standardId', 'calendar', 'alreadyExists'])
  assert.deepEqual(seen.body.moves.open, told.body.reasons)
})

test('only one year of a bureau can be open, by constraint of the database too', async (t) => {
  const w = await world(t)
  const id = await w.work(await w.actorOf('office'), (work) =>
    createCycle(work, { bureauId: w.bureauId, year: 2028, title: '2028 年度', awardTitle: '奖' }),
  )
  await assert.rejects(
    w.house.database.writer.updateTable('cycle').set({ state: 'open' }).where('id', '=', id).execute(),
  )
})

test('the settings of an open year are locked; its basis can still be completed, and is no longer warned of', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const { cycle, warnings } = (await office.get(`/api/cycles/${w.cycleId}`)).body
  assert.equal(warnings.length, 5)
  const { title, awardTitle, outcomeKind, planUntil, applyFrom, applyUntil, standardId, settings } = cycle
  const basis = {
    basisTitle: '关于开展党建文化品牌创建的通知',
    basisNumber: '演教〔2026〕3 号',
    filingNumber: 'B-1',
    approvalNumber: 'P-1',
    toldOn: '2026-03-01',
  }
  const terms = { title, awardTitle, outcomeKind, planUntil, applyFrom, applyUntil, standardId, settings, ...basis }
  const locked = await office.put(`/api/cycles/${w.cycleId}`, { ...terms, applyUntil: '2026-11-30' })
  assert.equal(locked.status, 409)
  assert.equal(locked.body.code, 'cycleLocked')
  assert.equal((await office.put(`/api/cycles/${w.cycleId}/basis`, basis)).status, 200)
  const after = (await office.get(`/api/cycles/${w.cycleId}`)).body
  assert.deepEqual(after.warnings, [])
  assert.equal(after.cycle.applyUntil, '2026-10-31')
})

test('a grace period needs a reason and may only give time; it is kept with its reason for all to read', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const at = `/api/cycles/${w.cycleId}/grace`
  const wrong = await office.post(at, { until: '2026-10-20', reason: ' ' })
  assert.equal(wrong.status, 422)
  assert.deepEqual(
    wrong.body.reasons.map((one: { field: string }) => one.field),
    ['until', 'reason'],
  )
  assert.equal((await office.post(at, { until: '2026-11-05', reason: '网络中断两天' })).status, 200)
  const clerk = await w.as('clerk')
  const { cycle } = (await clerk.get('/api/cycles/current')).body
  assert.deepEqual([cycle.graceUntil, cycle.graceReason], ['2026-11-05', '网络中断两天'])
  assert.equal(await auditOf(w, 'cycle.graceGranted'), 1)
})

test('bad settings of a year are told in Chinese, all of them', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const { id } = (await office.post('/api/cycles', { year: 2027, title: '2027 年度', awardTitle: '奖' })).body
  const basis = { basisTitle: null, basisNumber: null, filingNumber: null, approvalNumber: null, toldOn: null }
  const answer = await office.put(`/api/cycles/${id}`, {
    title: '',
    awardTitle: '奖',
    outcomeKind: 'award',
    planUntil: null,
    applyFrom: '2027-02-30',
    applyUntil: '2027-10-31',
    standardId: null,
    settings: { ...defaultCycleSettings, noticeDays: 2, grades: [] },
    ...basis,
  })
  assert.equal(answer.status, 422)
  assert.deepEqual(
    answer.body.reasons.map((one: { field: string; message: string }) => [one.field, one.message]),
    [
      ['title', '不能为空'],
      ['applyFrom', '没有这一天'],
      ['settings.noticeDays', '公示期不少于 5 个工作日'],
      ['settings.grades', '至少写一个等次'],
    ],
  )
})

test('a standard with mistakes names each of them and adds no version; a right one becomes the next version', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const [first, ...others] = defaultStandard.dimensions
  const wrong = { ...defaultStandard, title: ' ', totalPoints: 99, dimensions: [{ ...first, points: 21 }, ...others] }
  const refused = await office.post('/api/standards', { body: wrong })
  assert.equal(refused.status, 422)
  assert.deepEqual(
    refused.body.reasons.map((one: { field: string }) => one.field),
    ['title', 'A', 'totalPoints'],
  )
  const before = (await office.get('/api/standards')).body.items
  assert.equal((await office.post('/api/standards/default')).status, 200)
  const after = (await office.get('/api/standards')).body.items
  assert.deepEqual(
    after.map((one: { version: number }) => one.version),
    [2, 1],
  )
  assert.equal(before.length, 1)
  assert.deepEqual(before[0].usedBy, ['2026 年度'])
})

test('the calendar knows the published years, takes a new one from the office and names every wrong day', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  assert.deepEqual(
    (await readCalendar(w.house.database.reader)).map((one) => one.year),
    [2026, 2025],
  )
  const wrong = await office.put('/api/calendar/2027', {
    holidays: ['2026-10-01'],
    makeUpDays: ['2026-10-01'],
    source: '通知',
  })
  assert.equal(wrong.status, 422)
  assert.deepEqual(
    wrong.body.reasons.map((one: { field: string }) => one.field),
    ['holidays', 'holidays', 'makeUpDays', 'makeUpDays', 'makeUpDays'],
  )
  assert.equal((await office.put('/api/calendar/2027', CALENDAR_2027)).status, 200)
  assert.equal((await office.put('/api/calendar/2027', CALENDAR_2027)).status, 200)
  assert.equal((await readCalendar(w.house.database.reader))[0]?.year, 2027)
})

test('from November on the office is asked for the next year’s holidays until they are entered, and nobody else is', async (t) => {
  const w = await world(t)
  const asked = async (role: 'office' | 'clerk' = 'office') => {
    const { items } = (await (await w.as(role)).get('/api/todo')).body
    return items.filter((one: { kind: string }) => one.kind === 'calendarMissing')
  }
  w.setTime('2026-10-31T15:59:59.000Z')
  assert.deepEqual(await asked(), [])
  w.setTime('2026-10-31T16:00:00.000Z')
  const [todo, ...more] = await asked()
  assert.deepEqual(
    [todo.title, todo.href, todo.dueDate, more.length],
    ['录入 2027 年的节假日安排', '/console/calendar/2027', '2026-12-10', 0],
  )
  assert.deepEqual(await asked('clerk'), [])
  assert.equal((await (await w.as('office')).put('/api/calendar/2027', CALENDAR_2027)).status, 200)
  assert.deepEqual(await asked(), [])
})

test('days of the December before count by the notice that names them (T2-07)', async (t) => {
  const w = await world(t)
  const notice = noticeOf(2027, ['2026-12-26'])
  notice.holidays.unshift('2026-12-31')
  assert.equal((await (await w.as('office')).put('/api/calendar/2027', notice)).status, 200)
  const calendar = await readCalendar(w.house.database.reader)
  assert.equal(isWorkingDay('2026-12-26', calendar), true)
  assert.equal(isWorkingDay('2026-12-31', calendar), false)
  // 26 (made up), 28, 29, 30 December, then 2 January is a Saturday: the fifth is Monday the 4th.
  assert.equal(addWorkingDays('2026-12-25', 5, calendar), '2027-01-04')
})

test('closing the year closes its published plans with it', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  w.setTime('2026-11-20T02:00:00.000Z')
  const office = await w.as('office')
  const closed = await office.post(`/api/cycles/${w.cycleId}/close`)
  assert.equal(closed.status, 200, closed.text)
  const plan = await w.house.database.reader
    .selectFrom('plan')
    .select('state')
    .where('id', '=', planId)
    .executeTakeFirst()
  assert.equal(plan?.state, 'closed')
})

test('office-43 schools are told on a day that has come, and before they have to apply', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const none = { basisTitle: null, basisNumber: null, filingNumber: null, approvalNumber: null }
  const told = (toldOn: string) => office.put(`/api/cycles/${w.cycleId}/basis`, { ...none, toldOn })
  const future = await told('2027-05-01')
  assert.equal(future.status, 422)
  assert.equal(future.body.reasons[0].message, '告知学校的日期不能晚于今天，告知以后再填。')
  assert.equal((await told('2026-05-11')).status, 200)
  w.setTime('2026-12-01T02:00:00.000Z')
  const late = await (await w.as('office')).put(`/api/cycles/${w.cycleId}/basis`, { ...none, toldOn: '2026-11-15' })
  assert.match(late.body.reasons[0].message, /告知学校应在申报截止日2026年10月31日以前/)
})
