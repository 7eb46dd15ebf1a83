import { type Actor, againstOffice, againstSigning, type OfSchool } from '#domain/base/actor.ts'
import { dateInWords } from '#domain/base/calendar.ts'
import type { EligibilityItem } from '#domain/application/eligibility.ts'
import { againstMoving } from '#domain/base/lifecycle.ts'
import { type ApplicationAction, applicationLife, type ApplicationState } from '#domain/application/applicationLife.ts'
import type { CycleState } from '#domain/year/cycleLife.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'

/** An application cites at most this many entries (rule 5). */
export const ENTRIES_AT_MOST = 10
const SHORTEST_HIGHLIGHTS = 50

export interface ApplicationSubject extends OfSchool {
  state: ApplicationState
  highlights: string
  entryIds: readonly string[]
}

export interface ApplicationWindow {
  applyFrom: string
  applyUntil: string
  graceUntil: string | null
  state: CycleState
  /** The school's own last day, given with the return of what it had submitted in time. */
  completeUntil?: string | null
}

/** The last day on which this school may submit. */
export function lastDayFor(window: Omit<ApplicationWindow, 'state'>): string {
  const last = window.graceUntil ?? window.applyUntil
  return (window.completeUntil ?? '') > last ? String(window.completeUntil) : last
}

/** The window closes by the server's date in Shanghai; a grace period is explicit and equal for all (rule 3). */
export function againstWindow(window: ApplicationWindow, today: string): Refusal[] {
  if (window.state !== 'open') return [refusal('windowClosed', '本年度没有开启，暂不能申报。')]
  if (today < window.applyFrom) return [refusal('windowClosed', `申报从${dateInWords(window.applyFrom)}开始。`)]
  const last = lastDayFor(window)
  if (today > last) return [refusal('windowClosed', `申报已于${dateInWords(last)}截止，草稿为您保留，但不能再提交。`)]
  return []
}

/** An application may be drafted before its window opens, but not before its year. */
export const againstStarting = (cycle: { state: CycleState } | undefined): Refusal[] =>
  cycle?.state === 'open' ? [] : [refusal('windowClosed', '本年度没有开启，暂不能申报。')]

/** What was submitted is fixed. */
export const againstEditing = (state: ApplicationState): Refusal[] =>
  state === 'draft' ? [] : [refusal('notInThisState', '申报已经提交，内容已固定，不能再改。')]

export interface Submitting {
  window: ApplicationWindow
  eligibility: readonly EligibilityItem[]
  today: string
  /** Chosen entries that are no longer filed entries of this school and year. */
  missingEntries: number
}

export function againstSubmitting(actor: Actor, application: ApplicationSubject, facts: Submitting): Refusal[] {
  const who = againstSigning(actor, application)
  const state = againstMoving(applicationLife, application.state, 'submit')
  if (state.length > 0) return [...who, ...state]
  return [...who, ...againstWindow(facts.window, facts.today), ...againstContent(application, facts)]
}

function againstContent(application: ApplicationSubject, facts: Submitting): Refusal[] {
  const reasons: Refusal[] = facts.eligibility
    .filter((item) => !item.met)
    .map((item) => refusal('notEligible', `${item.label}：${item.detail}`, item.mendAt ? { href: item.mendAt } : {}))
  const length = [...application.highlights.trim()].length
  if (length < SHORTEST_HIGHLIGHTS)
    reasons.push(
      refusal('incomplete', `“亮点说明”请写 ${SHORTEST_HIGHLIGHTS} 字以上，现在有 ${length} 字。`, {
        field: 'highlights',
      }),
    )
  if (application.entryIds.length === 0)
    reasons.push(refusal('incomplete', '请从台账里选出 1 到 10 条最能说明问题的条目。', { field: 'entryIds' }))
  if (facts.missingEntries > 0)
    reasons.push(
      refusal('invalid', `选中的台账有 ${facts.missingEntries} 条已不可用，请重新选择。`, { field: 'entryIds' }),
    )
  return reasons
}

/** What waited for the bureau did not keep the school from applying; the bureau does it before it admits. */
export function againstAdmitting(eligibility: readonly EligibilityItem[]): Refusal[] {
  return eligibility
    .filter((item) => item.waits || (!item.met && (item.code === 'plan' || item.code === 'summary')))
    .map((item) => refusal('notInThisState', `受理以前，请先办完：${item.label}。${item.detail}`))
}

/** A return after the window would shut the school out for ever: it carries its own date, which nobody can have missed already. */
export function againstReturning(window: ApplicationWindow, until: string | undefined, today: string): Refusal[] {
  const last = window.graceUntil ?? window.applyUntil
  if (until === undefined)
    return today > last
      ? [
          refusal(
            'incomplete',
            `申报已于${dateInWords(last)}截止。请给这所学校定一个补充材料的最后日期，否则学校不能再提交。`,
            { field: 'until' },
          ),
        ]
      : []
  if (until < today) return [refusal('invalid', '补充材料的最后日期不能早于今天。', { field: 'until' })]
  if (until <= last)
    return [
      refusal('invalid', `申报到${dateInWords(last)}才截止，补充日期请定在这以后，或者不填。`, { field: 'until' }),
    ]
  return []
}

/** Everything after submitting is the office's to decide, but withdrawing, which is the secretary's. */
export function againstMovingApplication(
  actor: Actor,
  application: OfSchool & { state: ApplicationState },
  action: Exclude<ApplicationAction, 'submit'>,
): Refusal[] {
  const who = action === 'withdraw' ? againstSigning(actor, application) : againstOffice(actor, application)
  return [...who, ...againstMoving(applicationLife, application.state, action)]
}
