import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { routes } from '#server/app.ts'
import { matrix } from './access/index.ts'
import { draftedApplication } from '#tests/world/application.ts'
import { confer, conferred, decision, moveNotice, posted } from '#tests/world/award.ts'
import { noticeOf } from '#tests/world/calendar.ts'
import { callerFor, callAs } from '#tests/world/callAs.ts'
import { type World, world } from '#tests/world/world.ts'

const rows = Object.assign({}, ...matrix) as (typeof matrix)[number]
const queryOf = (route: (typeof routes)[number]) => {
  const query = route.endpoint?.query
  return query instanceof z.ZodObject ? query.shape : {}
}
const ofYear = routes.filter((route) => route.method === 'GET' && 'year' in queryOf(route))

/** Lists that are about no year: what they hold outlives all of them. */
const ofNoYear: Record<string, string> = {
  listAccounts: 'people',
  listRequests: 'acts that wait for a second person',
  listSchools: 'the register of schools',
  listAudit: 'the log, which has dates',
  listBrands: 'one brand per school, in every year',
  listOrganizations: 'the tree',
  listResults: 'of one survey, which belongs to one year',
  listRemarks: 'of one survey',
  listRosters: 'of one survey',
}

const CALENDAR_2027 = noticeOf(2027)

/** The world's year closed, and the next one made; opened when asked. */
async function nextYear(w: World, opened: boolean) {
  w.setTime('2026-12-01T02:00:00.000Z')
  const office = await w.as('office')
  const { unfinished } = (await office.get(`/api/cycles/${w.cycleId}`)).body as { unfinished: { id: string }[] }
  const closed = await office.post(`/api/cycles/${w.cycleId}/close`, { ticked: unfinished.map((one) => one.id) })
  assert.equal(closed.status, 200, closed.text)
  const { standardId } = w
  const made = await office.post('/api/cycles', { year: 2027, title: '2027 年度', awardTitle: '成果奖', standardId })
  assert.equal(made.status, 200, made.text)
  if (!opened) return
  await office.put('/api/calendar/2027', CALENDAR_2027)
  const open = await office.post(`/api/cycles/${made.body.id}/open`)
  assert.equal(open.status, 200, open.text)
}

const yearly = [
  '/api/plans?state=published',
  '/api/ledger/entries',
  '/api/summaries?state=accepted',
  '/api/applications',
] as const
const count = async (w: World, url: string): Promise<number> => (await (await w.as('office')).get(url)).body.total
const withYear = (url: string, year: number) => `${url}${url.includes('?') ? '&' : '?'}year=${year}`

test('every list either offers the years or is known to be about none', () => {
  const lists = routes.filter((route) => route.method === 'GET' && 'page' in queryOf(route))
  assert.deepEqual(
    lists.filter((route) => !('year' in queryOf(route)) && !(route.name in ofNoYear)).map((route) => route.name),
    [],
  )
})

test('a year in preparation hides no other: every list still shows the year that was', async (t) => {
  const w = await world(t)
  await draftedApplication(w)
  const before = await Promise.all(yearly.map((url) => count(w, url.replace('published', 'closed'))))
  await nextYear(w, false)
  const after = await Promise.all(yearly.map((url) => count(w, url.replace('published', 'closed'))))
  assert.deepEqual(after.slice(1), before.slice(1))
  assert.deepEqual(after, [1, 4, 1, 1])
  const overview = (await (await w.as('office')).get('/api/overview')).body
  assert.equal(overview.cycleTitle, '2026 年度')
})

test('a past year is answered wherever a year can be asked for, to the office and to the school', async (t) => {
  const w = await world(t)
  await draftedApplication(w)
  await nextYear(w, true)
  for (const url of yearly.map((one) => one.replace('published', 'closed'))) {
    assert.equal(await count(w, url), 0, `${url}: the new year is empty`)
    assert.ok((await count(w, withYear(url, 2026))) > 0, `${url}: last year is there`)
  }
  const clerk = await w.as('clerk')
  for (const [url, key] of [
    ['/api/plans/own', 'planId'],
    ['/api/applications/own', 'applicationId'],
  ] as const) {
    assert.equal((await clerk.get(url)).body[key], null)
    assert.ok((await clerk.get(withYear(url, 2026))).body[key])
  }
  const own = await clerk.post('/api/summaries?year=2026')
  assert.equal(own.status, 200, own.text)
})

