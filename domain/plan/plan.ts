import {
  type Actor,
  againstDrafting,
  againstOffice,
  againstSigning as againstSigningAs,
  type OfSchool,
} from '#domain/base/actor.ts'
import { addDays } from '#domain/base/calendar.ts'
import { diagnosisAreas, missingOfPlan, type PlanContent } from '#domain/plan/completeness.ts'
import { againstMoving } from '#domain/base/lifecycle.ts'
import { type CycleState, cycleLife } from '#domain/year/cycleLife.ts'
import { planLife, type PlanState } from '#domain/plan/planLife.ts'
import { type PromiseAction, promiseLife, type PromiseState } from '#domain/plan/promiseLife.ts'
import { pillarLabels } from '#domain/base/pillar.ts'
import { againstBlank, type Refusal, refusal } from '#domain/base/refusal.ts'
import { quoted } from '#domain/base/text.ts'

/** One version of a school's plan, as far as the rules need it. */
export interface PlanFacts extends OfSchool {
  state: PlanState
  cycleState: CycleState
}

const againstClosedYear = (plan: { cycleState: CycleState }): Refusal[] =>
  plan.cycleState === 'open'
    ? []
    : [refusal('cycleClosed', `年度${cycleLife.states[plan.cycleState]}，现在不能办理创建方案。`)]

const againstNoReason = (reason: string): Refusal[] => (reason.trim() === '' ? [refusal('reasonMissing')] : [])

export function againstStarting(actor: Actor, school: OfSchool & { cycleState: CycleState }): Refusal[] {
  return [...againstDrafting(actor, school), ...againstClosedYear(school)]
}

export function againstEditing(actor: Actor, plan: PlanFacts): Refusal[] {
  const state =
    plan.state === 'draft'
      ? []
      : [refusal('notInThisState', `方案现在是“${planLife.states[plan.state]}”，只有“起草中”可以修改。`)]
  return [...againstDrafting(actor, plan), ...state, ...againstClosedYear(plan)]
}

/** The version that the school works by and that visitors may comment on. */
export const isInForce = (plan: { state: PlanState; cycleState: CycleState }): boolean =>
  plan.state === 'published' && plan.cycleState === 'open'

/** Everything that stands between a draft and the secretary's signature, brand included (M1). */
export function againstSigning(
  actor: Actor,
  plan: PlanFacts,
  content: PlanContent,
  brandGaps: readonly Refusal[],
): Refusal[] {
  const missing = missingOfPlan(content).map((one) => refusal('incomplete', one.message, { field: one.field }))
  return [
    ...againstSigningAs(actor, plan),
    ...againstMoving(planLife, plan.state, 'sign'),
    ...againstClosedYear(plan),
    ...missing,
    ...brandGaps,
  ]
}

export function againstJudging(actor: Actor, plan: PlanFacts, action: 'return' | 'accept'): Refusal[] {
  return [...againstOffice(actor, plan), ...againstMoving(planLife, plan.state, action), ...againstClosedYear(plan)]
}

export function againstReturning(actor: Actor, plan: PlanFacts, reason: string): Refusal[] {
  return [...againstJudging(actor, plan, 'return'), ...againstNoReason(reason)]
}

export function againstPublishing(actor: Actor, plan: PlanFacts): Refusal[] {
  return [
    ...againstDrafting(actor, plan),
    ...againstMoving(planLife, plan.state, 'publish'),
    ...againstClosedYear(plan),
  ]
}

/** A newer version that is still on its way must be finished before another one begins. */
export function againstRevising(actor: Actor, plan: PlanFacts, newest: boolean): Refusal[] {
  const state =
    plan.state === 'published'
      ? []
      : [refusal('notInThisState', `方案现在是“${planLife.states[plan.state]}”，只有“已公布”的方案可以修订。`)]
  const beside = newest ? [] : [refusal('alreadyExists', '已经有新一版正在办理，请在那一版里修改。')]
  return [...againstDrafting(actor, plan), ...state, ...beside, ...againstClosedYear(plan)]
}

/** The one override: what was signed or accepted goes back to draft by the office, with a written reason. */
export function againstAmending(actor: Actor, plan: PlanFacts): Refusal[] {
  const state =
    plan.state === 'submitted' || plan.state === 'accepted'
      ? []
      : [refusal('notInThisState', `方案现在是“${planLife.states[plan.state]}”，不能改回起草。`)]
  return [...againstOffice(actor, plan), ...state, ...againstClosedYear(plan)]
}

/** Progress and spending are written on the plan that is in force. */
export function againstTracking(actor: Actor, plan: PlanFacts): Refusal[] {
  const state =
    plan.state === 'published' ? [] : [refusal('notInThisState', '方案公布以后才能登记进度、支出和承诺办理情况。')]
  return [...againstDrafting(actor, plan), ...state, ...againstClosedYear(plan)]
}

