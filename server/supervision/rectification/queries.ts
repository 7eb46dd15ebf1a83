import { sql } from 'kysely'
import { z } from 'zod'
import { againstReadingSchool, schoolScope, type Scope } from '#domain/base/actor.ts'
import { escalationOf, isOverdue, openStates } from '#domain/supervision/rectification.ts'
import type { rectificationFilter } from '#contract/supervision/rectification.ts'
import type { RectificationRow } from '#server/db/tables/supervision.ts'
import { chosenCycle } from '#server/year/cycle/queries.ts'
import { demand, found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

type Filter = z.infer<typeof rectificationFilter>

export async function findRectification(look: Look, id: string): Promise<RectificationRow> {
  const row = found(await look.db.selectFrom('rectification').selectAll().where('id', '=', id).executeTakeFirst())
  demand(againstReadingSchool(look.actor, row))
  return row
}

/** `lastDayOf` in SQL. */
const lastDay = sql<string>`coalesce(${sql.ref('rectification.askedDueOn')}, ${sql.ref('rectification.dueOn')})`

async function filtered(look: Look, filter: Filter, scope: Scope) {
  const cycle = await chosenCycle(look, filter.year)
  let rows = look.db
    .selectFrom('rectification')
    .innerJoin('school', 'school.id', 'rectification.schoolId')
    .innerJoin('zone', 'zone.id', 'school.zoneId')
  rows =
    'bureauId' in scope
      ? rows.where('rectification.bureauId', '=', scope.bureauId)
      : rows.where('rectification.schoolId', 'in', scope.schoolIds)
  if (cycle) rows = rows.where('rectification.cycleId', '=', cycle.id)
  if (filter.state) rows = rows.where('rectification.state', '=', filter.state)
  if (filter.overdue) rows = rows.where('rectification.state', 'in', [...openStates]).where(lastDay, '<', look.today)
  if (filter.zoneId) rows = rows.where('school.zoneId', '=', filter.zoneId)
  if (filter.q)
    rows = rows.where(contains(look.db, ['school.name', 'school.pinyin', 'rectification.requirement'], filter.q))
  return { rows }
}

/** Orders by which a school is behind: the one answer for eligibility, the start page and the list. */
export const overdueOrders = (db: ReadOnly, today: string) =>
  db
    .selectFrom('rectification')
    .where('rectification.state', 'in', [...openStates])
    .where(lastDay, '<', today)

/** One page of orders, each with how late it is by now. */
export async function listOrders(look: Look, filter: Filter, scope: Scope = schoolScope(look.actor)) {
  const { rows } = await filtered(look, filter, scope)
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const direction = filter.sort === '-dueOn' ? 'desc' : 'asc'
  const items = await rows
    .select([
      'rectification.id',
      'rectification.schoolId',
      'school.name as schoolName',
      'zone.name as zoneName',
      'rectification.requirement',
      'rectification.dueOn',
      'rectification.askedDueOn',
      'rectification.state',
      'rectification.round',
      'rectification.issuedAt',
      'rectification.closedAt',
    ])
    .orderBy('rectification.dueOn', direction)
    .orderBy('rectification.id')
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size)
    .execute()
  return { items: items.map((row) => withDelay(row, look.today)), total: Number(total) }
}

/** An order with whether it is late and who has to care. */
export function withDelay<R extends Pick<RectificationRow, 'state' | 'dueOn' | 'askedDueOn'>>(
  { askedDueOn, ...row }: R,
  today: string,
) {
  const dated = { state: row.state, dueOn: row.dueOn, askedDueOn }
  return { ...row, overdue: isOverdue(dated, today), escalation: escalationOf(dated, today) }
}

/** What an order is about: the finding, its round, and the school. */
export async function readOrderNames(look: Look, findingId: string) {
  return found(
    await look.db
      .selectFrom('finding')
      .innerJoin('inspection', 'inspection.id', 'finding.inspectionId')
      .innerJoin('school', 'school.id', 'finding.schoolId')
      .innerJoin('zone', 'zone.id', 'school.zoneId')
      .select([
        'inspection.title as inspectionTitle',
        'finding.content as problem',
        'school.name as schoolName',
        'zone.name as zoneName',
      ])
      .where('finding.id', '=', findingId)
      .executeTakeFirst(),
  )
}

export const listOrderEvidence = (look: Look, id: string) =>
  look.db
    .selectFrom('evidence')
    .innerJoin('file', 'file.id', 'evidence.fileId')
    .select(['evidence.fileId', 'file.name', 'file.kind'])
    .where('evidence.subjectType', '=', 'rectification')
    .where('evidence.subjectId', '=', id)
    .orderBy('evidence.sortOrder')
    .execute()

const traceShape = z.object({
  reason: z.string().optional(),
  verdict: z.string().optional(),
  plan: z.string().optional(),
  report: z.string().optional(),
  dueOn: z.string().optional(),
})

/** The steps of an order as the log holds them, with the words that were said. */
export async function listOrderSteps(look: Look, id: string) {
  const rows = await look.db
    .selectFrom('auditRow')
    .select(['seq', 'at', 'event', 'actorName', 'detail'])
    .where('subjectType', '=', 'rectification')
    .where('subjectId', '=', id)
    .orderBy('seq')
    .execute()
  return rows.map(({ detail, ...row }) => ({ ...row, trace: traceShape.parse(JSON.parse(detail)) }))
}

const MOST_TODOS = 200

/** Orders that wait for somebody, those that are due first before the others. */
export function listOpenOrders(look: Look, scope: Scope) {
  let rows = look.db
    .selectFrom('rectification')
    .innerJoin('school', 'school.id', 'rectification.schoolId')
    .selectAll('rectification')
    .select('school.name as schoolName')
    .where('rectification.state', 'in', [...openStates, 'reported'])
  rows =
    'bureauId' in scope
      ? rows.where('rectification.bureauId', '=', scope.bureauId)
      : rows.where('rectification.schoolId', 'in', [...scope.schoolIds])
  return rows.orderBy('rectification.dueOn').limit(MOST_TODOS).execute()
}
