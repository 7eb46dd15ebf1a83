import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeBrand } from '#tests/everywhere/access/brand.ts'
import { draftedApplication, highlights } from '#tests/world/application.ts'
import { issuedRectification } from '#tests/world/supervision.ts'
import { sha256 } from '#server/kernel/work.ts'
import { type World, world } from '#tests/world/world.ts'

const rowOf = (w: World, id: string) =>
  w.house.database.reader.selectFrom('application').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const eventsOf = (w: World, event: string) =>
  w.house.database.reader.selectFrom('auditRow').select('detail').where('event', '=', event).execute()

test('rule 4: a school that has done nothing is told every unmet point with the place to mend it', async (t) => {
  const w = await world(t)
  const { body } = await (await w.as('clerk')).get('/api/applications/own')
  const unmet = body.eligibility.filter((one: { met: boolean }) => !one.met)
  assert.deepEqual(
    unmet.map((one: { code: string; mendAt: string }) => [one.code, one.mendAt]),
    [
      ['brand', '/console/brand'],
      ['plan', '/console/plan'],
      ['ledger', '/console/ledger/new'],
      ['summary', '/console/summary'],
    ],
  )
  assert.deepEqual(
    body.windowReasons.map((one: { message: string }) => one.message),
    ['申报从2026年10月1日开始。'],
  )
})

test('an empty application names at once what the school, the words and the entries lack', async (t) => {
  const w = await world(t)
  w.setTime('2026-10-12T02:00:00.000Z')
  const { id } = (await (await w.as('clerk')).post('/api/applications')).body
  const refused = await (await w.as('secretary')).post(`/api/applications/${id}/submit`)
  assert.equal(refused.status, 422)
  assert.deepEqual(
    refused.body.reasons.map((one: { code: string }) => one.code),
    ['notEligible', 'notEligible', 'notEligible', 'notEligible', 'incomplete', 'incomplete'],
  )
})

test('rule 5: the secretary submits, and the receipt is the digest of what was frozen, whatever changes later', async (t) => {
  const w = await world(t)
  const { id, entryIds } = await draftedApplication(w)
  assert.equal((await (await w.as('clerk')).post(`/api/applications/${id}/submit`)).status, 403)
  const submitted = await (await w.as('secretary')).post(`/api/applications/${id}/submit`)
  assert.equal(submitted.status, 200, submitted.text)
  const { digest, receiptNumber, submittedAt } = submitted.body
  assert.equal(submittedAt, '2026-10-12T02:00:00.000Z')
  assert.equal(receiptNumber, `SB2026-${digest.slice(0, 10).toUpperCase()}`)
  const before = await rowOf(w, id)
  assert.equal(sha256(before.frozen ?? ''), digest)
  assert.match(before.frozen ?? '', /品牌进课堂/)

  const clerk = await w.as('clerk')
  const correct = { title: '改了的台账', happenedOn: '2026-05-09', pillar: 'policy', reason: '写错了', version: 1 }
  const frozen = await clerk.post(`/api/ledger/entries/${entryIds[0]}/correct`, correct)
  assert.equal(frozen.status, 409, 'an entry that an application cites stays')
  const { updatedAt } = before
  assert.equal((await clerk.put(`/api/applications/${id}`, { highlights, entryIds: [], updatedAt })).status, 409)
  const after = await rowOf(w, id)
  assert.deepEqual([after.frozen, after.digest], [before.frozen, before.digest])
})

test('rule 3: the window is October in Shanghai, to the second, and a grace period is explicit', async (t) => {
  const w = await world(t)
  const { id } = await draftedApplication(w)
  const submitAt = async (instant: string) => {
    w.setTime(instant)
    return (await w.as('secretary')).post(`/api/applications/${id}/submit`)
  }
  const late = await submitAt('2026-10-31T16:00:00.000Z')
  assert.equal(late.status, 409)
  assert.match(late.body.message, /申报已于2026年10月31日截止，草稿为您保留/)
  const office = await w.as('office')
  const grace = await office.post(`/api/cycles/${w.cycleId}/grace`, { until: '2026-11-02', reason: '演示停电一天' })
  assert.equal(grace.status, 200, grace.text)
  assert.equal((await submitAt('2026-11-02T15:59:59.000Z')).status, 200)
})