export function againstDeciding(
  actor: Actor,
  plan: PlanFacts,
  promise: { state: PromiseState; action: PromiseAction },
): Refusal[] {
  return [...againstTracking(actor, plan), ...againstMoving(promiseLife, promise.state, promise.action)]
}

export function againstBadProgress(progress: { progress: number; doneOn: string | null }, today: string): Refusal[] {
  const { doneOn } = progress
  if (doneOn === null) return []
  return [
    ...(doneOn > today ? [refusal('invalid', '完成日期不能晚于今天。', { field: 'doneOn' })] : []),
    ...(progress.progress < 100 ? [refusal('invalid', '填了完成日期，进度应为 100。', { field: 'progress' })] : []),
  ]
}

export function againstBadDates(tasks: readonly { startsOn: string | null; dueOn: string | null }[]): Refusal[] {
  return tasks.flatMap((task, index) =>
    task.startsOn && task.dueOn && task.startsOn > task.dueOn
      ? [refusal('invalid', `第 ${index + 1} 项任务的开始日期晚于完成时限。`, { field: `tasks.${index}.dueOn` })]
      : [],
  )
}

/** Spending and decided promises are on record: a new version may reword them but not drop them. */
export function againstDropping(
  recorded: {
    budgetLines: readonly { id: string; item: string; spentFen: number }[]
    promises: readonly { id: string; content: string; state: PromiseState }[]
  },
  kept: { budgetLines: readonly { id?: string | undefined }[]; promises: readonly { id?: string | undefined }[] },
): Refusal[] {
  const gone = <Row extends { id: string }>(rows: readonly Row[], stay: readonly { id?: string | undefined }[]) =>
    rows.filter((row) => !stay.some((one) => one.id === row.id))
  return [
    ...gone(recorded.budgetLines, kept.budgetLines)
      .filter((line) => line.spentFen > 0)
      .map((line) =>
        refusal(
          'invalid',
          `预算${quoted(line.item)}已经登记支出，不能删去，可以改用途、金额和说明。请重新打开编辑页。`,
        ),
      ),
    ...gone(recorded.promises, kept.promises)
      .filter((promise) => promise.state !== 'open')
      .map((promise) =>
        refusal('invalid', `承诺${quoted(promise.content)}已经登记办理结果，不能删去。请重新打开编辑页。`),
      ),
  ]
}

export const againstBlankReason = (reason: string): Refusal[] =>
  againstBlank({ reason: { label: '理由', value: reason } })

/** What last year's plan gives to this year's: the same words, dates moved on by as many years. */
export function movedOn(date: string | null, years: number): string | null {
  if (date === null) return null
  const moved = `${Number(date.slice(0, 4)) + years}${date.slice(4)}`
  // 29 February has no successor in a common year.
  return date.endsWith('-02-29') ? addDays(moved.replace('-02-29', '-02-28'), 0) : moved
}

/** Yuan as typed, to fen; nothing when it is not an amount. */
export function fenOf(typed: string): number | undefined {
  const text = typed.normalize('NFKC').replace(/[,\s元¥]/g, '')
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text)
  if (!match) return undefined
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

interface Comparable extends Omit<PlanContent, 'tasks'> {
  commitment: string
  tasks: readonly (PlanContent['tasks'][number] & { startsOn: string | null })[]
}

export interface Difference {
  label: string
  before: string
  after: string
}

/** What is new in this version against the one before, field by field. */
export function differences(before: Comparable, after: Comparable): Difference[] {
  const one = flat(before)
  const other = flat(after)
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((label) => {
    const [was, is] = [one.get(label) ?? '', other.get(label) ?? '']
    return was === is ? [] : [{ label, before: was, after: is }]
  })
}

function flat(plan: Comparable): Map<string, string> {
  const fields = new Map<string, string>()
  for (const [area, label] of Object.entries(diagnosisAreas) as [keyof typeof diagnosisAreas, string][]) {
    fields.set(`${label}·亮点`, plan.diagnosis[area].highlights)
    fields.set(`${label}·薄弱环节`, plan.diagnosis[area].weakPoints)
  }
  fields.set('切入点', plan.entryPoint)
  fields.set('年度目标', plan.goals)
  fields.set('承诺书', plan.commitment)
  for (const task of plan.tasks) {
    const pillar = Object.entries(pillarLabels).find(([key]) => key === task.pillar)?.[1] ?? ''
    const dates = [task.startsOn, task.dueOn].filter(Boolean).join(' 至 ')
    fields.set(
      `任务（${pillar}）${task.content}`,
      [task.measure, task.ownerName, dates, task.expectedResult].filter(Boolean).join('；'),
    )
  }
  for (const line of plan.budgetLines) fields.set(`预算·${line.item}`, `${(line.amountFen / 100).toFixed(2)} 元`)
  fields.set('不列预算的理由', plan.noBudgetReason)
  plan.promises.forEach((promise, index) => fields.set(`承诺 ${index + 1}`, promise.content))
  return fields
}