test('an award of last year is recommended and revoked after the next year has opened', async (t) => {
  const { w, noticeId } = await posted(t)
  w.setTime('2026-11-20T02:00:00.000Z')
  const office = await w.as('office')
  assert.equal((await moveNotice(office, noticeId, 'end')).status, 200)
  const conferral = { documentNumber: '演教〔2026〕8 号', conferredOn: '2026-11-20' }
  assert.equal((await confer(office, conferral)).status, 200)
  await nextYear(w, true)
  const again = await w.as('office')
  assert.deepEqual((await again.get('/api/naming')).body.awards, [])
  const [award] = (await again.get('/api/naming?year=2026')).body.awards
  assert.equal(award.state, 'conferred')
  const chosen = await again.post('/api/recommendations', { awardId: award.id, targetLevel: 'city' })
  assert.equal(chosen.status, 200, chosen.text)
  assert.equal((await again.get('/api/recommendations?year=2026')).body.length, 1)
  assert.equal((await again.get('/api/recommendations?year=2027')).body.length, 0)
  assert.deepEqual(award.moves.revoke, [])
})

test('rule 20: in the new year an award of the old one is revoked, and its place filled by a decision on the old year’s own result', async (t) => {
  const { w, award, number, resultId, applications } = await conferred(t)
  await nextYear(w, true)
  const office = await w.as('office')
  assert.equal((await office.get('/api/naming')).body.result, null, 'the new year has no result')
  const old = async () => (await office.get('/api/naming?year=2026')).body
  const revoked = { reason: '材料不实', seen: (await old()).awards[0].updatedAt }
  assert.equal((await office.post(`/api/awards/${award.id}/revoke`, revoked)).status, 200)
  const leader = await w.as('leader')
  const [wish] = (await leader.get('/api/revocations')).body
  assert.equal((await leader.post(`/api/revocations/${wish.id}/decide`, { action: 'confirm' })).status, 200)
  assert.match((await w.visitor.get(`/verify/${number}`)).text, /证书已撤销/)
  assert.equal((await old()).quota.held, 0)
  const again = { reason: '补足空出的名额', seen: (await old()).seen }
  assert.equal((await office.post(`/api/results/${resultId}/reopen`, again)).status, 200)
  const { grades, seen } = await old()
  const fill = { ...decision([applications[1]], grades[0]), heldOn: '2026-12-01', seen }
  const decided = await office.post(`/api/results/${resultId}/decide`, fill)
  assert.equal(decided.status, 200, decided.text)
  const states = (await old()).awards.map((one: { schoolName: string; state: string }) => [one.schoolName, one.state])
  assert.deepEqual(states.toSorted(), [
    ['演示第一小学', 'revoked'],
    ['演示第二小学', 'decided'],
  ])
  assert.deepEqual((await office.get('/api/naming')).body.awards, [], 'nothing of it stands in the new year')
  const drafted = await office.post('/api/notices?year=2026', { seen: (await old()).seen })
  assert.equal(drafted.status, 200, drafted.text)
})

test('a year that the bureau never had is not found, wherever a year can be asked for', async (t) => {
  const w = await world(t)
  assert.ok(ofYear.length >= 20, ofYear.map((one) => one.name).join())
  for (const route of ofYear) {
    const row = rows[route.name]
    assert.ok(row, route.name)
    const asked = await row.call(w)
    const caller = await callerFor(w, (row.expect.others === 'ok' ? 'office' : whoMay(row.expect)) ?? 'office')
    for (const [year, status] of [
      [2026, 200],
      [2019, 404],
    ] as const) {
      const answer = await callAs(caller, 'GET', { ...asked, url: withYear(asked.url, year) })
      assert.equal(answer.status, status, `${route.name} ${year}: ${answer.text.slice(0, 200)}`)
    }
  }
})

const whoMay = (expect: (typeof rows)[string]['expect']) =>
  (['office', 'clerk', 'secretary', 'reviewer', 'leader', 'department'] as const).find((one) => expect[one] === 'ok')
