import { type Actor, againstOffice } from '#domain/actor.ts'
import { againstMoving } from '#domain/lifecycle.ts'
import { type ResultAction, resultLife, type ResultState } from '#domain/lifecycles/result.ts'
import type { Refusal } from '#domain/refusal.ts'

/** Leaders deliberate on a sealed result and on what follows; before that only the office sees numbers. */
export const visibleToLeaders = (state: ResultState): boolean => state !== 'computed' && state !== 'moderated'

export function againstMovingResult(
  actor: Actor,
  result: { bureauId: string; state: ResultState },
  action: ResultAction,
): Refusal[] {
  return [...againstOffice(actor, result), ...againstMoving(resultLife, result.state, action)]
}
