import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CompiledQuery, sql } from 'kysely'
import { endpoints } from '#contract/index.ts'
import { furnishSchool, ids, widen } from '../../bench/wide.ts'
import { refreshStatistics } from '#server/db/statistics.ts'
import { type World, world } from '#tests/world/world.ts'

// PostgreSQL chooses by costs of its own; what is asked is the same.
const skip = process.env['TEST_ENGINE'] === 'postgres' ? 'a plan of SQLite' : false

const MORE_SCHOOLS = 400

async function wideWorld(w: World): Promise<void> {
  const first = {
    schoolId: w.schoolIds[0],
    bureauId: w.bureauId,
    cycleId: w.cycleId,
    personId: w.personOf('clerk'),
    departmentId: w.departmentId,
    standardId: w.standardId,
    now: w.house.clock.now().toISOString(),
  }
  await furnishSchool(w.house.database.writer, first)
  await widen(w.house.database, first, MORE_SCHOOLS)
}

/** Tables of which a wider district has more. */
const growing = new Set([
  'organization',
  'school',
  'person',
  'account',
  'roleGrant',
  'session',
  'contact',
  'brand',
  'argumentation',
  'plan',
  'task',
  'promise',
  'budgetLine',
  'comment',
  'entry',
  'summary',
  'application',
  'article',
  'visit',
  'inspectionSchool',
  'finding',
  'rectification',
  'eventSchool',
  'surveySchool',
  'surveyClass',
  'surveyBatch',
  'scoreSheet',
  'award',
  'objection',
  'file',
  'evidence',
  'searchToken',
  'auditRow',
  'surveyResult',
  'breach',
])
/** Columns that many schools have in common, so that a search by them alone reads a whole district. */
const shared = new Set([
  'cycleId',
  'bureauId',
  'state',
  'kind',
  'zoneId',
  'groupId',
  'deletedAt',
  'inspectionId',
  'subjectType',
  'surveyId',
  'panelId',
  'standardId',
  'role',
  'pillar',
  'method',
  'version',
  'retiredAt',
  'updatedAt',
])

type Asked = Pick<CompiledQuery, 'sql' | 'parameters'>

async function planOf(w: World, { sql: text, parameters }: Asked): Promise<string[]> {
  const plan = sql<{ detail: string }>`explain query plan ${sql.raw('')}`.compile(w.house.database.reader)
  const { rows } = await w.house.database.reader.executeQuery<{ detail: string }>({
    ...plan,
    sql: `explain query plan ${text}`,
    parameters,
  })
  return rows.map((row) => row.detail)
}

/** What of a query plan reads more the more schools there are. */
async function wideSteps(w: World, query: Asked): Promise<string[]> {
  const text = query.sql
  const names = new Map<string, string>()
  for (const [, table, alias] of text.matchAll(/"(\w+)" as "(\w+)"/g)) if (table && alias) names.set(alias, table)
  return (await planOf(w, query)).filter((detail) => {
    const [, kind, name = ''] = /^(SCAN|SEARCH) (\w+)/.exec(detail) ?? []
    if (!kind || !growing.has(names.get(name) ?? name)) return false
    const by = [...(/\(([^()]*)\)[^()]*$/.exec(detail)?.[1] ?? '').matchAll(/(\w+)=\?/g)].map(
      ([, column]) => column ?? '',
    )
    return kind === 'SCAN' || by.every((column) => shared.has(column))
  })
}

const opened = [
  ...endpoints.filter(({ method, path }) => method === 'GET' && !path.includes(':')).map(({ path }) => path),
  ...Object.entries({
    plans: ['w-published', 'w-plan'],
    'ledger/entries': ['w-entry-3'],
    events: ['wide-event'],
    applications: ['w-application'],
    summaries: ['w-summary'],
    rectifications: ['w-order'],
    articles: ['w-article'],
    visits: ['w-visit'],
  }).flatMap(([path, rows]) => rows.map((name) => `/api/${path}/${ids(name)}`)),
]

/** What is meant to be read whole: a name is compared with all names, and published experience belongs to every school. */
const whole = (url: string, step: string) =>
  (url === '/api/brands/similar' && step === 'SCAN brand') ||
  (url === '/api/articles' && step === 'SCAN article') ||
  // How far the district is with its survey is counted for everybody.
  url === '/api/surveys' ||
  // All of this district were invited to its one event.
  (url.startsWith('/api/events/') && step === 'SCAN eventSchool') ||
  // The index holds the contacts of zones alone.
  (url === '/api/contacts' && step === 'SEARCH contact USING INDEX contactZone (zoneId=?)')

test('no page that a school opens reads more in a wider district', { skip }, async (t) => {
  const w = await world(t)
  w.expectBreaches()
  await wideWorld(w)
  // In the weeks of applying, when a school has most to see.
  w.setTime('2026-10-12T02:00:00.000Z')
  await refreshStatistics(w.house.database)
  const clerk = await w.as('clerk')
  const wide: string[] = []
  const read: string[] = []
  for (const url of opened) {
    w.queries.asked = []
    const answer = await clerk.get(url)
    const asked = w.queries.asked
    w.queries.asked = undefined
    if (answer.status === 403) continue
    assert.equal(answer.status, 200, `${url}: ${answer.text}`)
    read.push(url)
    // In nothing is false before the first row is read, though the plan still names the table.
    for (const query of asked.filter(
      (one) => !one.sql.startsWith('insert') && !/ (where|and) ("\w+"\.)?"\w+" in \(\)/.test(one.sql),
    ))
      for (const step of await wideSteps(w, query))
        if (!whole(url, step)) wide.push(`${url}: ${step}\n    ${query.sql}`)
  }
  assert.deepEqual(wide, [])
  for (const url of [
    '/api/todo',
    '/api/plans/own',
    '/api/ledger/entries',
    '/api/applications/own',
    '/api/summaries/own',
  ])
    assert.ok(read.includes(url), url)
})

test('the figures of a school are summed from an index alone, however many rows lie between its own', {
  skip,
}, async (t) => {
  const w = await world(t)
  w.expectBreaches()
  await wideWorld(w)
  await refreshStatistics(w.house.database)
  for (const role of ['clerk', 'office'] as const) {
    const caller = await w.as(role)
    w.queries.asked = []
    assert.equal((await caller.get('/api/ledger/figures')).status, 200)
    const asked = w.queries.asked.filter((one) => one.sql.includes('"entry"'))
    w.queries.asked = undefined
    assert.ok(asked.length > 0)
    for (const query of asked)
      for (const step of (await planOf(w, query)).filter((detail) => /^(SCAN|SEARCH) entry\b/.test(detail)))
        assert.match(step, /USING COVERING INDEX/, `${role}: ${query.sql}`)
  }
})
