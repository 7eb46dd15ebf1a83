import {
  againstDeletingPanel,
  againstJoining,
  againstSameName,
  againstTakingBack,
  againstUnknownReviewers,
  type PanelScope,
  takes,
} from '#domain/review/panel.ts'
import { againstUnseen, type Refusal } from '#domain/base/refusal.ts'
import { methodLabels } from '#domain/year/standard.ts'
import type { ScoredMethod } from '#domain/review/sheet.ts'
import { decideApplication, moveApplication } from '#server/application/application/actions.ts'
import { againstBarred, barredSchools } from '#server/identity/recusal/queries.ts'
import { handOutSheets, removeSheets, takeBackSheets, wakeSheets } from '#server/review/handout/actions.ts'
import { findOwnCycle, resultState } from '#server/year/cycle/queries.ts'
import { demand, refuse, unseen } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import {
  countEverSubmitted,
  findPanel,
  findSameName,
  listOpenSheets,
  listPanelReviewers,
  listReviewerPeople,
  listSheetSchools,
  readAssignment,
} from './queries.ts'
import { shownAssignment } from './views.ts'
import { endMember, insertPanel, putMember, removePanel, updatePanel } from './writes.ts'

/** Takes an application into the review. One that was in it before has its sheets already, and nobody would hand out new ones. */
export async function admitApplication(work: Work, id: string, seen: string | undefined): Promise<{ ok: true }> {
  const application = await decideApplication(work, id, 'admit', { seen })
  if ((await wakeSheets(work, application)).sheets > 0)
    await moveApplication(work, { ...application, state: 'admitted' }, 'review')
  return { ok: true }
}

export async function makePanel(
  work: Work,
  panel: { method: ScoredMethod; name: string; reviewerIds: string[] } & Partial<PanelScope>,
  year?: number,
): Promise<{ id: string }> {
  const cycle = await findOwnCycle(work, year)
  if (cycle.state !== 'open') throw refuse('cycleClosed')
  demand([
    ...(await againstBarredAmong(work, cycle.id, panel.schoolIds ?? [])),
    ...againstSameName(await findSameName(work.db, { ...panel, cycleId: cycle.id })),
  ])
  const id = work.newId()
  const scope = { schoolIds: panel.schoolIds ?? [], stage: panel.stage ?? '', zoneId: panel.zoneId ?? null }
  await insertPanel(work, {
    id,
    bureauId: cycle.bureauId,
    cycleId: cycle.id,
    method: panel.method,
    name: panel.name,
    ...scope,
  })
  work.record('panel.created', 'panel', id, { method: methodLabels[panel.method], name: panel.name })
  await setPanelReviewers(work, id, { reviewerIds: panel.reviewerIds })
  return { id }
}

/** Replaces a panel's members. What a former member has not submitted is taken back, so that nobody owes it; the rest counts on. */
export async function setPanelReviewers(
  work: Work,
  id: string,
  { reviewerIds, reason = '', seen }: { reviewerIds: readonly string[]; reason?: string; seen?: string },
): Promise<{ ok: true }> {
  const panel = await findPanel(work, id)
  demand(unseen(seen, panel.updatedAt, '保存'))
  demand(againstUnknownReviewers(await listReviewerPeople(work), reviewerIds))
  const now = new Set((await listPanelReviewers(work.db, [id])).map((one) => one.personId))
  const leaving = [...now].filter((personId) => !reviewerIds.includes(personId))
  const owing = (await listOpenSheets(work.db, id)).filter((one) => leaving.includes(one.reviewerId))
  demand([
    ...(await againstBarredAmong(
      work,
      panel.cycleId,
      owing.map((one) => one.schoolId),
    )),
    ...againstTakingBack(owing.length, reason),
  ])
  for (const personId of leaving) await endMember(work, id, personId)
  for (const personId of new Set(reviewerIds)) if (!now.has(personId)) await putMember(work, id, personId)
  await takeBackSheets(work, owing, reason)
  await updatePanel(work, panel)
  work.record('panel.reviewersSet', 'panel', panel.id, {
    reviewers: reviewerIds.length,
    takenBack: owing.length,
    reason,
  })
  return { ok: true }
}

/** A new name, or other schools; what was not submitted of a school that it takes no more is taken back. */
export async function editPanel(
  work: Work,
  id: string,
  { name, reason, seen, ...given }: PanelScope & { name: string; reason: string; seen: string },
): Promise<{ ok: true }> {
  const panel = await findPanel(work, id)
  const barred = await barredSchools(work, panel.cycleId)
  // Schools that the editor has recused from were not on the screen and stay as they are.
  const scope = { ...given, schoolIds: [...given.schoolIds, ...panel.schoolIds.filter((one) => barred.has(one))] }
  const outside = (await listOpenSheets(work.db, id)).filter((one) => !takes(scope, { ...one, id: one.schoolId }))
  demand([
    ...againstUnseen(seen, panel.updatedAt, '保存'),
    ...(await againstBarredAmong(work, panel.cycleId, [...given.schoolIds, ...outside.map((one) => one.schoolId)])),
    ...againstSameName(await findSameName(work.db, { ...panel, name }, id)),
    ...againstTakingBack(outside.length, reason),
  ])
  await updatePanel(work, panel, { name, ...scope })
  await takeBackSheets(work, outside, reason)
  work.record('panel.edited', 'panel', id, { name, takenBack: outside.length, reason })
  return { ok: true }
}

/** A panel made by mistake goes, with the sheets that nobody has handed in. */
export async function deletePanel(work: Work, id: string): Promise<{ ok: true }> {
  const panel = await findPanel(work, id)
  demand([
    ...(await againstBarredAmong(work, panel.cycleId, await listSheetSchools(work.db, id))),
    ...againstDeletingPanel(await countEverSubmitted(work.db, id)),
  ])
  const takenBack = await removeSheets(work, id)
  await removePanel(work, id)
  const method = methodLabels[panel.method]
  work.record('panel.deleted', 'panel', id, { name: panel.name, method, takenBack })
  return { ok: true }
}

/** Whoever has recused from a school neither puts it into a panel nor takes its sheets back. */
async function againstBarredAmong(work: Work, cycleId: string, schoolIds: readonly string[]): Promise<Refusal[]> {
  const barred = await barredSchools(work, cycleId)
  const schoolId = schoolIds.find((one) => barred.has(one))
  return schoolId === undefined ? [] : againstBarred(work, { cycleId, schoolId })
}

/** Hands out one sheet per reviewer and application; conflicts of interest are written down, not handed out (rule 9). */
export async function assignSheets(work: Work, id: string) {
  const panel = await findPanel(work, id)
  const cycle = await findOwnCycle(work)
  if (!cycle.standardId || panel.cycleId !== cycle.id)
    throw refuse('notInThisState', '本年度没有评估标准，不能分配评分表。')
  demand(againstJoining(await resultState(work.db, cycle.id)))
  const plan = await readAssignment(work, panel)
  await handOutSheets(work, { panel, standardId: cycle.standardId, make: plan.make, skipped: plan.skipped })
  const started = new Map(plan.make.map((one) => [one.applicationId, one]))
  for (const one of started.values())
    if (one.applicationState === 'admitted')
      await moveApplication(work, { id: one.applicationId, schoolId: one.schoolId, state: 'admitted' }, 'review')
  work.record('panel.assigned', 'panel', id, { made: plan.make.length, skipped: plan.skipped.length })
  return shownAssignment(plan)
}
