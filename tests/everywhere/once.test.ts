import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endpoints } from '#contract/index.ts'
import { matrix } from './access/index.ts'
import { type CallerName, callers } from './access/row.ts'
import { callerFor } from '#tests/world/callAs.ts'
import { type World, world } from '#tests/world/world.ts'

const rows = Object.assign({}, ...matrix) as (typeof matrix)[number]
const made = endpoints.filter((one) => one.once)
const NAME = '7b6d2f2e-8a39-4b53-9d4b-0c9b3c9a1f00'

/** What is posted to a list and yet need not be named, each with its reason. */
const withoutName: Record<string, string> = {
  createEntry: 'carries the id of the entry itself, which a phone keeps while it has no network',
  uploadFile: 'the store keeps one content one time; a file that nothing shows is swept away',
  enterPaper: 'a code is spent by the first one, and nothing that could tell its answers is kept beside it',
  ruleDisagreement: 'one ruling for each method, replaced by the next',
  remindClasses: 'writes the hour of the reminder on the class; the newest counts',
  checkSchoolList: 'only reads a list and says what is in it',
  applySchoolList: 'a school that is there already is changed to what the list says, not made again',
  retireSchools: 'a retired school stays so',
  judgeComments: 'a judged comment stays so',
  askSlips: 'a second request for the same person is refused while the first is open',
  askJunk: 'a second request for the same objection is refused while the first is open',
  judgeJunk: 'a judged request stays so',
  computeResult: 'the newest reckoning replaces the one before',
  conferAwards: 'names the state it was shown; awards conferred are not conferred again',
}

test('whatever is posted to a list and makes something new is named, or says why it need not be', () => {
  // A list is named in the plural; what is done to one thing is a state that comes once.
  const toLists = endpoints.filter(
    ({ method, path }) =>
      method === 'POST' && (!path.includes('/:id') || (path.endsWith('s') && !/\/(pass|miss|dismiss)$/.test(path))),
  )
  const bare = toLists.filter((one) => !one.once).map((one) => one.name)
  assert.deepEqual(bare.toSorted(), Object.keys(withoutName).toSorted())
})

test('every making that is sent again under its name answers what it answered first, and makes nothing more', async (t) => {
  assert.ok(made.length >= 25)
  for (const one of made)
    await t.test(one.name, async (inner) => {
      const w = await world(inner)
      const row = rows[one.name]
      assert.ok(row)
      const asked = await row.call(w)
      const name = callers.find((caller) => (row.expect[caller as CallerName] ?? row.expect.others) === 'ok')
      const caller = await callerFor(w, name ?? 'office')
      const send = (body: unknown, once: string | undefined = NAME) => post(w, caller.cookie, asked.url, body, once)
      const before = await countRows(w)
      const first = await send(asked.body ?? {})
      assert.ok(first.statusCode < 500, first.body)
      const after = await countRows(w)
      const again = await send(asked.body ?? {})
      assert.deepEqual([again.statusCode, bare(again.body)], [first.statusCode, bare(first.body)])
      assert.deepEqual(await countRows(w), after)
      if (first.statusCode !== 200) return assert.deepEqual(after, before)
      const other = await post(
        w,
        caller.cookie,
        `${asked.url}${asked.url.includes('?') ? '&' : '?'}x=1`,
        asked.body ?? {},
        NAME,
      )
      assert.ok([409, 422].includes(other.statusCode))
      assert.deepEqual(await countRows(w), after)
    })
})

test('of two sendings of one visit at the same moment one is kept, another text under its name is told so, and old names are swept', async (t) => {
  const w = await world(t)
  const leader = await w.as('leader')
  const visit = { schoolId: w.schoolIds[0], kind: '到校', visitedOn: '2026-05-11', saw: '看了党员活动室' }
  const [one, two] = await Promise.all([
    post(w, leader.cookie, '/api/visits', visit, NAME),
    post(w, leader.cookie, '/api/visits', visit, NAME),
  ])
  assert.equal(one.statusCode, 200, one.body)
  assert.equal(two.body, one.body)
  assert.equal((await leader.get('/api/visits')).body.total, 1)
  const other = await post(w, leader.cookie, '/api/visits', { ...visit, saw: '看了别的' }, NAME)
  assert.equal(other.statusCode, 409)
  assert.equal(JSON.parse(other.body).code, 'sentBefore')
  // The same name of somebody else is another sending.
  const office = await w.as('office')
  assert.equal((await post(w, office.cookie, '/api/visits', visit, NAME)).statusCode, 200)
  assert.equal((await office.get('/api/visits')).body.total, 2)

  w.passDays(4)
  const later = await w.as('leader')
  await post(w, later.cookie, '/api/visits', visit, '7b6d2f2e-8a39-4b53-9d4b-0c9b3c9a1f01')
  assert.equal((await w.house.database.reader.selectFrom('sending').select('id').execute()).length, 1)
})

const post = (w: World, cookie: string | undefined, url: string, body: unknown, once: string) =>
  w.app.inject({
    method: 'POST',
    url,
    headers: {
      host: 'yipin.test',
      origin: 'https://yipin.test',
      'content-type': 'application/json',
      'x-once': once,
      ...(cookie ? { cookie } : {}),
    },
    payload: JSON.stringify(body),
  })

/** How many rows every table has. */
async function countRows(w: World): Promise<Record<string, number>> {
  const db = w.house.database.writer
  const counts: Record<string, number> = {}
  for (const { name } of await db.introspection.getTables()) {
    if (name.startsWith('kysely_')) continue
    const { count } = await db
      .selectFrom(name as 'person')
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirstOrThrow()
    counts[name] = Number(count)
  }
  return counts
}

/** A refusal names its request, which is another one each time. */
const bare = (body: string): unknown => ({ ...(JSON.parse(body) as object), requestId: '' })
