import { deepEqual } from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { type Actor, type Person, type Role, system } from '#domain/base/actor.ts'
import defaultStandard from '#domain/year/default-standard.json' with { type: 'json' }
import { openApp } from '#server/app.ts'
import { type Ballot, openBallot } from '#server/ballot.ts'
import { migrate } from '#server/db/migrate.ts'
import { type Database, openDatabase, type QueryCount } from '#server/db/open.ts'
import { addPerson, setPassword } from '#server/identity/access/actions.ts'
import { assignContact } from '#server/schools/contact/actions.ts'
import { addStandard, createCycle } from '#server/year/cycle/actions.ts'
import { openYear } from '#server/yearTurn.ts'
import { addDepartment, addZone } from '#server/schools/division/actions.ts'
import { addOrganization, addSchool } from '#server/schools/organization/actions.ts'
import type { Clock } from '#server/kernel/clock.ts'
import type { Settings } from '#server/kernel/settings.ts'
import { forgetCommitted } from '#server/kernel/commitCache.ts'
import { openFiles } from '#server/kernel/files/open.ts'
import { openLog } from '#server/kernel/log.ts'
import { COOKIE, openSession, readActor } from '#server/kernel/session.ts'
import { type House, inWork, type Work } from '#server/kernel/work.ts'
import { strayFileReferences } from './fileReferences.ts'
import { breachesOf } from '#server/records/invariants.ts'
import { withSeen } from './seeing.ts'

export const HOST = 'yipin.test'
const ORIGIN = `https://${HOST}`
const START = '2026-05-11T02:00:00.000Z'

export interface Answer<T> {
  status: number
  body: T
  headers: Record<string, string | string[] | number | undefined>
  text: string
}

/** A caller of the API: what the fetch of one signed-in person (or a visitor) would be. Bodies are read as they come. */
export interface Caller {
  personId: string | null
  cookie: string | undefined
  // biome-ignore lint: a test reads whatever the endpoint says
  // oxlint-disable-next-line typescript/no-explicit-any
  get<T = any>(url: string): Promise<Answer<T>>
  // oxlint-disable-next-line typescript/no-explicit-any
  post<T = any>(url: string, body?: unknown): Promise<Answer<T>>
  // oxlint-disable-next-line typescript/no-explicit-any
  put<T = any>(url: string, body?: unknown): Promise<Answer<T>>
  // oxlint-disable-next-line typescript/no-explicit-any
  delete<T = any>(url: string): Promise<Answer<T>>
  /** Posts an HTML form. */
  // oxlint-disable-next-line typescript/no-explicit-any
  form<T = any>(url: string, fields: Record<string, string | string[]>): Promise<Answer<T>>
  /** What `post` and `put` send for the body: it with the stamp of what stands there now, where the endpoint asks for one. */
  seeing(method: string, url: string, body: unknown): Promise<unknown>
}

export interface World {
  house: House
  app: FastifyInstance
  bureauId: string
  zoneIds: [string, string]
  departmentId: string
  /** Two primary schools in the first zone, one kindergarten in the second. */
  schoolIds: [string, string, string]
  cycleId: string
  standardId: string
  queries: QueryCount
  /** The ballot box of this world; opened when first used. */
  ballot: Ballot
  /** Signs in as a role; school roles belong to the first school unless another is given. */
  as(role: Role, schoolId?: string): Promise<Caller>
  asPerson(personId: string): Promise<Caller>
  visitor: Caller
  actorOf(role: Role, schoolId?: string): Promise<Person>
  personOf(role: Role, schoolId?: string): string
  work<By extends Actor, T>(actor: By, action: (work: Work<By>) => Promise<T>): Promise<T>
  /** For a test that damages the data on purpose: the invariants are not checked after it. */
  expectBreaches(): void
  /** Moves the stopped clock to an instant, or forward by days. */
  setTime(instant: string): void
  passDays(days: number): void
}

