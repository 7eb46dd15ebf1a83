import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTable } from '#server/kernel/sheet.ts'
import { draftedApplication, eligibleSchool } from '#tests/world/application.ts'
import { conferred, revoke } from '#tests/world/award.ts'
import { type World, world } from '#tests/world/world.ts'
import { HOST } from '#tests/world/house.ts'

interface Figure {
  label: string
  value: string
  href: string
}

/** The list behind a page of the console, and its export where there is one. */
const lists: Record<string, [list: string, sheet?: string]> = {
  '/console/schools': ['/api/schools', '/api/schools.xlsx'],
  '/console/brands': ['/api/brands', '/api/brands.xlsx'],
  '/console/plans': ['/api/plans', '/api/plans.xlsx'],
  '/console/ledger': ['/api/ledger/entries', '/api/ledger/export.xlsx'],
  '/console/summaries': ['/api/summaries'],
  '/console/applications': ['/api/applications'],
  '/console/rectifications': ['/api/rectifications', '/api/rectifications.xlsx'],
  '/console/comments': ['/api/comments'],
}

/** Data rows of an exported list. */
async function rowsIn(w: World, cookie: string | undefined, url: string): Promise<number> {
  const answer = await w.app.inject({ method: 'GET', url, headers: { host: HOST, cookie: cookie ?? '' } })
  assert.equal(answer.statusCode, 200, `${url}: ${answer.payload.slice(0, 200)}`)
  const table = await readTable(answer.rawPayload)
  assert.ok('rows' in table, url)
  return table.rows.length - 1
}

/** Every figure of the start page says what the list says that it leads to, and what that list's export says. */
async function agree(w: World, when: string, query = ''): Promise<Figure[]> {
  const office = await w.as('office')
  const { figures } = (await office.get(`/api/overview${query}`)).body as { figures: Figure[] }
  for (const { label, value, href } of figures) {
    const [page, tail] = href.split('?')
    const [list, sheet] = lists[page ?? ''] ?? []
    assert.ok(list, `${label} leads to a list: ${href}`)
    const asked = (at: string) => (tail ? `${at}?${tail}` : at)
    const first = Number(value.split('/')[0])
    const answer = await office.get(asked(list))
    assert.equal(answer.body.total, first, `${when}: ${label} ${href}: ${answer.text.slice(0, 300)}`)
    if (sheet) assert.equal(await rowsIn(w, office.cookie, asked(sheet)), first, `${when}: ${label}, exported`)
  }
  return figures
}

const valueOf = (figures: Figure[], label: string) => figures.find((one) => one.label === label)?.value

const submitted = async (w: World): Promise<void> => {
  const [one, two] = w.schoolIds
  await eligibleSchool(w, two)
  const { id } = await draftedApplication(w, one)
  const secretary = await w.as('secretary', one)
  const { updatedAt: seen } = (await secretary.get(`/api/applications/${id}`)).body
  const done = await secretary.post(`/api/applications/${id}/submit`, { seen })
  assert.equal(done.status, 200, done.text)
}

test('a figure counts the same on the start page, in the list behind it, in its export and on the portal, through a whole year', async (t) => {
  const w = await world(t)
  await agree(w, 'nothing yet')
  await submitted(w)
  const [one, two] = w.schoolIds
  const same = async (when: string, query?: string) => {
    const figures = await agree(w, when, query)
    const made = /coverage-made">(\d+)</.exec((await w.visitor.get('/')).text)?.[1]
    if (!query) assert.equal(valueOf(figures, '已创建品牌')?.split('/')[0], made, `${when}: the portal`)
    return figures
  }
  const before = await same('two published, one applied')
  assert.deepEqual([valueOf(before, '创建方案已公布'), valueOf(before, '已提交申报')], ['2', '1'])

  const { planId } = (await (await w.as('clerk', one)).get('/api/plans/own')).body
  const revised = await (await w.as('clerk', one)).post(`/api/plans/${planId}/revise`, { reason: '增加一项任务' })
  assert.equal(revised.status, 200, revised.text)
  assert.equal(valueOf(await same('one school revises its plan'), '创建方案已公布'), '2')

  w.setTime('2026-12-01T02:00:00.000Z')
  const office = await w.as('office')
  const { unfinished } = (await office.get(`/api/cycles/${w.cycleId}`)).body as { unfinished: { id: string }[] }
  const closed = await office.post(`/api/cycles/${w.cycleId}/close`, { ticked: unfinished.map((row) => row.id) })
  assert.equal(closed.status, 200, closed.text)
  assert.equal(valueOf(await same('the year is closed'), '创建方案已公布'), '2')

  w.setTime('2026-12-01T02:10:00.000Z')
  const gone = await office.post('/api/schools/retire', { schoolIds: [two], reason: '并入第一小学' })
  assert.equal(gone.status, 200, gone.text)
  const later = await same('a school is retired after the year')
  assert.equal(valueOf(later, '学校（幼儿园）'), '2')
  assert.equal(valueOf(later, '创建方案已公布'), '2', 'a closed year keeps its figures')
  await same('the same by the chosen year', '?year=2026')
})

test('a school retired within the year counts nowhere in the figures of schools', async (t) => {
  const w = await world(t)
  await submitted(w)
  await (await w.as('office')).post('/api/schools/retire', { schoolIds: [w.schoolIds[1]], reason: '并入第一小学' })
  const figures = await agree(w, 'retired within the year')
  assert.deepEqual([valueOf(figures, '创建方案已公布'), valueOf(figures, '年度总结已通过')], ['1', '1'])
})

test('a revoked award counts as one nowhere', async (t) => {
  const { w, office, award } = await conferred(t)
  await agree(w, 'conferred')
  const done = await revoke(w, office, award.id, '材料不实')
  assert.equal(done.status, 200, done.text)
  await agree(w, 'revoked')
  assert.equal((await office.get('/api/applications?state=awarded')).body.total, 0)
})
