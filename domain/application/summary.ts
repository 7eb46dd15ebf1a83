import { type Actor, againstOffice, againstSigning, type OfSchool } from '#domain/base/actor.ts'
import { againstMoving } from '#domain/base/lifecycle.ts'
import type { CycleState } from '#domain/year/cycleLife.ts'
import { type SummaryAction, type SummaryState, summaryLife } from '#domain/application/summaryLife.ts'
import { againstBlank, type Refusal, refusal } from '#domain/base/refusal.ts'

export interface SummarySubject extends OfSchool {
  state: SummaryState
  achievements: string
  problems: string
  nextSteps: string
}

const SHORTEST_ACHIEVEMENTS = 100

/** Why a summary cannot be moved, every reason at once. Completeness counts only for signing. */
export function againstMovingSummary(actor: Actor, summary: SummarySubject, action: SummaryAction): Refusal[] {
  const who = action === 'sign' ? againstSigning(actor, summary) : againstOffice(actor, summary)
  const state = againstMoving(summaryLife, summary.state, action)
  return [...who, ...state, ...(action === 'sign' && state.length === 0 ? againstThinSummary(summary) : [])]
}

function againstThinSummary(summary: SummarySubject): Refusal[] {
  const blank = againstBlank({
    achievements: { label: '主要做法与成效', value: summary.achievements },
    problems: { label: '存在的问题', value: summary.problems },
    nextSteps: { label: '下一步打算', value: summary.nextSteps },
  })
  const length = [...summary.achievements.trim()].length
  if (length > 0 && length < SHORTEST_ACHIEVEMENTS)
    blank.push(
      refusal('incomplete', `“主要做法与成效”只有 ${length} 个字，请写到 ${SHORTEST_ACHIEVEMENTS} 字以上。`, {
        field: 'achievements',
      }),
    )
  return blank
}

/** A summary is begun while its year is open. */
export function againstBeginning(cycle: { title: string; state: CycleState } | undefined): Refusal[] {
  if (!cycle) return [refusal('windowClosed', '局党工委办还没有建立年度，请等通知。')]
  if (cycle.state === 'draft') return [refusal('cycleClosed', `${cycle.title}还没有开启，暂不能写总结。`)]
  return cycle.state === 'closed' ? [refusal('cycleClosed', `${cycle.title}没有写总结，年度已经结束。`)] : []
}

/** What is signed is not written over; the office returns it first. */
export const againstEditingSummary = (state: SummaryState): Refusal[] =>
  state === 'draft' ? [] : [refusal('notInThisState', '总结已经签报，不能再改；如需修改，请联系局党工委办退回。')]

/** What an application was made of stays as it is; the application comes back first. */
export const againstApplied = (application: { id: string } | undefined): Refusal[] =>
  application
    ? [
        refusal('notInThisState', '学校已用这份总结提交申报。请先把申报退回，再退回总结。', {
          href: `/console/applications/${application.id}`,
        }),
      ]
    : []
