import { type Actor, schoolScope } from '#domain/base/actor.ts'
import { dateInWords } from '#domain/base/calendar.ts'
import { movesFrom, movesOf } from '#domain/base/lifecycle.ts'
import { rectificationLife, type RectificationState } from '#domain/supervision/rectificationLife.ts'
import {
  againstMovingRectification,
  escalationLabels,
  escalationOf,
  lastDayOf,
  orderStamp,
} from '#domain/supervision/rectification.ts'
import type { RectificationDetail } from '#contract/supervision/rectification.ts'
import type { Todo } from '#contract/home/todo.ts'
import type { Look } from '#server/kernel/work.ts'
import {
  findRectification,
  listOpenOrders,
  listOrderEvidence,
  listOrderSteps,
  readOrderNames,
  withDelay,
} from './queries.ts'

/** One order with its story and what this person may do about it. */
export async function readOrderDetail(look: Look, id: string): Promise<RectificationDetail> {
  const order = await findRectification(look, id)
  const { schoolId, requirement, dueOn, state, round, issuedAt, closedAt } = order
  const { plan, report, verdict, extendedReason, askedDueOn, askedReason, extensionAnswer } = order
  return {
    ...(await readOrderNames(look, order.findingId)),
    ...withDelay({ id, schoolId, requirement, dueOn, askedDueOn, state, round, issuedAt, closedAt }, look.today),
    plan,
    report,
    verdict,
    extendedReason,
    askedDueOn,
    askedReason,
    extensionAnswer,
    stamp: orderStamp(order),
    evidence: await listOrderEvidence(look, id),
    timeline: await readTimeline(look, id),
    moves: movesOf(rectificationLife, state, (action) =>
      againstMovingRectification(look.actor, order, action, look.today),
    ),
  }
}

const stepTitles = new Map<string, string>([...Object.entries(rectificationLife.actions), ['ordered', '下达整改通知']])

async function readTimeline(look: Look, id: string): Promise<RectificationDetail['timeline']> {
  return (await listOrderSteps(look, id)).map(({ seq, at, event, actorName, trace }) => {
    const words = trace.reason ?? trace.verdict ?? trace.plan ?? trace.report ?? ''
    return {
      id: String(seq),
      at,
      who: actorName,
      title: stepTitles.get(event.split('.')[1] ?? '') ?? event,
      detail: [words, trace.dueOn ? `期限 ${dateInWords(trace.dueOn)}` : ''].filter(Boolean).join('；'),
    }
  })
}

/** The school's next step; for the bureau what waits to be verified and, by how late it is, what has to be pressed. */
export async function listRectificationTodos(look: Look): Promise<Todo[]> {
  const scope = schoolScope(look.actor)
  if ('schoolIds' in scope && scope.schoolIds.length === 0) return []
  const orders = await listOpenOrders(look, scope)
  return orders.flatMap((order) => todosOf(look, order))
}

type OpenOrder = Awaited<ReturnType<typeof listOpenOrders>>[number]

const wanted: Partial<Record<RectificationState, string>> = {
  issued: '整改通知待签收',
  acknowledged: '整改措施待填报',
  planned: '整改结果待报送',
}

function todosOf({ actor, today }: Look, order: OpenOrder): Todo[] {
  const base = { id: `rectification:${order.id}`, href: `/console/rectifications/${order.id}` }
  const detail = `${order.schoolName}：${order.requirement}`
  const may = (action: Parameters<typeof againstMovingRectification>[2]) =>
    againstMovingRectification(actor, order, action, today).length === 0
  if (order.state === 'reported')
    return may('pass') ? [{ ...base, kind: 'rectificationToVerify', title: '整改结果待核验', detail }] : []
  if (may('declineExtension')) {
    const wish = `${order.schoolName}希望延到${dateInWords(order.askedDueOn ?? '')}：${order.askedReason ?? ''}`
    return [{ ...base, kind: 'extensionToAnswer', title: '延期申请待答复', detail: wish }]
  }
  const dueDate = lastDayOf(order)
  const waits = wanted[order.state]
  if (waits && may(movesFrom(rectificationLife, order.state)[0] ?? 'plan'))
    return [{ ...base, kind: 'rectification', title: waits, detail, dueDate }]
  const level = escalationOf(order, today)
  if (level === 0 || (level < LEADERS_LEVEL && isLeaderOnly(actor))) return []
  return [{ ...base, kind: 'rectificationOverdue', title: `整改逾期：${escalationLabels[level]}`, detail, dueDate }]
}

/** A leader is called only when it is that late; the office and the department from the first day. */
const LEADERS_LEVEL = 3

const isLeaderOnly = (actor: Actor): boolean => actor.grants.every((grant) => grant.role === 'leader')
