import { deepEqual } from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type Actor, type Person, type Role, system } from '#domain/base/actor.ts'
import { openApp } from '#server/app.ts'
import type { Ballot } from '#server/ballot.ts'
import { openDatabase, type QueryCount } from '#server/db/open.ts'
import { setPassword } from '#server/identity/access/actions.ts'
import { forgetCommitted } from '#server/kernel/commitCache.ts'
import { COOKIE, openSession, readActor } from '#server/kernel/session.ts'
import { type House, inWork, type Work } from '#server/kernel/work.ts'
import { strayFileReferences } from './fileReferences.ts'
import { breachesOf } from '#server/records/invariants.ts'
import { HOST, openTestHouse, ORIGIN, START } from './house.ts'
import { withSeen } from './seeing.ts'
import { freshPlace } from './templates.ts'

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