/** Whoever opens a world says how it is told that nobody needs it any more: a test, mostly. */
export interface Leaving {
  after(close: () => Promise<void>): void
}

/** A whole fresh system with a stopped clock (2026-05-11 10:00 in Shanghai): a bureau, its people, three schools, an open year; or bare, as at the first start. */
export async function world(t: Leaving, options: { bare?: boolean } = {}): Promise<World> {
  const counter: QueryCount = { count: 0 }
  const dataDir = mkdtempSync(join(tmpdir(), 'yipin-world-'))
  const { place, made } = await freshPlace(dataDir, options.bare ?? false)
  const database = openDatabase(place.at, counter)
  const queries = {
    get count() {
      return counter.count
    },
    set count(value) {
      forgetCommitted(database)
      counter.count = value
    },
    get asked() {
      return counter.asked
    },
    set asked(value) {
      forgetCommitted(database)
      counter.asked = value
    },
  }
  const time = { now: new Date(START) }
  const clock = { now: () => new Date(time.now) }
  const { house, ballot } = await openTestHouse(database, dataDir, clock)
  const app = await openApp(house, { strictReplies: true })
  const expected = { breaches: false }
  t.after(async () => {
    await app.close()
    await ballot.close()
    const breaches = expected.breaches ? [] : await breachesOf(house)
    const strays = await strayFileReferences(house)
    await database.close()
    await place.remove()
    rmSync(dataDir, { recursive: true, force: true })
    deepEqual(breaches, [], 'the data after the test')
    deepEqual(strays, [], 'columns that refer to a file and are on no list (server/db/fileReferences.ts)')
  })

  const personOf = (role: Role, schoolId?: string): string => {
    const key = role === 'secretary' || role === 'clerk' ? `${role}:${schoolId ?? made.schoolIds[0]}` : role
    const id = made.people.get(key)
    if (!id) throw new Error(`the world has no ${key}`)
    return id
  }
  const actorOf = async (role: Role, schoolId?: string): Promise<Person> => {
    const personId = personOf(role, schoolId)
    const person = await database.reader
      .selectFrom('person')
      .selectAll()
      .where('id', '=', personId)
      .executeTakeFirstOrThrow()
    return readActor(database.reader, { personId, name: person.name, bureauId: person.bureauId })
  }
  const asPerson = async (personId: string): Promise<Caller> => {
    const token = await inWork(house, system, async (work) => {
      work.record('test.session', 'person', personId)
      return openSession(work, personId, { source: '127.0.0.1', device: 'test' })
    })
    return callerOf(app, personId, `${COOKIE}=${token}`)
  }
  return {
    house,
    app,
    ...made,
    queries,
    ballot,
    personOf,
    actorOf,
    asPerson,
    as: (role, schoolId) => asPerson(personOf(role, schoolId)),
    visitor: callerOf(app, null, undefined),
    work: (actor, action) => inWork(house, actor, action),
    expectBreaches: () => {
      expected.breaches = true
    },
    setTime: (instant) => {
      time.now = new Date(instant)
    },
    passDays: (days) => {
      time.now = new Date(time.now.getTime() + days * 86_400_000)
    },
  }
}

async function openTestHouse(
  database: Database,
  dataDir: string,
  clock: Clock,
): Promise<{ house: House; ballot: Ballot }> {
  const settings: Settings = {
    port: 0,
    host: '127.0.0.1',
    dataDir,
    databaseUrl: undefined,
    publicUrl: ORIGIN,
    logLevel: 'silent',
    trustProxy: false,
    ballot: {},
  }
  const log = openLog(process.env['TEST_LOG'] ?? 'silent')
  const ballot = openBallot({ settings, now: clock.now, failed: (error) => log.error(error) })
  const house: House = {
    database,
    clock,
    files: await openFiles(dataDir),
    settings,
    ballotBox: ballot.calls,
    boxTroubles: ballot.troubles,
    boxHints: ballot.hints,
    log,
  }
  return { house, ballot }
}

