import type { ApplicationState } from '#domain/application/applicationLife.ts'
import { type Actor, againstOffice } from '#domain/base/actor.ts'
import { againstMoving } from '#domain/base/lifecycle.ts'
import { isResultOpen, type ResultAction, resultLife, type ResultState } from '#domain/review/resultLife.ts'
import { againstSealed } from '#domain/review/panel.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'

/** Leaders deliberate on a sealed result and on what follows; before that only the office sees numbers. */
export const visibleToLeaders = (state: ResultState): boolean => !isResultOpen(state)

/**
 * A sealed result is never changed: the office sets it aside with a reason, mends what was wrong, and computes a new one that points
 * to it. After the decision the names stand on the old one; then the decision is taken up again first.
 */
export function againstCorrecting(actor: Actor, result: { bureauId: string; state: ResultState }): Refusal[] {
  const reasons = againstOffice(actor, result)
  if (isResultOpen(result.state))
    reasons.push(refusal('notInThisState', '结果还没有封存，改好评分后重新计算就可以，不用更正。'))
  else if (result.state !== 'sealed')
    reasons.push(
      refusal('notInThisState', '审定决定已经登记。请先在“审定公布”页更正审定，再更正结果。', {
        href: '/console/naming',
      }),
    )
  return reasons
}

/** Moderating is a second look (rule 19): not by who computed, as long as somebody else of the office can. */
export const againstModeratingOwn = (actor: Actor, result: { computedBy: string | null }, others: number): Refusal[] =>
  result.computedBy !== null && result.computedBy === actor.personId && others > 0
    ? [refusal('sameDoer', '结果是您计算的，须由局党工委办的另一位同志复核。')]
    : []

/** Who computed and moderated alone does not seal as well, once somebody else of the office can (rule 19). */
export const againstSealingAlone = (
  actor: Actor,
  result: { computedBy: string | null; moderatedBy: string | null },
  others: number,
): Refusal[] =>
  others > 0 && actor.personId !== null && result.computedBy === actor.personId && result.moderatedBy === actor.personId
    ? [refusal('sameDoer', '计算和复核都是您一人办的，须由局党工委办的另一位同志封存。')]
    : []

export function againstMovingResult(
  actor: Actor,
  result: { bureauId: string; state: ResultState },
  action: ResultAction,
): Refusal[] {
  return [...againstOffice(actor, result), ...againstMoving(resultLife, result.state, action)]
}

/** Rulings and adjustments change until the result is sealed; a sealed one is corrected only by a new result. */
export const againstChangingInputs = (application: ApplicationState, result: ResultState | undefined): Refusal[] =>
  application === 'inReview'
    ? againstSealed(result, '评审结果已经封存，不能再改。')
    : [refusal('notInThisState', '这份申报不在评审中，不能登记。')]

/** A school that waits for its admission or for its sheets must not be forgotten by the result. */
export function againstWaiting(
  waiting: readonly { applicationId: string; state: ApplicationState; schoolName: string }[],
): Refusal[] {
  return waiting.map(({ applicationId, state, schoolName }) =>
    state === 'submitted'
      ? refusal('incomplete', `${schoolName}的申报还没有受理，请先受理、退回或不予受理。`, {
          href: `/console/applications/${applicationId}`,
        })
      : refusal('incomplete', `${schoolName}的申报已受理，还没有分配评分表。`, { href: '/console/panels' }),
  )
}
