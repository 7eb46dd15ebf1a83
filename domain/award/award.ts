import { type Actor, againstOffice } from '#domain/base/actor.ts'
import { dateInWords, shanghaiDate } from '#domain/base/calendar.ts'
import { againstMoving } from '#domain/base/lifecycle.ts'
import { type AwardAction, awardLife, type AwardState } from '#domain/award/awardLife.ts'
import {
  type RecommendationAction,
  recommendationLife,
  type RecommendationState,
} from '#domain/award/recommendationLife.ts'
import type { NoticeState } from '#domain/award/noticeLife.ts'
import { resultLife, type ResultState } from '#domain/review/resultLife.ts'
import { againstSecond } from '#domain/award/objection.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { quoted } from '#domain/base/text.ts'

/** The one fact of an award: it was made public and is not taken back. Whether its years are over is a second question. */
export const isHeld = (award: { state: AwardState }): boolean => award.state === 'conferred'

/** Held today: made public, not taken back, not past its last day. */
export const isValid = (award: { state: AwardState; validUntil: string | null }, today: string): boolean =>
  isHeld(award) && (award.validUntil === null || today <= award.validUntil)

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
  if (counts.applicants === 0) return { most: 0, reason: '本年度还没有学校申报，没有名额。' }
  const byApplicants = Math.floor((counts.applicants * shares.applicants) / 100)
  const bySchools = Math.floor((counts.schools * shares.schools) / 100)
  const most = Math.max(1, Math.min(byApplicants, bySchools))
  return {
    most,
    reason: `申报 ${counts.applicants} 所的 ${shares.applicants}%（${byApplicants} 所）与全部 ${counts.schools} 所的 ${shares.schools}%（${bySchools} 所）取少者，至少 1 所，即最多 ${most} 所。`,
  }
}

export interface Candidate {
  applicationId: string
  schoolName: string
  place: number
}

export interface Deciding {
  bureauId: string
  resultState: ResultState
  quota: Quota
  grades: readonly string[]
  /** Ranked applications of the year that hold nothing yet; only these can be named. */
  ranked: readonly Candidate[]
  chosen: readonly { applicationId: string; grade: string }[]
  /** Awards of the year that stand already: a later decision only adds to them. */
  held: number
  /** Schools with an open breach of a precondition, by name. */
  breached: readonly string[]
  /** Whether places decide at all: not in a year that only shows results. */
  graded: boolean
  heldOn: string
  today: string
  /** The day on which the result was sealed. */
  sealedOn: string | null
  skipReason: string
}

/** Schools that were left out although a school behind them was chosen; one with an open breach cannot be chosen. */
export function skippedBy(facts: Pick<Deciding, 'ranked' | 'chosen' | 'breached' | 'graded'>): Candidate[] {
  if (!facts.graded) return []
  const chosen = new Set(facts.chosen.map((one) => one.applicationId))
  const last = Math.max(0, ...facts.ranked.filter((one) => chosen.has(one.applicationId)).map((one) => one.place))
  return facts.ranked.filter(
    (one) => one.place < last && !chosen.has(one.applicationId) && !facts.breached.includes(one.schoolName),
  )
}

/** Why the deciding meeting's choice cannot be recorded, every reason at once. */
export function againstDeciding(actor: Actor, facts: Deciding): Refusal[] {
  const reasons = [...againstOffice(actor, facts), ...againstMoving(resultLife, facts.resultState, 'decide')]
  const wrong = (message: string, field = 'grades') => reasons.push(refusal('invalid', message, { field }))
  const left = facts.quota.most - facts.held
  if (facts.chosen.length === 0 && facts.held === 0)
    reasons.push(refusal('incomplete', '请至少选出一所学校。', { field: 'grades' }))
  if (facts.chosen.length > left)
    wrong(
      facts.held > 0
        ? `选了 ${facts.chosen.length} 所，已公布的有 ${facts.held} 所，超过名额。${facts.quota.reason}`
        : `选了 ${facts.chosen.length} 所，超过名额。${facts.quota.reason}`,
    )
  const ids = facts.chosen.map((one) => one.applicationId)
  if (new Set(ids).size !== ids.length) wrong('同一所学校选了两次，请核对。')
  const strangers = ids.filter((id) => !facts.ranked.some((one) => one.applicationId === id)).length
  if (strangers > 0) wrong(`有 ${strangers} 所没有完成评审或者已经公布，不能选。`)
  const breached = facts.ranked.filter(
    (one) => ids.includes(one.applicationId) && facts.breached.includes(one.schoolName),
  )
  if (breached.length > 0)
    wrong(`${breached.map((one) => one.schoolName).join('、')}登记有资格前置情形，解除以前不能入选。`)
  if (facts.graded && facts.chosen.some((one) => !facts.grades.includes(one.grade)))
    wrong(`等次只能是：${facts.grades.join('、')}。`)
  if (facts.heldOn > facts.today) wrong('会议日期不能晚于今天。', 'heldOn')
  if (facts.sealedOn !== null && facts.heldOn < facts.sealedOn)
    wrong(`评审结果是${dateInWords(facts.sealedOn)}封存的，审定会议不能早于这一天。`, 'heldOn')
  const skipped = skippedBy(facts)
  if (skipped.length > 0 && facts.skipReason.trim() === '')
    reasons.push(
      refusal(
        'reasonMissing',
        `没有按名次选：${skipped.map((one) => one.schoolName).join('、')}名次在前而没有入选。请写明理由。`,
        { field: 'skipReason' },
      ),
    )
  return reasons
}