const nothingMade = (): Awaited<ReturnType<typeof furnish>> => ({
  bureauId: '',
  zoneIds: ['', ''],
  departmentId: '',
  schoolIds: ['', '', ''],
  people: new Map(),
  standardId: '',
  cycleId: '',
})

/** A bureau, its people, three schools and an open year; also the stock of a browser test whose subject is something else. */
export async function furnish(work: Work<Actor>) {
  const bureauId = await addOrganization(work, { level: 'district', name: '演示区教育局', shortName: '演示区' })
  const zoneIds: [string, string] = [
    await addZone(work, bureauId, '第一片区'),
    await addZone(work, bureauId, '第二片区'),
  ]
  const departmentId = await addDepartment(work, bureauId, '基础教育股')
  const common = {
    bureauId,
    ownership: '公办',
    partyKind: '党支部',
    memberCount: 20,
    staffCount: 60,
    studentCount: 900,
  }
  const schoolIds: [string, string, string] = [
    await addSchool(work, {
      ...common,
      name: '演示第一小学',
      stage: '小学',
      zoneId: zoneIds[0],
      secretaryName: '演示书记甲',
    }),
    await addSchool(work, {
      ...common,
      name: '演示第二小学',
      stage: '小学',
      zoneId: zoneIds[0],
      secretaryName: '演示书记乙',
    }),
    await addSchool(work, {
      ...common,
      name: '演示幼儿园',
      stage: '幼儿园',
      zoneId: zoneIds[1],
      secretaryName: '演示书记丙',
    }),
  ]
  const people = new Map<string, string>()
  const secretaries = ['演示书记甲', '演示书记乙', '演示书记丙']
  const add = async (key: string, role: Role, organizationId: string, departmentOf?: string) => {
    const loginName = `demo-${people.size + 1}`
    const personId = await addPerson(work, {
      bureauId,
      name: role === 'secretary' ? (secretaries.shift() ?? '') : `演示${key}`,
      loginName,
      grants: [{ role, organizationId, departmentId: departmentOf ?? null }],
    })
    await work.tx.updateTable('account').set({ mustChange: 0 }).where('personId', '=', personId).execute()
    people.set(key, personId)
    return personId
  }
  for (const role of ['office', 'leader', 'reviewer', 'auditor', 'admin', 'security'] as const)
    await add(role, role, bureauId)
  await add('department', 'department', bureauId, departmentId)
  for (const schoolId of schoolIds) {
    await add(`secretary:${schoolId}`, 'secretary', schoolId)
    await add(`clerk:${schoolId}`, 'clerk', schoolId)
  }
  await assignContact(work, { bureauId, personId: people.get('leader') ?? '', zoneId: zoneIds[0] })
  await assignContact(work, { bureauId, departmentId, schoolId: schoolIds[1] })
  const standardId = await addStandard(work, bureauId, defaultStandard.title, defaultStandard)
  const cycleId = await createCycle(work, {
    bureauId,
    year: 2026,
    title: '2026 年度',
    awardTitle: '演示区“一校一品”党建文化品牌项目建设成果奖',
    applyFrom: '2026-10-01',
    applyUntil: '2026-10-31',
    standardId,
    // The tests of naming want certificates; what a year without them shows has tests of its own.
    outcomeKind: 'award',
  })
  await openYear(work, cycleId)
  return { bureauId, zoneIds, departmentId, schoolIds, people, standardId, cycleId }
}

/** Gives a person of the world a password, for tests of signing in. */
export const givePassword = (w: World, personId: string, password: string): Promise<void> =>
  w.work(system, (work) => setPassword(work, personId, password))