test('an order to mend that is overdue bars the application until it is closed, and says where', async (t) => {
  const w = await world(t)
  await issuedRectification(w)
  const { id } = await draftedApplication(w)
  const refused = await (await w.as('secretary')).post(`/api/applications/${id}/submit`)
  assert.equal(refused.status, 422)
  assert.deepEqual(
    refused.body.reasons.map((one: { message: string; href: string }) => [one.message, one.href]),
    [['没有逾期未整改的问题：有 1 项整改已逾期。', '/console/rectifications']],
  )
})

test('a submission raced gives one receipt, one 409 and one audit row', async (t) => {
  const w = await world(t)
  const { id } = await draftedApplication(w)
  const secretary = await w.as('secretary')
  const answers = await Promise.all([1, 2].map(() => secretary.post(`/api/applications/${id}/submit`)))
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [200, 409])
  assert.equal((await eventsOf(w, 'application.submit')).length, 1)
})

test('two people of a school who begin its application at once begin one', async (t) => {
  const w = await world(t)
  const callers = [await w.as('clerk'), await w.as('secretary')]
  const answers = await Promise.all(callers.map((one) => one.post('/api/applications')))
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [200, 409])
})

test('what the office returns can be changed and submitted again, with a new digest', async (t) => {
  const w = await world(t)
  const { id, entryIds } = await draftedApplication(w)
  const [secretary, office, clerk] = [await w.as('secretary'), await w.as('office'), await w.as('clerk')]
  const first = (await secretary.post(`/api/applications/${id}/submit`)).body
  assert.equal((await office.post(`/api/applications/${id}/return`, { reason: '' })).status, 422)
  assert.equal((await office.post(`/api/applications/${id}/return`, { reason: '请补充家长参与的情况' })).status, 200)
  const { updatedAt, reason } = (await clerk.get(`/api/applications/${id}`)).body
  assert.equal(reason, '请补充家长参与的情况')
  const more = `${highlights}家长志愿队每周进校一次。`
  const saved = await clerk.put(`/api/applications/${id}`, { highlights: more, entryIds, updatedAt })
  assert.equal(saved.status, 200, saved.text)
  const second = await secretary.post(`/api/applications/${id}/submit`)
  assert.equal(second.status, 200, second.text)
  assert.notEqual(second.body.digest, first.digest)
})

test('the office admits or refuses; a refused one comes back by reinstating with a reason only', async (t) => {
  const w = await world(t)
  const { id } = await draftedApplication(w)
  const [secretary, office] = [await w.as('secretary'), await w.as('office')]
  await secretary.post(`/api/applications/${id}/submit`)
  const move = (action: string, reason = '') => office.post(`/api/applications/${id}/${action}`, { reason })
  assert.equal((await move('refuse', '不在本次范围')).status, 200)
  assert.equal((await office.post(`/api/applications/${id}/admit`)).status, 409)
  assert.equal((await move('reinstate')).status, 422)
  assert.equal((await move('reinstate', '范围核实无误')).status, 200)
  assert.equal((await office.post(`/api/applications/${id}/admit`)).status, 200)
  assert.equal((await rowOf(w, id)).state, 'admitted')
})

test('more than ten entries, and entries of another school, cannot be cited', async (t) => {
  const w = await world(t)
  const { id, entryIds } = await draftedApplication(w)
  const clerk = await w.as('clerk')
  const save = async (ids: string[]) => {
    const { updatedAt } = (await clerk.get(`/api/applications/${id}`)).body
    return clerk.put(`/api/applications/${id}`, { highlights, entryIds: ids, updatedAt })
  }
  const eleven = Array.from({ length: 11 }, (_, at) => `00000000-0000-7000-8000-0000000000${at + 10}`)
  assert.equal((await save(eleven)).status, 422)
  assert.equal((await save([...entryIds.slice(1), eleven[0] ?? ''])).status, 200)
  const refused = await (await w.as('secretary')).post(`/api/applications/${id}/submit`)
  assert.equal(refused.status, 422)
  assert.equal(refused.body.message, '选中的台账有 1 条已不可用，请重新选择。')
})

test('the list of applications takes as many queries for three schools as for one', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const counted = async () => {
    w.queries.count = 0
    const { total } = (await office.get('/api/applications')).body
    return [total, w.queries.count] as const
  }
  const begin = async (schoolId: string) => {
    await makeBrand(w, schoolId, `品牌${schoolId.slice(-4)}`)
    await (await w.as('clerk', schoolId)).post('/api/applications')
  }
  await begin(w.schoolIds[0])
  const [one, queries] = await counted()
  await begin(w.schoolIds[1])
  await begin(w.schoolIds[2])
  assert.deepEqual([one, await counted()], [1, [3, queries]])
})
