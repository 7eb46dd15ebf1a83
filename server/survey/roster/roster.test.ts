import assert from 'node:assert/strict'
import { test } from 'node:test'
import { confirmRosters, draftSurvey, frozenSurvey } from '#tests/world/survey.ts'
import { world } from '#tests/world/world.ts'

const list = [
  { grade: '三年级', name: '1 班', pupils: 40 },
  { grade: '三年级', name: '2 班', pupils: 41 },
]

test('a clerk types the classes, the secretary confirms, and a later change wants a new confirmation', async (t) => {
  const w = await world(t)
  const id = await draftSurvey(w)
  const [schoolId] = w.schoolIds
  const url = `/api/surveys/${id}/schools/${schoolId}/roster`
  const clerk = await w.as('clerk')
  const secretary = await w.as('secretary')
  const saved = await clerk.put(url, { teachers: 80, classes: list, updatedAt: '' })
  assert.equal(saved.status, 200, saved.text)
  const own = (await secretary.get(url)).body
  assert.deepEqual(own.sample, { teacher: 60, parent: 30, pupil: 30 })
  assert.deepEqual(own.moves, { save: [], confirm: [] })
  assert.equal((await secretary.post(`${url}/confirm`)).status, 200)
  assert.equal((await secretary.post(`${url}/confirm`)).status, 409)
  assert.equal((await clerk.get('/api/surveys')).body.items[0].own.roster, 'confirmed')
  await clerk.put(url, { teachers: 81, classes: list, updatedAt: saved.body.updatedAt })
  assert.equal((await clerk.get(url)).body.roster, 'draft')
})

test('every wrong line of a list is told at once, with its line and its field', async (t) => {
  const w = await world(t)
  const id = await draftSurvey(w)
  const classes = [
    { grade: '七年级', name: '1 班', pupils: 40 },
    { grade: '三年级', name: '2 班', pupils: 41 },
    { grade: '三年级', name: '2 班', pupils: 39 },
  ]
  const url = `/api/surveys/${id}/schools/${w.schoolIds[0]}/roster`
  const clerk = await w.as('clerk')
  const refused = await clerk.put(url, { teachers: 80, classes, updatedAt: '' })
  assert.equal(refused.status, 422)
  assert.deepEqual(
    refused.body.reasons.map((one: { field: string }) => one.field),
    ['classes.0.grade', 'classes.2.name'],
  )
  const empty = await clerk.put(url, {
    teachers: -1,
    classes: [{ grade: '', name: '', pupils: 0 }],
    updatedAt: '',
  })
  assert.equal(empty.body.reasons.length, 4)
})

test('what two people type at once is never lost without a word', async (t) => {
  const w = await world(t)
  const id = await draftSurvey(w)
  const url = `/api/surveys/${id}/schools/${w.schoolIds[0]}/roster`
  const clerk = await w.as('clerk')
  const first = await clerk.put(url, { teachers: 80, classes: list, updatedAt: '' })
  w.passDays(1)
  const again = await (await w.as('clerk')).put(url, { teachers: 81, classes: [], updatedAt: first.body.updatedAt })
  assert.equal(again.status, 200, again.text)
  const stale = await (await w.as('secretary')).put(url, { teachers: 5, classes: [], updatedAt: first.body.updatedAt })
  assert.equal(stale.status, 409)
})

test('a confirmed list is locked once the survey is frozen, and the office sees what was drawn', async (t) => {
  const w = await world(t)
  const id = await frozenSurvey(w)
  const [schoolId] = w.schoolIds
  const office = await w.as('office')
  const { batches, moves, sample } = (await office.get(`/api/surveys/${id}/schools/${schoolId}/roster`)).body
  assert.deepEqual(moves, {})
  const codes = (audience: string) =>
    batches
      .filter((one: { audience: string }) => one.audience === audience)
      .reduce((sum: number, one: { codes: number }) => sum + one.codes, 0)
  assert.deepEqual({ teacher: codes('teacher'), parent: codes('parent'), pupil: codes('pupil') }, sample)
  assert.deepEqual(sample, { teacher: 20, parent: 30, pupil: 30 })
  for (const one of batches)
    if (one.audience === 'pupil') assert.ok(!['一年级', '二年级'].includes(one.grade), one.grade)
})

test('the office reads its list of schools in as many queries for three as for one, filtered and sorted', async (t) => {
  const w = await world(t)
  const id = await draftSurvey(w)
  await confirmRosters(w, id)
  const office = await w.as('office')
  const asked = async (query: string) => {
    const before = w.queries.count
    const { body } = await office.get(`/api/surveys/${id}/schools${query}`)
    return { queries: w.queries.count - before, total: body.total, items: body.items }
  }
  // Who asks is read once between two commits.
  await asked('')
  const all = await asked('?q=演示')
  const one = await asked('?q=幼儿园')
  assert.deepEqual([all.total, one.total], [3, 1])
  assert.equal(all.queries, one.queries)
  assert.deepEqual(one.items[0].sample, { teacher: 20, parent: 30, pupil: 0 })
  assert.equal((await asked('?roster=none')).total, 0)
})

test('the to-do list of a school says that classes are wanted, then only to the secretary that they wait, and ends with the confirmation', async (t) => {
  const w = await world(t)
  const id = await draftSurvey(w)
  const titles = async (role: 'secretary' | 'clerk') =>
    (await (await w.as(role)).get('/api/todo')).body.items
      .filter((one: { kind: string }) => one.kind.startsWith('survey'))
      .map((one: { title: string }) => one.title)
  const both = async () => [await titles('clerk'), await titles('secretary')]
  assert.deepEqual(await both(), [['测评班级人数表待填报'], ['测评班级人数表待填报']])
  const roster = { teachers: 80, classes: list, updatedAt: '' }
  await (await w.as('clerk')).put(`/api/surveys/${id}/schools/${w.schoolIds[0]}/roster`, roster)
  assert.deepEqual(await both(), [[], ['测评班级人数表待确认']])
  const confirmed = await (await w.as('secretary')).post(`/api/surveys/${id}/schools/${w.schoolIds[0]}/roster/confirm`)
  assert.equal(confirmed.status, 200, confirmed.text)
  assert.deepEqual(await both(), [[], []])
})

test('the list of an earlier survey is offered while the classes are gathered, and never another school’s', async (t) => {
  const w = await world(t)
  const [schoolId, other] = w.schoolIds
  const rehearsal = await draftSurvey(w, 'rehearsal')
  const clerk = await w.as('clerk')
  const roster = (id: string) => `/api/surveys/${id}/schools/${schoolId}/roster`
  assert.equal((await clerk.get(roster(rehearsal))).body.previous, null)
  await clerk.put(roster(rehearsal), { teachers: 80, classes: list, updatedAt: '' })
  w.passDays(1)
  const id = await draftSurvey(w)
  const { previous, answersAt } = (await (await w.as('clerk')).get(roster(id))).body
  assert.deepEqual(previous, { title: '2026 年度满意度测评', teachers: 80, classes: list })
  assert.match(answersAt, /^http.+\/t$/)
  const office = await w.as('office')
  assert.equal((await office.get(`/api/surveys/${id}/schools/${other}/roster`)).body.previous, null)
})
