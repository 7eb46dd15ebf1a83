import { type Actor, againstOffice, isOffice } from '#domain/actor.ts'
import { dateInWords } from '#domain/calendar.ts'
import { againstMoving } from '#domain/lifecycle.ts'
import { type AwardAction, awardLife, type AwardState } from '#domain/lifecycles/award.ts'
import { type NoticeAction, noticeLife, type NoticeState } from '#domain/lifecycles/notice.ts'
import { type ObjectionAction, objectionLife, type ObjectionState } from '#domain/lifecycles/objection.ts'
import {
  type RecommendationAction,
  recommendationLife,
  type RecommendationState,
} from '#domain/lifecycles/recommendation.ts'
import { resultLife, type ResultState } from '#domain/lifecycles/result.ts'
import { type Refusal, refusal } from '#domain/refusal.ts'

export interface Quota {
  /** How many may be awarded at the most. */
  most: number
  /** Said to the people who decide: which limit it is and how it was counted. */
  reason: string
}

/** Rule 15: at most a share of the applicants and a share of all schools, whichever is less; parts of a school do not count. */
export function quotaOf(
  counts: { applicants: number; schools: number },
  shares: { applicants: number; schools: number },
): Quota {
  const byApplicants = Math.floor((counts.applicants * shares.applicants) / 100)
  const bySchools = Math.floor((counts.schools * shares.schools) / 100)
  const most = Math.max(1, Math.min(byApplicants, bySchools))
  return {
    most,
    reason: `申报 ${counts.applicants} 所的 ${shares.applicants}%（${byApplicants} 所）与全部 ${counts.schools} 所的 ${shares.schools}%（${bySchools} 所）取少者，至少 1 所，即至多 ${most} 所。`,
  }
}

export interface Deciding {
  bureauId: string
  resultState: ResultState
  quota: Quota
  grades: readonly string[]
  /** Ranked applications of the year; only these can be named. */
  rankedIds: readonly string[]
  chosen: readonly { applicationId: string; grade: string }[]
  /** Schools among the chosen with an open breach of a precondition, by name. */
  breached: readonly string[]
}

/** Why the deciding meeting's choice cannot be recorded, every reason at once. */
export function againstDeciding(actor: Actor, facts: Deciding): Refusal[] {
  const reasons = [...againstOffice(actor, facts), ...againstMoving(resultLife, facts.resultState, 'decide')]
  if (facts.chosen.length === 0)
    reasons.push(refusal('incomplete', '请至少选出一所拟命名的学校。', { field: 'grades' }))
  if (facts.chosen.length > facts.quota.most)
    reasons.push(
      refusal('invalid', `选了 ${facts.chosen.length} 所，超过名额。${facts.quota.reason}`, { field: 'grades' }),
    )
  const ids = facts.chosen.map((one) => one.applicationId)
  if (new Set(ids).size !== ids.length)
    reasons.push(refusal('invalid', '同一所学校选了两次，请核对。', { field: 'grades' }))
  const strangers = ids.filter((one) => !facts.rankedIds.includes(one)).length
  if (strangers > 0) reasons.push(refusal('invalid', `有 ${strangers} 所没有完成评审，不能命名。`, { field: 'grades' }))
  if (facts.breached.length > 0)
    reasons.push(
      refusal('invalid', `${facts.breached.join('、')}登记有资格前置情形，解除以前不能命名。`, { field: 'grades' }),
    )
  if (facts.chosen.some((one) => !facts.grades.includes(one.grade)))
    reasons.push(refusal('invalid', `等次只能是：${facts.grades.join('、')}。`, { field: 'grades' }))
  return reasons
}

export interface NoticeSubject {
  bureauId: string
  state: NoticeState
  endsOn: string | null
}