/** The day, in Shanghai, on which a result was sealed. */
export const sealedDay = (sealedAt: string | null): string | null => (sealedAt === null ? null : shanghaiDate(sealedAt))

/** Told before anything is chosen: only a sealed result is decided on. */
export const againstDecidingYet = (result: ResultState | undefined): Refusal[] =>
  result === 'sealed'
    ? []
    : [refusal('notInThisState', '评审结果封存后才能登记审定决定。', { href: '/console/ranking' })]

export function againstReopening(
  actor: Actor,
  result: { bureauId: string; state: ResultState } | undefined,
): Refusal[] {
  if (!result) return [refusal('notInThisState')]
  return [...againstOffice(actor, result), ...againstMoving(resultLife, result.state, 'reopen')]
}

export interface DecisionSubject {
  bureauId: string
  decidedBy: string | null
  confirmedAt: string | null
  supersededAt: string | null
}

/**
 * A decision counts outside only after a second person has held it against the minutes (rule 19). Where nobody else can, whoever
 * recorded it confirms it with a reason that stays on record.
 */
export function againstConfirmingDecision(actor: Actor, decision: DecisionSubject, others: number): Refusal[] {
  if (decision.supersededAt !== null) return [refusal('notInThisState', '这次审定已由后来的审定接替，不用再核对。')]
  if (decision.confirmedAt !== null) return [refusal('stateChanged', '这次审定已经有人核对确认。')]
  const { bureauId, decidedBy: askedBy } = decision
  const second = againstSecond(actor, { bureauId, askedBy })
  return others === 0 && second.every((one) => one.code === 'sameDoer') ? [] : second
}

/** Nothing of a decision is made public before its second person. */
export const againstUnconfirmed = (decision: { confirmedAt: string | null } | undefined): Refusal[] =>
  decision && decision.confirmedAt === null
    ? [
        refusal('incomplete', '审定决定还没有由另一人对照会议纪要核对确认，确认以后才能发布公示。', {
          href: '/console/revocations',
        }),
      ]
    : []

export interface Reopened {
  notice: { title: string; state: NoticeState } | undefined
  /** Names that fall back, conferred ones that stay, schools that were told they were not chosen. */
  falling: readonly string[]
  held: number
  told: number
  openObjections: number
}

/** What taking the decision up again sets in motion, told before it is done. */
export function knockOnOf(facts: Reopened): string[] {
  const { notice, falling } = facts
  return [
    ...(notice?.state === 'draft' ? [`起草中的公示${quoted(notice.title)}作废，以后从新的审定重新起草。`] : []),
    ...(notice?.state === 'posted' || notice?.state === 'ended'
      ? [`公示${quoted(notice.title)}标明“已被替代”和理由，仍然可以查看；新的审定要重新公示满期限。`]
      : []),
    ...(falling.length > 0 ? [`${falling.join('、')}（${falling.length} 所）退回待审定，可以重新选。`] : []),
    ...(facts.held > 0
      ? [`已公布的 ${facts.held} 所不受影响；要取消其中一所，请用“撤销”。新的审定只能在剩下的名额里增补。`]
      : []),
    ...(facts.told > 0 ? [`已经知道“未入选”的 ${facts.told} 所恢复为“评审完成”，新的结果公布时再告知。`] : []),
    ...(facts.openObjections > 0 ? [`还没有答复的 ${facts.openObjections} 件异议仍要办完。`] : []),
    '要改评分的，更正审定以后在“评审结果”页更正结果、重新计算和封存，再登记新的审定。',
  ]
}

function againstMovingAward(
  actor: Actor,
  award: { bureauId: string; state: AwardState },
  action: AwardAction,
): Refusal[] {
  return [...againstOffice(actor, award), ...againstMoving(awardLife, award.state, action)]
}

export type RevocationKind = 'revoke' | 'restore'
export type RevocationOutcome = 'asked' | 'confirmed' | 'dropped'

