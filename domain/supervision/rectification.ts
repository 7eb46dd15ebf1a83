import { type Actor, againstOffice, type OfSchool } from '#domain/base/actor.ts'
import { dateInWords, daysBetween } from '#domain/base/calendar.ts'
import { againstMoving } from '#domain/base/lifecycle.ts'
import {
  type RectificationAction,
  type RectificationState,
  rectificationLife,
} from '#domain/supervision/rectificationLife.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { stampOf } from '#domain/base/stamp.ts'
import { againstOverseeing, againstSchool } from '#domain/supervision/overseeing.ts'

export interface RectificationSubject extends OfSchool {
  state: RectificationState
  dueOn: string
  /** The day until which the school asks for more time, while the office has not answered. */
  askedDueOn: string | null
  reportedBy: string | null
}

/** What stood on the screen of an order when somebody took the next step (rule 16). */
export const orderStamp = (order: {
  state: RectificationState
  round: number
  dueOn: string
  plan: string
  report: string
  verdict: string
  askedDueOn: string | null
}): string =>
  stampOf([order.state, order.round, order.dueOn, order.plan, order.report, order.verdict, order.askedDueOn])

/** The states in which the school still owes something. */
export const openStates: readonly RectificationState[] = ['issued', 'acknowledged', 'planned']

type Dated = Pick<RectificationSubject, 'state' | 'dueOn' | 'askedDueOn'>

/** More time that was asked for in time and is not answered yet counts as given: what waits for the bureau never counts against a school. */
export const lastDayOf = ({ dueOn, askedDueOn }: Pick<Dated, 'dueOn' | 'askedDueOn'>): string => askedDueOn ?? dueOn

export const isOverdue = (order: Dated, today: string): boolean =>
  openStates.includes(order.state) && lastDayOf(order) < today

const WEEK = 7

/** Who has to care: 0 nobody yet, 1 the contact, 2 from a week on the head of department, 3 from two weeks on the leader. */
export function escalationOf(order: Dated, today: string): 0 | 1 | 2 | 3 {
  if (!isOverdue(order, today)) return 0
  const days = daysBetween(lastDayOf(order), today)
  if (days >= 2 * WEEK) return 3
  return days >= WEEK ? 2 : 1
}

export const escalationLabels = ['', '联系人督促', '股室负责人督办', '分包领导督办'] as const

const schoolActions: readonly RectificationAction[] = ['acknowledge', 'plan', 'report', 'ask']

const officeActions: readonly RectificationAction[] = ['extend', 'declineExtension', 'withdraw']

/** More time is asked for once and before the time is over; afterwards the office may still extend by itself. */
function againstAsking(order: RectificationSubject, today: string): Refusal[] {
  if (order.askedDueOn !== null)
    return [refusal('alreadyExists', `已经申请延到${dateInWords(order.askedDueOn)}，请等局党工委办答复。`)]
  return order.dueOn < today ? [refusal('windowClosed', '期限已过，不能再申请延期，请尽快办理并报送结果。')] : []
}

/** Why an order cannot be moved. Whoever reported the work done never verifies it. */
export function againstMovingRectification(
  actor: Actor,
  order: RectificationSubject,
  action: RectificationAction,
  today: string,
): Refusal[] {
  const state = [
    ...againstMoving(rectificationLife, order.state, action),
    ...(action === 'ask' ? againstAsking(order, today) : []),
    ...(action === 'declineExtension' && order.askedDueOn === null
      ? [refusal('notInThisState', '学校没有申请延期，或者已经答复。')]
      : []),
  ]
  if (schoolActions.includes(action)) return [...againstSchool(actor, order), ...state]
  if (officeActions.includes(action)) return [...againstOffice(actor, order), ...state]
  const own = order.reportedBy !== null && order.reportedBy === actor.personId
  return [...againstOverseeing(actor, order), ...(own ? [refusal('sameDoer')] : []), ...state]
}

export const againstDueDate = (dueOn: string, today: string): Refusal[] =>
  dueOn < today ? [refusal('invalid', '整改期限不能早于今天。', { field: 'dueOn' })] : []

export const againstDelay = (dueOn: string, order: { dueOn: string }): Refusal[] =>
  dueOn <= order.dueOn ? [refusal('invalid', '新的期限须晚于原来的期限。', { field: 'dueOn' })] : []
