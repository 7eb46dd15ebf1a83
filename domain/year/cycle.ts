import { type Actor, againstOffice } from '#domain/base/actor.ts'
import { type Calendar, dateInWords, yearMissing } from '#domain/base/calendar.ts'
import { againstMoving } from '#domain/base/lifecycle.ts'
import { cycleLife, type CycleState } from '#domain/year/cycleLife.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { quoted } from '#domain/base/text.ts'

/** What a year's rules can be set to; all lock when the cycle opens (domain rule 2 ff.). */
export interface CycleSettings {
  /** Working days that a school has to answer a comment. */
  commentDays: number
  /** Comments are shown after the office has looked at them (先审后发). */
  commentsFirstJudged: boolean
  /** Days after the activity from which a filed entry counts as late. */
  lateAfterDays: number
  /** Working days of the public notice (rule 12). */
  noticeDays: number
  /** At most this share of the applicants is awarded, in per cent (rule 15). */
  awardShareOfApplicants: number
  /** At most this share of all schools is awarded, in per cent (rule 15). */
  awardShareOfSchools: number
  /** At most this share of the awarded is recommended upward, in per cent (rule 15). */
  recommendationShare: number
  /** Years that an award stays valid. */
  awardYears: number
  /** Sheets that differ by more than this share of full marks are flagged, in per cent (rule 10). */
  disagreementShare: number
  /** Days that a school has to mend what an inspection found, unless the order says otherwise. */
  rectificationDays: number
  /** Grades of the outcome, best first. */
  grades: string[]
}

export const defaultCycleSettings: CycleSettings = {
  commentDays: 10,
  commentsFirstJudged: true,
  lateAfterDays: 30,
  noticeDays: 5,
  awardShareOfApplicants: 30,
  awardShareOfSchools: 15,
  recommendationShare: 30,
  awardYears: 3,
  disagreementShare: 15,
  rectificationDays: 30,
  grades: ['成果奖'],
}

export const outcomeKinds = {
  award: '授予成果奖',
  recognition: '认定',
  commendation: '通报表扬',
  showcase: '成果展示（不设奖）',
} as const

export type OutcomeKind = keyof typeof outcomeKinds

/** What the rules need to know of a year. */
export interface CycleFacts {
  bureauId: string
  year: number
  state: CycleState
  title: string
  basisTitle: string | null
  basisNumber: string | null
  filingNumber: string | null
  approvalNumber: string | null
  toldOn: string | null
  planUntil: string | null
  applyFrom: string
  applyUntil: string
  graceUntil: string | null
  standardId: string | null
}

// Set-up and tests act as the system, which stands in no office.
const againstOutsider = (actor: Actor, cycle: { bureauId: string }): Refusal[] =>
  actor.kind === 'system' ? [] : againstOffice(actor, cycle)

/** The settings are the office's, until the year opens. */
export function againstEditing(actor: Actor, cycle: CycleFacts): Refusal[] {
  const outside = againstOutsider(actor, cycle)
  if (outside.length > 0) return outside
  if (cycle.state === 'closed') return [refusal('cycleClosed')]
  return cycle.state === 'draft' ? [] : [refusal('cycleLocked')]
}

/** Schools were told on a day that has come, before the window closed: later there was nobody left to tell. */
export function againstToldOn(
  toldOn: string | null,
  cycle: Pick<CycleFacts, 'applyUntil' | 'graceUntil'>,
  today: string,
): Refusal[] {
  if (toldOn === null) return []
  const wrong = (words: string) => [refusal('invalid', words, { field: 'toldOn' })]
  if (toldOn > today) return wrong('告知学校的日期不能晚于今天，告知以后再填。')
  const last = lastApplyDay(cycle)
  return toldOn > last ? wrong(`告知学校应在申报截止日${dateInWords(last)}以前，请核对日期。`) : []
}

/** A number of filing or approval may arrive late, so the basis can be completed until the year is closed. */
export function againstRecordingBasis(actor: Actor, cycle: CycleFacts): Refusal[] {
  const outside = againstOutsider(actor, cycle)
  if (outside.length > 0) return outside
  return cycle.state === 'closed' ? [refusal('cycleClosed')] : []
}

/** Dates in the wrong order, each with its field. */
export function againstDates(cycle: Pick<CycleFacts, 'year' | 'planUntil' | 'applyFrom' | 'applyUntil'>): Refusal[] {
  const reasons: Refusal[] = []
  const { year, planUntil, applyFrom, applyUntil } = cycle
  if (applyFrom > applyUntil)
    reasons.push(refusal('invalid', '申报的截止日期不能早于开始日期。', { field: 'applyUntil' }))
  if (Number(applyFrom.slice(0, 4)) !== year)
    reasons.push(refusal('invalid', `申报开始日期应在 ${year} 年内。`, { field: 'applyFrom' }))
  if (Number(applyUntil.slice(0, 4)) !== year)
    reasons.push(refusal('invalid', `申报截止日期应在 ${year} 年内。`, { field: 'applyUntil' }))
  if (planUntil !== null && planUntil >= applyFrom)
    reasons.push(refusal('invalid', '创建方案的提交期限应早于申报开始日期。', { field: 'planUntil' }))
  return reasons
}

