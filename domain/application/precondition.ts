import { type Actor, againstOffice } from '#domain/base/actor.ts'
import type { CycleState } from '#domain/year/cycleLife.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'

/** What bars a school from applying in a year (rule 4); a short list that the bureau confirms, never a suspicion. */
export const breachLabels = {
  discipline: '领导班子成员严重违纪违法',
  safety: '发生重大安全责任事故',
  ethics: '查实严重师德问题',
  unlawful: '严重违规招生、收费或办学',
  other: '其他经认定的情形',
} as const
export type BreachKind = keyof typeof breachLabels

export interface Breach {
  kind: BreachKind
  detail: string
}

/** As the school reads it in its list of conditions, which puts the full stop. */
export const breachInWords = ({ kind, detail }: Breach): string =>
  `${breachLabels[kind]}：${detail.replace(/。+$/, '')}`

export function againstRecordingBreach(
  actor: Actor,
  school: { bureauId: string; retiredAt: string | null },
  cycle: { state: CycleState } | undefined,
): Refusal[] {
  const reasons = againstOffice(actor, school)
  if (school.retiredAt !== null) reasons.push(refusal('notInThisState', '学校已经撤并，不用登记。'))
  if (cycle?.state !== 'open') reasons.push(refusal('windowClosed', '没有进行中的年度，不能登记。'))
  return reasons
}

export function againstLiftingBreach(actor: Actor, breach: { bureauId: string; liftedAt: string | null }): Refusal[] {
  const done = breach.liftedAt === null ? [] : [refusal('notInThisState', '这一条已经解除。')]
  return [...againstOffice(actor, breach), ...done]
}
