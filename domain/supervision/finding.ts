import { type Actor, againstOffice, type OfSchool } from '#domain/base/actor.ts'
import { againstMoving } from '#domain/base/lifecycle.ts'
import { type FindingAction, type FindingState, findingLife } from '#domain/supervision/findingLife.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { stampOf } from '#domain/base/stamp.ts'
import { againstOverseeing, againstSchool } from '#domain/supervision/overseeing.ts'

export const severities = ['即改', '限期', '长期'] as const

/** What stood on the screen of a finding when somebody took the next step (rule 16). */
export const findingStamp = (finding: {
  state: FindingState
  preliminary: string
  reply: string
  opinion: string
}): string => stampOf([finding.state, finding.preliminary, finding.reply, finding.opinion])

export function againstMovingFinding(
  actor: Actor,
  finding: OfSchool & { state: FindingState },
  action: FindingAction,
): Refusal[] {
  const state = againstMoving(findingLife, finding.state, action)
  if (action === 'reply') return [...againstSchool(actor, finding), ...state]
  if (action === 'send') return [...againstOverseeing(actor, finding), ...state]
  return [...againstOffice(actor, finding), ...state]
}

/** The office's override: a school that does not reply must not keep its finding open for ever. */
export function againstAmendingFinding(actor: Actor, finding: OfSchool & { state: FindingState }): Refusal[] {
  const open =
    finding.state === 'preliminary' ? [] : [refusal('notInThisState', '只有等学校回复的问题，才能不等回复继续办理。')]
  return [...againstOffice(actor, finding), ...open]
}

/** What stands where the reply would when the office goes on without one. */
export const silentReply = (reason: string): string => `（学校没有回复。局党工委办说明：${reason}）`