/** A notice ends only after its last day and with every objection answered. */
export function againstMovingNotice(
  actor: Actor,
  notice: NoticeSubject,
  action: NoticeAction,
  facts: { today: string; openObjections: number },
): Refusal[] {
  const reasons = [...againstOffice(actor, notice), ...againstMoving(noticeLife, notice.state, action)]
  if (action === 'end' && notice.state === 'posted') {
    if (notice.endsOn && facts.today <= notice.endsOn)
      reasons.push(refusal('windowClosed', `公示到${dateInWords(notice.endsOn)}为止，次日起才能结束。`))
    if (facts.openObjections > 0)
      reasons.push(
        refusal('incomplete', `还有 ${facts.openObjections} 件异议没有答复，请先办结。`, {
          href: '/console/objections',
        }),
      )
  }
  return reasons
}

export interface ObjectionSubject {
  bureauId: string
  state: ObjectionState
  handlerId: string | null
}

/** Whether the public may still object; asked again where the objection is written, for the last day may just have ended. */
export function againstObjecting(notice: Pick<NoticeSubject, 'state' | 'endsOn'>, today: string): Refusal[] {
  const open = notice.state === 'posted' && notice.endsOn !== null && today <= notice.endsOn
  return open ? [] : [refusal('windowClosed', '公示已经结束，不再接收异议。')]
}

/** The office admits, assigns and replies; only the assigned handler decides. */
export function againstMovingObjection(actor: Actor, objection: ObjectionSubject, action: ObjectionAction): Refusal[] {
  const who =
    action === 'decide'
      ? actor.personId !== null && actor.personId === objection.handlerId
        ? []
        : isOffice(actor, objection.bureauId)
          ? [refusal('roleMissing', '须由指定的核查人作出结论。')]
          : [refusal('notFound')]
      : againstOffice(actor, objection)
  return [...who, ...againstMoving(objectionLife, objection.state, action)]
}

/** Who must not check an objection: people of the school, reviewers who scored it, and whoever could not conclude it. */
export function againstHandler(facts: {
  worksThere: boolean
  reviewedIt: boolean
  ofBureau: boolean
  name: string
}): Refusal[] {
  const reasons: Refusal[] = []
  if (facts.worksThere) reasons.push(refusal('conflictOfInterest', `${facts.name}在被异议的学校任职，请换一位。`))
  if (facts.reviewedIt) reasons.push(refusal('conflictOfInterest', `${facts.name}评过这所学校，请换一位。`))
  // Said alone: a conflict is the graver reason and has its own words.
  if (!facts.ofBureau && reasons.length === 0)
    reasons.push(refusal('invalid', `${facts.name}没有机关岗位，不能办理异议，请从名单里选。`, { field: 'handlerId' }))
  return reasons
}

export function againstMovingAward(
  actor: Actor,
  award: { bureauId: string; state: AwardState },
  action: AwardAction,
): Refusal[] {
  return [...againstOffice(actor, award), ...againstMoving(awardLife, award.state, action)]
}

export function againstMovingRecommendation(
  actor: Actor,
  recommendation: { bureauId: string; state: RecommendationState; awardState: string },
  action: RecommendationAction,
): Refusal[] {
  const reasons = [
    ...againstOffice(actor, recommendation),
    ...againstMoving(recommendationLife, recommendation.state, action),
  ]
  // What the upper level answers is written down all the same; only nothing is sent there any more.
  if (recommendation.awardState === 'revoked' && (action === 'package' || action === 'send'))
    reasons.push(refusal('notInThisState', '这所学校的命名已经撤销，不能再成册上报。'))
  return reasons
}

/** A certificate bears a day after the notice and never one to come. */
export function againstConferralDate(
  conferredOn: string,
  facts: { today: string; noticeEnds: string | null },
): Refusal[] {
  const wrong = (words: string) => [refusal('invalid', words, { field: 'conferredOn' })]
  if (facts.noticeEnds !== null && conferredOn <= facts.noticeEnds)
    return wrong(`授予日期应在公示截止日${dateInWords(facts.noticeEnds)}之后。`)
  return conferredOn > facts.today ? wrong('授予日期不能晚于今天。') : []
}

/** YXYP-2026-0007: consecutive within a bureau and year, never used twice. */
export const certificateNumber = (year: number, serial: number): string =>
  `YXYP-${year}-${String(serial).padStart(4, '0')}`
