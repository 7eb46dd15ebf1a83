import { type Actor, againstOffice, againstReadingSchool, hasRole, type OfSchool, worksAt } from '#domain/actor.ts'
import { daysBetween } from '#domain/calendar.ts'
import { againstMoving } from '#domain/lifecycle.ts'
import {
  type RectificationAction,
  type RectificationState,
  rectificationLife,
} from '#domain/lifecycles/rectification.ts'
import { type Refusal, refusal } from '#domain/refusal.ts'

export interface RectificationSubject extends OfSchool {
  state: RectificationState
  dueOn: string
  reportedBy: string | null
}

/** The states in which the school still owes something. */
export const openStates: readonly RectificationState[] = ['issued', 'acknowledged', 'planned']

export const isOverdue = (order: { state: RectificationState; dueOn: string }, today: string): boolean =>
  openStates.includes(order.state) && order.dueOn < today

const WEEK = 7

/** Who has to care: 0 nobody yet, 1 the contact, 2 from a week on the head of department, 3 from two weeks on the leader. */
export function escalationOf(order: { state: RectificationState; dueOn: string }, today: string): 0 | 1 | 2 | 3 {
  if (!isOverdue(order, today)) return 0
  const days = daysBetween(order.dueOn, today)
  if (days >= 2 * WEEK) return 3
  return days >= WEEK ? 2 : 1
}

export const escalationLabels = ['', '联系人督促', '股室负责人督办', '分包领导督办'] as const

const schoolActions: readonly RectificationAction[] = ['acknowledge', 'plan', 'report']

/** Why an order cannot be moved. Whoever reported the work done never verifies it. */
export function againstMovingRectification(
  actor: Actor,
  order: RectificationSubject,
  action: RectificationAction,
): Refusal[] {
  const state = againstMoving(rectificationLife, order.state, action)
  if (schoolActions.includes(action)) return [...againstSchool(actor, order), ...state]
  if (action === 'extend' || action === 'withdraw') return [...againstOffice(actor, order), ...state]
  const own = order.reportedBy !== null && order.reportedBy === actor.personId
  return [...againstOverseeing(actor, order), ...(own ? [refusal('sameDoer')] : []), ...state]
}

export function againstSchool(actor: Actor, subject: OfSchool): Refusal[] {
  const hidden = againstReadingSchool(actor, subject)
  if (hidden.length > 0) return hidden
  return worksAt(actor, subject.schoolId) ? [] : [refusal('roleMissing', '须由学校书记或干事办理。')]
}

/** The bureau's people who reach the school: the office, its leader, its department. */
export function againstOverseeing(actor: Actor, subject: OfSchool): Refusal[] {
  const hidden = againstReadingSchool(actor, subject)
  if (hidden.length > 0) return hidden
  return hasRole(actor, 'office', 'leader', 'department')
    ? []
    : [refusal('roleMissing', '须由局党工委办、分包领导或联系股室办理。')]
}
