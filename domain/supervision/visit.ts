import { type Actor, isOffice } from '#domain/base/actor.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'

export const visitKinds = ['到校', '座谈', '听课', '参加党日', '线上'] as const

export interface Visitor {
  personId: string
  name: string
}

/** The office writes down what others of the bureau saw, a leader who has no time for it above all; it counts for the visitor. */
export function againstVisitor(
  actor: Actor,
  school: { bureauId: string },
  visitors: readonly Visitor[],
  personId: string,
): Refusal[] {
  if (!isOffice(actor, school.bureauId)) return [refusal('roleMissing', '替别人记走访，须由局党工委办办理。')]
  return visitors.some((one) => one.personId === personId)
    ? []
    : [refusal('invalid', '走访人应是本局在岗的领导、股室或党工委办人员。', { field: 'visitorId' })]
}

/** Whoever wrote it down, and whoever it is about. */
export const mayReviseVisit = (actor: Actor, visit: { personId: string; recordedBy: string | null }): boolean =>
  actor.personId === visit.personId || actor.personId === visit.recordedBy

export const againstRevisingVisit = (
  actor: Actor,
  visit: { personId: string; recordedBy: string | null },
): Refusal[] => (mayReviseVisit(actor, visit) ? [] : [refusal('roleMissing', '只有走访人和记录人可以修改。')])

/** What was seen was seen already: nobody notes down a visit to come. */
export const againstVisitingLater = (visitedOn: string, today: string): Refusal[] =>
  visitedOn > today ? [refusal('invalid', '走访日期不能晚于今天。', { field: 'visitedOn' })] : []
