import { type Actor, type Person, visitor } from '#domain/base/actor.ts'
import { shanghaiToday } from '#server/kernel/clock.ts'
import { readActor } from '#server/kernel/session.ts'
import { type House, inWork, type Work } from '#server/kernel/work.ts'

/** A year told in dated steps: each step happens at its own time, through the product's own actions. */
export interface Story {
  house: House
  /** The same numbers in every run, so that two demonstrations are alike. */
  random(): number
  pick<T>(from: readonly T[]): T
  on(date: string, time: string, step: () => Promise<void>): void
  run(log: (line: string) => void): Promise<void>
  today(): string
  as<T>(personId: string, action: (work: Work) => Promise<T>): Promise<T>
  asVisitor<T>(action: (work: Work<Actor>) => Promise<T>): Promise<T>
  /** Goes on to the real time, never back. */
  catchUp(): void
  /** After roles or contacts changed: who reaches what is read anew. */
  forgetActors(): void
}

const BETWEEN_WORKS_MS = 7_000

export function openStory(house: House, seed: number): Story {
  const time = { now: new Date('2026-03-02T01:00:00Z') }
  const own: House = { ...house, clock: { now: () => new Date(time.now) } }
  const steps: { at: number; turn: number; step: () => Promise<void> }[] = []
  const actors = new Map<string, Person>()
  const state = { seed, turn: 0 }

  const random = (): number => {
    state.seed = (Math.imul(state.seed, 1_664_525) + 1_013_904_223) >>> 0
    return state.seed / 4_294_967_296
  }
  const work = <By extends Actor, T>(actor: By, action: (work: Work<By>) => Promise<T>): Promise<T> => {
    time.now = new Date(time.now.getTime() + BETWEEN_WORKS_MS)
    return inWork(own, actor, action)
  }
  const actorOf = async (personId: string): Promise<Person> => {
    const known = actors.get(personId)
    if (known) return known
    const { name, bureauId } = await house.database.reader
      .selectFrom('person')
      .select(['name', 'bureauId'])
      .where('id', '=', personId)
      .executeTakeFirstOrThrow()
    const actor = await readActor(house.database.reader, { personId, name, bureauId })
    actors.set(personId, actor)
    return actor
  }
  return {
    house: own,
    random,
    pick: (from) => {
      const one = from[Math.floor(random() * from.length)]
      if (one === undefined) throw new RangeError('nothing to pick from')
      return one
    },
    on: (date, at, step) => {
      state.turn += 1
      steps.push({ at: Date.parse(`${date}T${at}:00+08:00`), turn: state.turn, step })
    },
    async run(log) {
      let month = ''
      let done = 0
      while (steps.length > 0) {
        const next = steps.reduce((a, b) => (b.at < a.at || (b.at === a.at && b.turn < a.turn) ? b : a))
        steps.splice(steps.indexOf(next), 1)
        // Time never runs back: a step planned for what is past already happens now.
        time.now = new Date(Math.max(time.now.getTime(), next.at))
        const now = shanghaiToday(time.now).slice(0, 7)
        if (now !== month) log(`${now}　已办 ${done} 件`)
        month = now
        await next.step()
        done += 1
      }
    },
    today: () => shanghaiToday(time.now),
    as: async (personId, action) => work(await actorOf(personId), action),
    asVisitor: (action) => work(visitor, action),
    catchUp: () => {
      time.now = new Date(Math.max(time.now.getTime(), house.clock.now().getTime()))
    },
    forgetActors: () => actors.clear(),
  }
}

const DAY = 86_400_000

/** The first day from `date` + `days` on that is no Saturday or Sunday. */
export function weekday(date: string, days = 0): string {
  let at = Date.parse(`${date}T00:00:00Z`) + days * DAY
  while ([0, 6].includes(new Date(at).getUTCDay())) at += DAY
  return new Date(at).toISOString().slice(0, 10)
}

export const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

export interface DemoSchool {
  index: number
  id: string
  name: string
  stage: string
  code: string
  memberCount: number
  staffCount: number
  studentCount: number
  secretaryId: string
  clerkId: string
}

/** The imported schools in the order of the list, with the two people of each. */
export async function listDemoSchools(house: House): Promise<DemoSchool[]> {
  const rows = await house.database.reader
    .selectFrom('school')
    .innerJoin('organization', 'organization.id', 'school.id')
    .innerJoin('roleGrant', 'roleGrant.organizationId', 'school.id')
    .select([
      'school.id',
      'school.name',
      'school.stage',
      'organization.code',
      'memberCount',
      'staffCount',
      'studentCount',
      'roleGrant.role',
      'roleGrant.personId',
    ])
    .where('roleGrant.role', 'in', ['secretary', 'clerk'])
    .orderBy('school.id')
    .execute()
  const schools = new Map<string, DemoSchool>()
  for (const { role, personId, code, ...row } of rows) {
    const one = schools.get(row.id) ?? { ...row, code: code ?? '', index: schools.size, secretaryId: '', clerkId: '' }
    schools.set(row.id, role === 'secretary' ? { ...one, secretaryId: personId } : { ...one, clerkId: personId })
  }
  return [...schools.values()]
}

/** How many documents stand in each state, for the line at the end and for the test. */
export async function countStates(house: House, tables: readonly string[]): Promise<Record<string, string[]>> {
  const states: Record<string, string[]> = {}
  for (const table of tables) {
    const rows = await house.database.reader
      .selectFrom(house.database.reader.dynamic.table(table as 'plan').as('t'))
      .select('state')
      .groupBy('state')
      .execute()
    states[table] = rows.map((row) => row.state).toSorted()
  }
  return states
}