export interface RevocationSubject {
  bureauId: string
  state: AwardState
  validUntil: string | null
  /** The wish to revoke or to restore that waits for its second person. */
  asked: { kind: RevocationKind; askedBy: string } | undefined
}

/** Asking to revoke, or to take a revocation back while the award would still be valid. */
export function againstAskingRevocation(
  actor: Actor,
  award: RevocationSubject & { certificateNumber: string | null; graded: boolean },
  kind: RevocationKind,
  today: string,
): Refusal[] {
  const reasons = againstMovingAward(actor, award, kind)
  if (award.asked) reasons.push(refusal('alreadyExists', '已经有人提出，等另一人确认。'))
  if (kind === 'restore' && award.state === 'revoked') {
    if (award.graded && award.certificateNumber === null)
      reasons.push(refusal('notInThisState', '公布以前撤下的，请用“更正审定”重新选。'))
    if (award.validUntil !== null && today > award.validUntil)
      reasons.push(refusal('windowClosed', `有效期已于${dateInWords(award.validUntil)}届满，不能再恢复。`))
  }
  return reasons
}

/** A school that comes back must find its place free: it may have been filled meanwhile. */
export const againstRestoring = (schoolId: string, held: readonly { schoolId: string }[], quota: Quota): Refusal[] => [
  ...(held.length >= quota.most ? [refusal('invalid', `名额已经补满，不能恢复。${quota.reason}`)] : []),
  ...(held.some((one) => one.schoolId === schoolId)
    ? [refusal('alreadyExists', '这所学校已经另外入选，不用恢复。')]
    : []),
]

/** Whoever recorded a decision confirms it alone only with a word why there was nobody else (rule 19). */
export const againstMerging = (merged: boolean, reason: string): Refusal[] =>
  merged && reason.trim() === ''
    ? [refusal('reasonMissing', '登记和确认是同一人，请写明为什么没有另一人核对。', { field: 'reason' })]
    : []

/** Upward goes a share of what was made public, at least one to each level (rule 15). */
export function againstShare(counts: { awarded: number; selected: number }, share: number): Refusal[] {
  const most = Math.max(1, Math.floor((counts.awarded * share) / 100))
  return counts.selected < most
    ? []
    : [refusal('invalid', `向同一级最多推荐 ${most} 所（已公布的 ${share}%），名额已用完。`)]
}

const noteWanted: Partial<Record<RecommendationAction, string>> = {
  return: '请写明上级退回的理由。',
  withdraw: '请写明撤回推荐的理由。',
  retract: '请写明撤回结果登记的理由。',
}

export function againstMissingNote(action: RecommendationAction, note: string): Refusal[] {
  const why = noteWanted[action]
  return why && note === '' ? [refusal('reasonMissing', why, { field: 'note' })] : []
}

/** Rule 19: the second person confirms; whoever asked may only drop the wish. */
export function againstConfirmingRevocation(actor: Actor, award: RevocationSubject): Refusal[] {
  if (!award.asked) return [...againstOffice(actor, award), refusal('notInThisState', '没有等待确认的撤销。')]
  const { kind, askedBy } = award.asked
  return [
    ...againstSecond(actor, { bureauId: award.bureauId, askedBy }),
    ...againstMoving(awardLife, award.state, kind),
  ]
}

export function againstMovingRecommendation(
  actor: Actor,
  recommendation: { bureauId: string; state: RecommendationState; awardState: AwardState },
  action: RecommendationAction,
): Refusal[] {
  const reasons = [
    ...againstOffice(actor, recommendation),
    ...againstMoving(recommendationLife, recommendation.state, action),
  ]
  // What the upper level answers is written down all the same; only nothing is sent there any more.
  if (!isHeld({ state: recommendation.awardState }) && (action === 'package' || action === 'send'))
    reasons.push(refusal('notInThisState', '这所学校的入选已经撤销，不能再上报。'))
  return reasons
}

/** A certificate bears a day after the notice and never one to come. */
export function againstConferralDate(
  conferredOn: string,
  facts: { today: string; noticeEnds: string | null; label: string },
): Refusal[] {
  const wrong = (words: string) => [refusal('invalid', words, { field: 'conferredOn' })]
  if (facts.noticeEnds !== null && conferredOn <= facts.noticeEnds)
    return wrong(`${facts.label}应在公示截止日${dateInWords(facts.noticeEnds)}之后。`)
  return conferredOn > facts.today ? wrong(`${facts.label}不能晚于今天。`) : []
}

/** YXYP-2026-0007: consecutive within a bureau and year, never used twice. */
export const certificateNumber = (year: number, serial: number): string =>
  `YXYP-${year}-${String(serial).padStart(4, '0')}`
