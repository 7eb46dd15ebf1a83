import { type Actor, againstOffice, isOffice, type OfSchool } from '#domain/base/actor.ts'
import { againstMoving } from '#domain/base/lifecycle.ts'
import { type FindingAction, type FindingState, findingLife } from '#domain/supervision/findingLife.ts'
import { type InspectionAction, type InspectionState, inspectionLife } from '#domain/supervision/inspectionLife.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { stampOf } from '#domain/base/stamp.ts'
import { againstOverseeing, againstSchool } from '#domain/supervision/rectification.ts'

export const visitKinds = ['到校', '座谈', '听课', '参加党日', '线上'] as const
/** For each item of a round what the inspectors wrote, the same words counted together; what one school alone has is among the others. */
export function tallyOf(
  checklist: readonly string[],
  schools: readonly { inspectedOn: string | null; answers: readonly string[] }[],
) {
  return checklist.map((item, at) => {
    const counts = new Map<string, number>()
    for (const one of schools) {
      const answer = one.inspectedOn === null ? '' : (one.answers[at] ?? '').trim()
      if (answer !== '') counts.set(answer, (counts.get(answer) ?? 0) + 1)
    }
    const all = [...counts].map(([answer, count]) => ({ answer, count })).toSorted((a, b) => b.count - a.count)
    const answers = all.filter((one) => one.count > 1 || [...one.answer].length <= SHORT).slice(0, MOST)
    const written = all.reduce((sum, one) => sum + one.count, 0)
    return { item, written, answers, others: written - answers.reduce((sum, one) => sum + one.count, 0) }
  })
}

/** Words that are counted even where one school alone has them: 是, 否, 基本符合. */
const SHORT = 6
/** Different answers that one line names. */
const MOST = 5

/** What stood on the screen of a finding when somebody took the next step (rule 16). */
export const findingStamp = (finding: {
  state: FindingState
  preliminary: string
  reply: string
  opinion: string
}): string => stampOf([finding.state, finding.preliminary, finding.reply, finding.opinion])

export interface Visitor {
  personId: string
  name: string
}

/** The office writes down what others of the bureau saw, a leader who has no time for it above all; it counts for the visitor. */
export function againstVisitor(
  actor: Actor,
  school: { bureauId: string },
  visitors: readonly Visitor[],
  personId: string,
): Refusal[] {
  if (!isOffice(actor, school.bureauId)) return [refusal('roleMissing', '替别人记走访，须由局党工委办办理。')]
  return visitors.some((one) => one.personId === personId)
    ? []
    : [refusal('invalid', '走访人应是本局在岗的领导、股室或党工委办人员。', { field: 'visitorId' })]
}

/** Whoever wrote it down, and whoever it is about. */
export const mayReviseVisit = (actor: Actor, visit: { personId: string; recordedBy: string | null }): boolean =>
  actor.personId === visit.personId || actor.personId === visit.recordedBy

export const againstRevisingVisit = (
  actor: Actor,
  visit: { personId: string; recordedBy: string | null },
): Refusal[] => (mayReviseVisit(actor, visit) ? [] : [refusal('roleMissing', '只有走访人和记录人可以修改。')])

export const severities = ['即改', '限期', '长期'] as const

export function againstMovingInspection(
  actor: Actor,
  inspection: { bureauId: string; state: InspectionState; schoolCount: number; checklist: readonly string[] },
  action: InspectionAction,
): Refusal[] {
  const reasons = [...againstOffice(actor, inspection), ...againstMoving(inspectionLife, inspection.state, action)]
  if (action === 'start' && inspection.schoolCount === 0)
    reasons.push(refusal('incomplete', '还没有抽取或选定受检学校。'))
  if (action === 'start' && inspection.checklist.length === 0)
    reasons.push(refusal('incomplete', '还没有列出检查项目。'))
  return reasons
}

/** The office's override: a school that does not reply must not keep its finding open for ever. */
export function againstAmendingFinding(actor: Actor, finding: OfSchool & { state: FindingState }): Refusal[] {
  const open =
    finding.state === 'preliminary' ? [] : [refusal('notInThisState', '只有等学校回复的问题，才能不等回复继续办理。')]
  return [...againstOffice(actor, finding), ...open]
}

/** A round in preparation can be corrected; once running its list and its schools stand. */
export function againstEditingInspection(
  actor: Actor,
  inspection: { bureauId: string; state: InspectionState },
): Refusal[] {
  const open = inspection.state === 'draft' ? [] : [refusal('notInThisState', '督查已经启动，不能再修改。')]
  return [...againstOffice(actor, inspection), ...open]
}

/** A drawn round stays on record: deleting it would be a way to draw again. */
export function againstDeletingInspection(
  actor: Actor,
  inspection: { bureauId: string; state: InspectionState; choice: { way: string } },
): Refusal[] {
  const drawn =
    inspection.choice.way === 'drawn'
      ? [refusal('notInThisState', '受检学校已经随机抽取，抽取结果要留存，不能删除。名称和项目写错了，可以修改。')]
      : []
  return [...againstEditingInspection(actor, inspection), ...drawn]
}

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
