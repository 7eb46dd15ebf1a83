import { sql } from 'kysely'
import { z } from 'zod'
import { againstReadingSchool, type Scope, schoolScope } from '#domain/base/actor.ts'
import { dateInWords } from '#domain/base/calendar.ts'
import { movesFrom } from '#domain/base/lifecycle.ts'
import { type RectificationState, rectificationLife } from '#domain/supervision/rectificationLife.ts'
import {
  againstMovingRectification,
  escalationLabels,
  escalationOf,
  isOverdue,
  lastDayOf,
  openStates,
  orderStamp,
} from '#domain/supervision/rectification.ts'
import type { RectificationDetail, rectificationFilter } from '#contract/supervision/rectification.ts'
import type { RectificationRow } from '#server/db/tables/supervision.ts'
import type { Todo } from '#contract/home/todo.ts'
import { chosenCycle } from '#server/year/cycle/queries.ts'
import { demand, found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

export type Order = RectificationRow & { state: RectificationState }
type Filter = z.infer<typeof rectificationFilter>

export async function findRectification(look: Look, id: string): Promise<Order> {
  const row = found(await look.db.selectFrom('rectification').selectAll().where('id', '=', id).executeTakeFirst())
  demand(againstReadingSchool(look.actor, row))
  return { ...row, state: row.state as RectificationState }
}

/** `lastDayOf` in SQL. */
const lastDay = sql<string>`coalesce(${sql.ref('rectification.askedDueOn')}, ${sql.ref('rectification.dueOn')})`

async function listed(look: Look, filter: Filter, scope: Scope) {
  const cycle = await chosenCycle(look, filter.year)
  let rows = look.db
    .selectFrom('rectification')
    .innerJoin('school', 'school.id', 'rectification.schoolId')
    .innerJoin('zone', 'zone.id', 'school.zoneId')
  rows =
    'bureauId' in scope
      ? rows.where('rectification.bureauId', '=', scope.bureauId)
      : rows.where('rectification.schoolId', 'in', [...scope.schoolIds, ''])
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

export async function listOrders(look: Look, filter: Filter, scope: Scope = schoolScope(look.actor)) {
  const { rows } = await listed(look, filter, scope)
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

function withDelay<R extends { state: string; dueOn: string; askedDueOn: string | null }>(
  { askedDueOn, ...row }: R,
  today: string,
) {
  const state = row.state as RectificationState
  const dated = { state, dueOn: row.dueOn, askedDueOn }
  return { ...row, state, overdue: isOverdue(dated, today), escalation: escalationOf(dated, today) }
}

const traceShape = z.object({
  reason: z.string().optional(),
  verdict: z.string().optional(),
  plan: z.string().optional(),
  report: z.string().optional(),
  dueOn: z.string().optional(),
})

async function timelineOf(look: Look, id: string): Promise<RectificationDetail['timeline']> {
  const rows = await look.db
    .selectFrom('auditRow')
    .select(['seq', 'at', 'event', 'actorName', 'detail'])
    .where('subjectType', '=', 'rectification')
    .where('subjectId', '=', id)
    .orderBy('seq')
    .execute()
  const titles: Record<string, string> = { ...rectificationLife.actions, order: '下达整改通知' }
  return rows.map((row) => {
    const trace = traceShape.parse(JSON.parse(row.detail))
    const words = trace.reason ?? trace.verdict ?? trace.plan ?? trace.report ?? ''
    return {
      id: String(row.seq),
      at: row.at,
      who: row.actorName,
      title: titles[row.event.split('.')[1] ?? ''] ?? row.event,
      detail: [words, trace.dueOn ? `期限 ${dateInWords(trace.dueOn)}` : ''].filter(Boolean).join('；'),
    }
  })
}

export async function readOrderDetail(look: Look, id: string): Promise<RectificationDetail> {
  const order = await findRectification(look, id)
  const names = found(
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
      .where('finding.id', '=', order.findingId)
      .executeTakeFirst(),
  )
  const evidence = await look.db
    .selectFrom('evidence')
    .innerJoin('file', 'file.id', 'evidence.fileId')
    .select(['evidence.fileId', 'file.name', 'file.kind'])
    .where('evidence.subjectType', '=', 'rectification')
    .where('evidence.subjectId', '=', id)
    .orderBy('evidence.sortOrder')
    .execute()
  const { schoolId, requirement, dueOn, round, issuedAt, closedAt, plan, report, verdict, extendedReason } = order
  const { askedDueOn, askedReason, extensionAnswer } = order
  return {
    ...names,
    ...withDelay(
      { id, schoolId, requirement, dueOn, askedDueOn, state: order.state, round, issuedAt, closedAt },
      look.today,
    ),
    plan,
    report,
    verdict,
    extendedReason,
    askedDueOn,
    askedReason,
    extensionAnswer,
    stamp: orderStamp(order),
    evidence,
    timeline: await timelineOf(look, id),
    moves: Object.fromEntries(
      movesFrom(rectificationLife, order.state).map((action) => [
        action,
        againstMovingRectification(look.actor, order, action, look.today),
      ]),
    ),
  }
}

const wanted: Partial<Record<RectificationState, string>> = {
  issued: '整改通知待签收',
  acknowledged: '整改措施待填报',
  planned: '整改结果待报送',
}

/** The school's next step; for the bureau what waits to be verified and, by how late it is, what has to be pressed. */
export async function listRectificationTodos(look: Look): Promise<Todo[]> {
  const { actor, today } = look
  const scope = schoolScope(actor)
  if ('schoolIds' in scope && scope.schoolIds.length === 0) return []
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
  const found = await rows.orderBy('rectification.dueOn').limit(200).execute()
  return found.flatMap((row): Todo[] => {
    const order = { ...row, state: row.state as RectificationState }
    const base = { id: `rectification:${row.id}`, href: `/console/rectifications/${row.id}` }
    const detail = `${row.schoolName}：${row.requirement}`
    const waits = wanted[order.state]
    const canVerify = againstMovingRectification(actor, order, 'pass', today).length === 0
    if (order.state === 'reported')
      return canVerify ? [{ ...base, kind: 'rectificationToVerify', title: '整改结果待核验', detail }] : []
    if (againstMovingRectification(actor, order, 'declineExtension', today).length === 0) {
      const wish = `${row.schoolName}希望延到${dateInWords(row.askedDueOn ?? '')}：${row.askedReason ?? ''}`
      return [{ ...base, kind: 'extensionToAnswer', title: '延期申请待答复', detail: wish }]
    }
    if (
      waits &&
      againstMovingRectification(actor, order, movesFrom(rectificationLife, order.state)[0] ?? 'plan', today).length ===
        0
    )
      return [{ ...base, kind: 'rectification', title: waits, detail, dueDate: lastDayOf(row) }]
    const level = escalationOf(order, today)
    if (level === 0) return []
    // A leader is called only when it is that late; the office and the department from the first day.
    const leaderOnly = actor.grants.every((grant) => grant.role === 'leader')
    if (leaderOnly && level < 3) return []
    return [
      {
        ...base,
        kind: 'rectificationOverdue',
        title: `整改逾期：${escalationLabels[level]}`,
        detail,
        dueDate: lastDayOf(row),
      },
    ]
  })
}
