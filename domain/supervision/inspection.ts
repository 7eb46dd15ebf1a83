import { type Actor, againstOffice } from '#domain/base/actor.ts'
import { againstMoving } from '#domain/base/lifecycle.ts'
import { type InspectionAction, type InspectionState, inspectionLife } from '#domain/supervision/inspectionLife.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'

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

export const againstPeriod = ({ startsOn, endsOn }: { startsOn: string; endsOn: string }): Refusal[] =>
  endsOn < startsOn ? [refusal('invalid', '结束日期不能早于开始日期。', { field: 'endsOn' })] : []

type Settling = { state: InspectionState; choice: { way: string } }

/** The schools of a round are settled before it starts, and a draw stands: whoever may draw again may choose. */
export function againstSettlingSchools({ state, choice }: Settling, way: 'drawn' | 'chosen'): Refusal[] {
  if (state !== 'draft') return [refusal('notInThisState', '督查已经启动，不能再改受检学校。')]
  if (choice.way !== 'drawn') return []
  return way === 'drawn'
    ? [refusal('alreadyExists', '已经抽取过，不能重抽；抽取结果和随机数已留存，可以复算。')]
    : [refusal('alreadyExists', '已经随机抽取，不能再改为选定。')]
}

export const againstDrawing = (candidates: number, wanted: number): Refusal[] =>
  candidates < wanted
    ? [
        refusal('invalid', `符合条件的学校只有 ${candidates} 所，抽不出 ${wanted} 所。`, {
          field: 'count',
        }),
      ]
    : []

export const againstChoosing = (known: number, chosen: number): Refusal[] =>
  known === chosen ? [] : [refusal('invalid', '有学校不在本区名录中。', { field: 'schoolIds' })]

/** Only a running round is written into. */
export const againstNoting = ({ state }: { state: InspectionState }): Refusal[] =>
  state === 'running' ? [] : [refusal('notInThisState', '督查不在进行中，不能记录。')]

export const againstInspectingLater = (inspectedOn: string, today: string): Refusal[] =>
  inspectedOn > today ? [refusal('invalid', '检查日期不能晚于今天。', { field: 'inspectedOn' })] : []
