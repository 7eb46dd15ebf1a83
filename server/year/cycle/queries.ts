import type { ResultState } from '#domain/review/resultLife.ts'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { hasRole } from '#domain/base/actor.ts'
import { type Calendar, type CalendarYear, calendarYearsWanted, knownCalendar } from '#domain/base/calendar.ts'
import { type CycleSettings, defaultCycleSettings, type OutcomeKind } from '#domain/year/cycle.ts'
import type { CycleState } from '#domain/year/cycleLife.ts'
import { stampOf } from '#domain/base/stamp.ts'
import { cycleSettingsShape, outcomeKindShape, standardBodyShape } from '#contract/year/cycle.ts'
import type { CycleRow, StandardRow } from '#server/db/tables/school.ts'
import type { Todo } from '#contract/home/todo.ts'
import { found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

export type Cycle = Omit<CycleRow, 'settings' | 'state' | 'outcomeKind'> & {
  state: CycleState
  outcomeKind: OutcomeKind
  settings: CycleSettings
}

const stateShape = z.enum(['draft', 'open', 'closed'])

// A setting that came with a later version has its default in years that were made before it.
const parsed = (row: CycleRow): Cycle => ({
  ...row,
  state: stateShape.parse(row.state),
  outcomeKind: outcomeKindShape.parse(row.outcomeKind),
  settings: cycleSettingsShape.parse({
    ...defaultCycleSettings,
    ...z.record(z.string(), z.unknown()).parse(JSON.parse(row.settings)),
  }),
})

export async function readCycle(db: ReadOnly, id: string): Promise<Cycle> {
  return parsed(found(await db.selectFrom('cycle').selectAll().where('id', '=', id).executeTakeFirst()))
}

/** A year of the bureau; another bureau's looks like none. */
export async function findCycle(db: ReadOnly, id: string, bureauId: string | null): Promise<Cycle> {
  const cycle = await readCycle(db, id)
  return found(cycle.bureauId === bureauId ? cycle : undefined)
}

export async function listCycles(db: ReadOnly, bureauId: string): Promise<Cycle[]> {
  const rows = await db
    .selectFrom('cycle')
    .selectAll()
    .where('bureauId', '=', bureauId)
    .orderBy('year', 'desc')
    .execute()
  return rows.map(parsed)
}

/** The open year of a bureau, else the newest that was open: one in preparation hides no other, and stands only before the first (rule 20). */
export async function currentCycle(db: ReadOnly, bureauId: string): Promise<Cycle | undefined> {
  const cycles = await listCycles(db, bureauId)
  return cycles.find((one) => one.state === 'open') ?? cycles.find((one) => one.state === 'closed') ?? cycles[0]
}

/** The year that what happens today belongs to: between two years, the one in preparation. */
export async function workingCycle(db: ReadOnly, bureauId: string): Promise<Cycle | undefined> {
  const cycles = await listCycles(db, bureauId)
  return cycles.find((one) => one.state === 'open') ?? cycles[0]
}

/**
 * Schools that a year counts: those on the register, and of a closed year also those that left after its end, so that its figures stay
 * (rule 20). For queries that name the table `school`.
 */
export const counted = (cycle: Pick<Cycle, 'state' | 'closedAt'> | undefined): RawBuilder<boolean> => {
  const retiredAt = sql.ref('school.retiredAt')
  return cycle?.state === 'closed' && cycle.closedAt
    ? sql<boolean>`(${retiredAt} is null or ${retiredAt} > ${cycle.closedAt})`
    : sql<boolean>`${retiredAt} is null`
}

type Asking = Pick<Look, 'db' | 'actor'>

/** The year that was asked for, or the current one; a year that the bureau does not have is not found. */
export async function cycleOf(look: Asking, year?: number): Promise<Cycle | undefined> {
  const bureauId = look.actor.bureauId
  if (year === undefined) return currentCycle(look.db, bureauId)
  return found((await listCycles(look.db, bureauId)).find((one) => one.year === year))
}

/** For lists whose rows outlive their year: nothing is left out unless a year was asked for. */
export async function chosenCycle(look: Asking, year?: number): Promise<Cycle | undefined> {
  return year === undefined ? undefined : cycleOf(look, year)
}

/** The same where there must be a year: before the first one there is nothing to work on. */
export async function findOwnCycle(look: Asking, year?: number): Promise<Cycle> {
  return found(await cycleOf(look, year))
}

/** Whether names wait to be made public, or a decision was taken up again and no other stands. */
export async function isNaming(db: ReadOnly, cycleId: string): Promise<boolean> {
  const waiting = await db
    .selectFrom('award')
    .select('id')
    .where('cycleId', '=', cycleId)
    .where('state', 'in', ['decided', 'publicised'])
    .executeTakeFirst()
  if (waiting) return true
  const decisions = await db.selectFrom('decision').select('supersededAt').where('cycleId', '=', cycleId).execute()
  return decisions.length > 0 && decisions.every((one) => one.supersededAt !== null)
}

export interface CalendarEntry extends CalendarYear {
  source: string
  entered: boolean
}

const datesShape = z.array(z.string())

/** The years with their source: those that came with the product, overlaid by what the office has entered. */
export async function listCalendarYears(db: ReadOnly): Promise<CalendarEntry[]> {
  const rows = await db.selectFrom('calendarYear').selectAll().execute()
  const years = new Map<number, CalendarEntry>()
  for (const one of knownCalendar)
    years.set(one.year, {
      ...one,
      source: `国务院办公厅关于 ${one.year} 年部分节假日安排的通知（系统自带）`,
      entered: false,
    })
  for (const row of rows)
    years.set(row.year, {
      year: row.year,
      holidays: datesShape.parse(JSON.parse(row.holidays)),
      makeUpDays: datesShape.parse(JSON.parse(row.makeUpDays)),
      source: row.source,
      entered: true,
    })
  return [...years.values()].toSorted((a, b) => b.year - a.year)
}

/** The calendar that working days are counted by. */
export async function readCalendar(db: ReadOnly): Promise<Calendar> {
  return (await listCalendarYears(db)).map(({ year, holidays, makeUpDays }) => ({ year, holidays, makeUpDays }))
}

export const calendarStamp = ({ holidays, makeUpDays, source }: CalendarEntry): string =>
  stampOf({ holidays, makeUpDays, source })

/** From November on the office is asked for the next year's notice: without it no working day can be counted (rule 12). */
export async function listCalendarTodos(look: Look): Promise<Todo[]> {
  if (!hasRole(look.actor, 'office')) return []
  return calendarYearsWanted(look.today, await readCalendar(look.db)).map((year) => ({
    id: `calendar:${year}`,
    kind: 'calendarMissing',
    title: `录入 ${year} 年的节假日安排`,
    detail: '照国务院办公厅的放假通知录入；没有它，公示期和答复期限就算不出来。',
    dueDate: `${year - 1}-12-10`,
    href: `/console/calendar/${year}`,
  }))
}

export type StoredStandard = Omit<StandardRow, 'body'> & { body: z.output<typeof standardBodyShape> }

export async function readStandard(db: ReadOnly, id: string): Promise<StoredStandard> {
  const row = found(await db.selectFrom('standard').selectAll().where('id', '=', id).executeTakeFirst())
  return { ...row, body: standardBodyShape.parse(JSON.parse(row.body)) }
}

/** The versions, the newest first, each with the years that score by it. */
export async function listStandards(db: ReadOnly, bureauId: string) {
  const [standards, cycles] = await Promise.all([
    db
      .selectFrom('standard')
      .select(['id', 'title', 'version', 'digest', 'createdAt'])
      .where('bureauId', '=', bureauId)
      .orderBy('version', 'desc')
      .execute(),
    db.selectFrom('cycle').select(['title', 'standardId']).where('bureauId', '=', bureauId).orderBy('year').execute(),
  ])
  return standards.map((one) => ({
    ...one,
    usedBy: cycles.filter((cycle) => cycle.standardId === one.id).map((cycle) => cycle.title),
  }))
}

export async function findStandard(db: ReadOnly, id: string, bureauId: string | null): Promise<StoredStandard> {
  const standard = await readStandard(db, id)
  return found(standard.bureauId === bureauId ? standard : undefined)
}

export async function lastStandardVersion(db: ReadOnly, bureauId: string): Promise<number> {
  const { last } = await db
    .selectFrom('standard')
    .select((eb) => eb.fn.coalesce(eb.fn.max('version'), eb.lit(0)).as('last'))
    .where('bureauId', '=', bureauId)
    .executeTakeFirstOrThrow()
  return Number(last)
}

/** The title of another year of the bureau that is open now. */
export async function openCycleTitle(
  db: ReadOnly,
  cycle: { id: string; bureauId: string },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('cycle')
    .select('title')
    .where('bureauId', '=', cycle.bureauId)
    .where('state', '=', 'open')
    .where('id', '!=', cycle.id)
    .executeTakeFirst()
  return row?.title
}

/** The result that stands: the newest that was not set aside by a correction. Its body is large, so the caller says what it wants. */
export const standingResult = (db: ReadOnly, cycleId: string) =>
  db
    .selectFrom('result')
    .where('cycleId', '=', cycleId)
    .where('correctedAt', 'is', null)
    .orderBy('computedAt', 'desc')
    .orderBy('id', 'desc')

/** How far the year's result has come: asked by every act that a sealed result bars. */
export const resultState = async (db: ReadOnly, cycleId: string): Promise<ResultState | undefined> =>
  (await standingResult(db, cycleId).select('state').executeTakeFirst())?.state
