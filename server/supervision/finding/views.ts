import type { z } from 'zod'
import { schoolScope, type Scope } from '#domain/base/actor.ts'
import { movesOf } from '#domain/base/lifecycle.ts'
import { findingLife, type FindingState } from '#domain/supervision/findingLife.ts'
import { againstAmendingFinding, againstMovingFinding, findingStamp } from '#domain/supervision/finding.ts'
import type { FindingItem, listFindings } from '#contract/supervision/finding.ts'
import type { Todo } from '#contract/home/todo.ts'
import { chosenCycle } from '#server/year/cycle/queries.ts'
import type { Look } from '#server/kernel/work.ts'
import { countFindings, listFindingFacts } from './queries.ts'

/** Findings as a page shows them: each with its stamp and with what may be done about it. */
export async function listFindingItems(
  look: Look,
  scope: Scope,
  filter: Parameters<typeof listFindingFacts>[2],
): Promise<FindingItem[]> {
  return (await listFindingFacts(look, scope, filter)).map(({ bureauId, ...finding }) => {
    const subject = { schoolId: finding.schoolId, bureauId, state: finding.state }
    return {
      ...finding,
      stamp: findingStamp(finding),
      moves: {
        ...movesOf(findingLife, finding.state, (action) => againstMovingFinding(look.actor, subject, action)),
        ...(finding.state === 'preliminary' ? { amend: againstAmendingFinding(look.actor, subject) } : {}),
      },
    }
  })
}

export async function listFindingsOf(
  look: Look,
  { year, state, q, size, page }: z.infer<typeof listFindings.query>,
  scope: Scope = schoolScope(look.actor),
) {
  const cycle = await chosenCycle(look, year)
  const filter = { q, ...(cycle ? { cycleId: cycle.id } : {}), ...(state ? { states: [state] } : {}) }
  const total = await countFindings(look, scope, filter)
  const items = await listFindingItems(look, scope, { ...filter, size, offset: (page - 1) * size })
  return { items, total }
}

/** What a finding waits for, as a to-do says it. */
const waiting = new Map<FindingState, string>([
  ['recorded', '督查问题待送达初步意见'],
  ['preliminary', '督查初步意见待回复'],
  ['replied', '督查意见待出具'],
  ['issued', '督查问题待下达整改或不作处理'],
])

const MOST_TODOS = 200

/** Findings that wait for this person's next step: sending, the school's reply, the office's opinion and decision. */
export async function listFindingTodos(look: Look): Promise<Todo[]> {
  const scope = schoolScope(look.actor)
  if ('schoolIds' in scope && scope.schoolIds.length === 0) return []
  const items = await listFindingItems(look, scope, { states: [...waiting.keys()], size: MOST_TODOS })
  return items
    .filter((one) =>
      Object.entries(one.moves).some(
        ([action, reasons]) => action !== 'withdraw' && action !== 'amend' && reasons.length === 0,
      ),
    )
    .map((one) => ({
      id: `finding:${one.id}`,
      kind: 'finding',
      title: waiting.get(one.state) ?? '督查问题待办理',
      detail: `${one.schoolName}：${one.content}`,
      href: one.state === 'preliminary' ? '/console/findings' : `/console/inspections/${one.inspectionId}`,
    }))
}