export function callerOf(app: FastifyInstance, personId: string | null, cookie: string | undefined): Caller {
  const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown, form = false) => {
    const payload =
      body === undefined
        ? undefined
        : form
          ? encodeForm(body as Record<string, string | string[]>)
          : JSON.stringify(body)
    const answer = await app.inject({
      method,
      url,
      headers: {
        host: HOST,
        ...(method === 'GET' ? {} : { origin: ORIGIN, 'x-forwarded-proto': 'https', 'sec-fetch-site': 'same-origin' }),
        ...(cookie ? { cookie } : {}),
        ...(payload === undefined
          ? {}
          : { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
      },
      ...(payload === undefined ? {} : { payload }),
    })
    const isJson = String(answer.headers['content-type']).startsWith('application/json')
    return {
      status: answer.statusCode,
      body: isJson ? answer.json() : undefined,
      headers: answer.headers,
      text: answer.body,
    }
  }
  const seeing: Caller['seeing'] = (method, url, body) => withSeen(method, url, body, (at) => call('GET', at))
  return {
    personId,
    cookie,
    get: (url) => call('GET', url),
    post: async (url, body) => call('POST', url, await seeing('POST', url, body)),
    put: async (url, body) => call('PUT', url, await seeing('PUT', url, body)),
    delete: (url) => call('DELETE', url),
    form: (url, fields) => call('POST', url, fields, true),
    seeing,
  }
}

function encodeForm(fields: Record<string, string | string[]>): string {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one)
  return form.toString()
}

type Stock = Awaited<ReturnType<typeof furnish>>

/** A database that every world of this process begins as a copy of, and what stands in it. */
interface Template {
  at: string
  stock: Stock
}

// Migrating and furnishing cost more than most tests: done once per process, for bare worlds and for furnished ones.
const templates: { bare?: Promise<Template>; furnished?: Promise<Template> } = {}

async function freshPlace(dataDir: string, bare: boolean) {
  const url = process.env['TEST_ENGINE'] === 'postgres' ? process.env['TEST_POSTGRES_URL'] : undefined
  const kind = bare ? 'bare' : 'furnished'
  templates[kind] ??= url ? postgresTemplate(url, kind) : fileTemplate(kind)
  const { at, stock } = await templates[kind]
  const made = structuredClone(stock)
  if (url) return { made, place: await freshPostgres(url, at) }
  mkdirSync(dataDir, { recursive: true })
  copyFileSync(at, join(dataDir, 'yipin.db'))
  return { made, place: { at: { dataDir }, remove: async () => undefined } }
}

async function fileTemplate(kind: keyof typeof templates): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), 'yipin-template-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return { at: join(folder, 'yipin.db'), stock: await prepared(openDatabase({ dataDir: folder }), kind) }
}

async function freshPostgres(url: string, from: string) {
  const name = `w_${randomUUID().replaceAll('-', '')}`
  await onServer(url, `create database ${name} template ${from} strategy file_copy`)
  return {
    at: { url: withDatabase(url, name) },
    remove: () => onServer(url, `drop database if exists ${name} with (force)`),
  }
}

async function postgresTemplate(url: string, kind: keyof typeof templates): Promise<Template> {
  const name = `template_${kind}_${process.pid}`
  await onServer(url, `drop database if exists ${name} with (force)`)
  await onServer(url, `create database ${name}`)
  return { at: name, stock: await prepared(openDatabase({ url: withDatabase(url, name) }), kind) }
}

/** Migrated and, unless bare, furnished at the hour at which every world begins; closed, so that it can be copied. */
async function prepared(database: Database, kind: keyof typeof templates): Promise<Stock> {
  await migrate(database)
  const dataDir = mkdtempSync(join(tmpdir(), 'yipin-stock-'))
  const { house, ballot } = await openTestHouse(database, dataDir, { now: () => new Date(START) })
  const stock = kind === 'bare' ? nothingMade() : await inWork(house, system, furnish)
  await ballot.close()
  await database.close()
  rmSync(dataDir, { recursive: true, force: true })
  return stock
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