/** Everything that stands against opening a year, at once. */
export function againstOpening(
  actor: Actor,
  cycle: CycleFacts,
  facts: { openCycle: string | undefined; calendar: Calendar; today: string },
): Refusal[] {
  const outside = againstOutsider(actor, cycle)
  if (outside.length > 0) return outside
  const moving = againstMoving(cycleLife, cycle.state, 'open')
  if (moving.length > 0) return moving
  const reasons = againstDates(cycle)
  if (cycle.standardId === null)
    reasons.push(refusal('incomplete', '还没有选定评估标准。', { field: 'standardId', href: '/console/standards' }))
  if (cycle.applyUntil < facts.today)
    reasons.push(refusal('invalid', '申报时间已经过去，请改到今天以后。', { field: 'applyUntil' }))
  if (!facts.calendar.some((one) => one.year === cycle.year)) reasons.push(yearMissing(cycle.year))
  if (facts.openCycle !== undefined)
    reasons.push(
      refusal('alreadyExists', `${quoted(facts.openCycle)}还在进行中，同一时间只能有一个年度进行。请先结束它。`),
    )
  return reasons
}

/** Work that closing a year leaves as it stands; `id` holds the number too, so that what was ticked off is what was shown. */
export interface Unfinished {
  id: string
  message: string
  href: string
}

/** What is left lying is named one by one and ticked off by who closes the year; what came in meanwhile was not (rule 16). */
export const againstLeaving = (unfinished: readonly Unfinished[], ticked: readonly string[]): Refusal[] =>
  unfinished
    .filter((one) => !ticked.includes(one.id))
    .map((one) =>
      refusal('notInThisState', `还有 ${one.message}。请先办完，或者勾选它，表示这一年不再办。`, { href: one.href }),
    )

/** A year that was closed too early is opened again, with the reason; never beside another open one. */
export function againstReopening(actor: Actor, cycle: CycleFacts, openCycle: string | undefined): Refusal[] {
  const outside = againstOutsider(actor, cycle)
  if (outside.length > 0) return outside
  const moving = againstMoving(cycleLife, cycle.state, 'reopen')
  if (moving.length > 0 || openCycle === undefined) return moving
  return [refusal('alreadyExists', `${quoted(openCycle)}正在进行，同一时间只能有一个年度进行，现在不能重新开启。`)]
}

/** Only a year in preparation in which nothing has been recorded is deleted. */
export function againstDeleting(actor: Actor, cycle: CycleFacts, used: boolean): Refusal[] {
  const outside = againstOutsider(actor, cycle)
  if (outside.length > 0) return outside
  if (cycle.state !== 'draft') return [refusal('cycleLocked', '只有筹备中的年度可以删除。')]
  return used ? [refusal('notInThisState', '这个年度里已经有记录，不能删除；年份和名称可以修改。')] : []
}

/** `naming` is under way from the decision until every name is conferred or taken back; the next year would leave it stranded. */
export function againstClosing(actor: Actor, cycle: CycleFacts, facts: { today: string; naming: boolean }): Refusal[] {
  const outside = againstOutsider(actor, cycle)
  if (outside.length > 0) return outside
  const moving = againstMoving(cycleLife, cycle.state, 'close')
  if (moving.length > 0) return moving
  const last = lastApplyDay(cycle)
  const reasons: Refusal[] = []
  if (facts.today <= last)
    reasons.push(refusal('windowClosed', `申报到${dateInWords(last)}才截止，截止以后才能结束年度。`))
  if (facts.naming)
    reasons.push(
      refusal('notInThisState', '审定已经开始，还没有公示完、公布完，办完以后才能结束年度。', {
        href: '/console/naming',
      }),
    )
  return reasons
}

/** A grace period is equal for all, has a reason and only ever gives time (rule 3). */
export function againstGrace(
  actor: Actor,
  cycle: CycleFacts,
  grace: { until: string; reason: string } | undefined,
  today: string,
): Refusal[] {
  const outside = againstOutsider(actor, cycle)
  if (outside.length > 0) return outside
  if (cycle.state !== 'open')
    return [refusal('notInThisState', `年度现在是“${cycleLife.states[cycle.state]}”，进行中的年度才能宽限。`)]
  if (!grace) return []
  const reasons: Refusal[] = []
  const last = lastApplyDay(cycle)
  if (grace.until <= last)
    reasons.push(refusal('invalid', `宽限日期应晚于现在的截止日期${dateInWords(last)}。`, { field: 'until' }))
  if (grace.until < today) reasons.push(refusal('invalid', '宽限日期不能早于今天。', { field: 'until' }))
  if (Number(grace.until.slice(0, 4)) > cycle.year + 1)
    reasons.push(refusal('invalid', '宽限日期太远，请核对年份。', { field: 'until' }))
  if (grace.reason.trim() === '') reasons.push(refusal('reasonMissing', undefined, { field: 'reason' }))
  return reasons
}

/** What rule 2 asks to record first: nothing of it stops the year, each gap is warned of. */
export function warningsOf(cycle: CycleFacts): Refusal[] {
  const gaps: [keyof CycleFacts, string][] = [
    ['basisTitle', '没有填写依据文件。没有依据的活动，检查时说不清来由。'],
    ['basisNumber', '没有填写依据文件的文号。'],
    ['filingNumber', '没有填写备案号。创建示范活动须列入目录或经备案。'],
    ['approvalNumber', '没有填写批准文号。授予称号或奖项须经批准。'],
    ['toldOn', '没有填写告知学校的日期。标准和时间应在年初就让学校知道。'],
  ]
  return gaps
    .filter(([field]) => cycle[field] === null || cycle[field] === '')
    .map(([field, message]) => refusal('incomplete', message, { field }))
}

/** The last day on which an application may be submitted. */
export const lastApplyDay = (cycle: Pick<CycleFacts, 'applyUntil' | 'graceUntil'>): string =>
  cycle.graceUntil !== null && cycle.graceUntil > cycle.applyUntil ? cycle.graceUntil : cycle.applyUntil
