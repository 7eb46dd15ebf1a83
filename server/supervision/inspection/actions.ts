import type { z } from 'zod'
import { againstOffice } from '#domain/base/actor.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { againstUnseen } from '#domain/base/refusal.ts'
import { stampOf } from '#domain/base/stamp.ts'
import { type InspectionAction, inspectionLife } from '#domain/supervision/inspectionLife.ts'
import {
  againstChoosing,
  againstDeletingInspection,
  againstDrawing,
  againstEditingInspection,
  againstInspectingLater,
  againstMovingInspection,
  againstNoting,
  againstPeriod,
  againstSettlingSchools,
} from '#domain/supervision/inspection.ts'
import type {
  Choice,
  createInspection,
  drawSchools,
  editInspection,
  recordInspected,
} from '#contract/supervision/inspection.ts'
import { workingCycle } from '#server/year/cycle/queries.ts'
import { demand, refuse, unseen } from '#server/kernel/problem.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import { findInspectedSchool, findInspection, listCandidates, listKnownSchools } from './queries.ts'
import {
  addInspection,
  changeInspectedSchool,
  changeInspection,
  moveInspectionState,
  putInspectedSchools,
  removeInspection,
} from './writes.ts'

const notChosen: Choice = { way: 'none', seed: '', stage: '', zoneId: '', count: 0, candidates: [] }

export async function planInspection(
  work: Work,
  asked: z.infer<typeof createInspection.body>,
): Promise<{ id: string }> {
  const bureauId = work.actor.bureauId
  demand(againstOffice(work.actor, { bureauId }))
  demand(againstPeriod(asked))
  const cycle = await workingCycle(work.db, bureauId)
  if (!cycle) throw refuse('windowClosed', '本年度还没有开启，暂不能安排督查。')
  const id = work.newId()
  await addInspection(work, { id, bureauId, cycleId: cycle.id, ...asked, choice: notChosen })
  work.record('inspection.planned', 'inspection', id)
  return { id }
}

export async function editRound(
  work: Work,
  id: string,
  { seen, ...asked }: z.infer<typeof editInspection.body>,
): Promise<{ ok: true }> {
  const inspection = await findInspection(work, id)
  demand([
    ...againstEditingInspection(work.actor, inspection),
    ...againstUnseen(seen, inspection.updatedAt, '保存', '这次督查'),
  ])
  demand(againstPeriod(asked))
  await changeInspection(work, inspection, asked)
  const { title, basis, startsOn, endsOn } = inspection
  work.record('inspection.edited', 'inspection', id, { before: JSON.stringify({ title, basis, startsOn, endsOn }) })
  return { ok: true }
}

/** Takes away a round that was made by mistake; the audit log keeps what it was. */
export async function deleteRound(work: Work, id: string): Promise<{ ok: true }> {
  const inspection = await findInspection(work, id)
  demand(againstDeletingInspection(work.actor, inspection))
  await removeInspection(work, id)
  work.record('inspection.deleted', 'inspection', id, { title: inspection.title })
  return { ok: true }
}

/** Orders the candidates by the hash of seed and id: with the recorded seed anybody draws the same schools again. */
export const drawnFrom = (candidates: readonly string[], seed: string, count: number): string[] =>
  candidates
    .map((id) => ({ id, key: sha256(`${seed}:${id}`) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, count)
    .map((one) => one.id)

/** Whose hands are on it: a page says what it had shown, the story of the demonstration has just read it. */
type Seen<Body extends { seen: string }> = Omit<Body, 'seen'> & { seen?: string }

export async function drawForInspection(
  work: Work,
  id: string,
  { seen, ...asked }: Seen<z.infer<typeof drawSchools.body>>,
) {
  const inspection = await settledInspection(work, id, { way: 'drawn', seen })
  const candidates = await listCandidates(work.db, { ...asked, bureauId: inspection.bureauId })
  demand(againstDrawing(candidates.length, asked.count))
  const seed = work.newId()
  const schoolIds = drawnFrom(candidates, seed, asked.count)
  await putInspectedSchools(work, inspection, { way: 'drawn', seed, ...asked, candidates }, schoolIds)
  work.record('inspection.drawn', 'inspection', id, { seed, schoolIds })
  return { seed, schoolIds }
}

export async function chooseForInspection(
  work: Work,
  id: string,
  { seen, ...asked }: { schoolIds: readonly string[]; seen?: string },
): Promise<{ ok: true }> {
  const inspection = await settledInspection(work, id, { way: 'chosen', seen })
  const schoolIds = [...new Set(asked.schoolIds)]
  const known = await listKnownSchools(work.db, inspection.bureauId, schoolIds)
  demand(againstChoosing(known.length, schoolIds.length))
  await putInspectedSchools(work, inspection, { ...notChosen, way: 'chosen', count: schoolIds.length }, schoolIds)
  work.record('inspection.chosen', 'inspection', id, { schoolIds })
  return { ok: true }
}

/** The round whose schools are about to be settled, for the office that has seen how it stands. */
async function settledInspection(
  work: Work,
  id: string,
  { way, seen }: { way: 'drawn' | 'chosen'; seen: string | undefined },
) {
  const inspection = await findInspection(work, id)
  demand([...againstOffice(work.actor, inspection), ...unseen(seen, inspection.updatedAt, '确定学校')])
  demand(againstSettlingSchools(inspection, way))
  return inspection
}

export async function moveInspection(
  work: Work,
  id: string,
  action: InspectionAction,
  { reason, seen }: { reason?: string; seen?: string } = {},
): Promise<{ ok: true }> {
  const inspection = await findInspection(work, id)
  demand([
    ...againstMovingInspection(work.actor, inspection, action),
    ...unseen(seen, inspection.updatedAt, inspectionLife.actions[action]),
  ])
  const to = nextState(inspectionLife, inspection.state, action) ?? inspection.state
  await moveInspectionState(work, inspection, { state: to, closedAt: action === 'close' ? work.now : null })
  work.record(`inspection.${action}`, 'inspection', id, { from: inspection.state, to, ...(reason ? { reason } : {}) })
  return { ok: true }
}

export async function noteInspected(
  work: Work,
  at: { id: string; schoolId: string },
  asked: Seen<z.infer<typeof recordInspected.body>>,
): Promise<{ ok: true }> {
  const { inspection, inspected } = await findInspectedSchool(work, at)
  demand(againstNoting(inspection))
  const { seen, ...words } = asked
  demand(unseen(seen, stampOf([inspected.inspectedOn, inspected.answers, inspected.remark]), '保存'))
  demand(againstInspectingLater(asked.inspectedOn, work.today))
  await changeInspectedSchool(work, inspected.id, { ...words, inspectorId: work.actor.personId })
  work.record('inspection.inspected', 'inspection', at.id, { schoolId: at.schoolId, inspectedOn: asked.inspectedOn })
  return { ok: true }
}
