import { againstJoining } from '#domain/panel.ts'
import { methodLabels } from '#domain/standard.ts'
import type { ScoredMethod } from '#domain/sheet.ts'
import { moveApplication } from '#server/features/application/actions.ts'
import { resultState } from '#server/features/review/store.ts'
import { addSheets } from '#server/features/sheet/actions.ts'
import { findOwnCycle } from '#server/features/cycle/store.ts'
import { demand, refuse } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { findPanel, listPanelReviewers, listReviewerPeople, planAssignment, shownAssignment } from './store.ts'

export async function makePanel(
  work: Work,
  panel: { method: ScoredMethod; name: string; reviewerIds: string[] },
  year?: number,
): Promise<{ id: string }> {
  const cycle = await findOwnCycle(work, year)
  if (cycle.state !== 'open') throw refuse('cycleClosed')
  const id = work.newId()
  await work.tx
    .insertInto('panel')
    .values({
      id,
      bureauId: cycle.bureauId,
      cycleId: cycle.id,
      method: panel.method,
      name: panel.name,
      createdAt: work.now,
    })
    .execute()
  work.record('panel.created', 'panel', id, { method: methodLabels[panel.method], name: panel.name })
  await setReviewers(work, id, panel.reviewerIds)
  return { id }
}

/** Replaces a panel's members. Sheets that a former member has not touched stay until the office takes them back. */
export async function setReviewers(work: Work, id: string, reviewerIds: readonly string[]): Promise<{ ok: true }> {
  const panel = await findPanel(work, id)
  const known = new Set((await listReviewerPeople(work)).map((one) => one.personId))
  if (reviewerIds.some((one) => !known.has(one)))
    throw refuse('invalid', '有人没有评审专家的岗位，请先请安全管理员授予。', { field: 'reviewerIds' })
  const now = new Set((await listPanelReviewers(work.db, [id])).map((one) => one.personId))
  for (const personId of now)
    if (!reviewerIds.includes(personId))
      await work.tx
        .updateTable('panelReviewer')
        .set({ endedAt: work.now })
        .where('panelId', '=', id)
        .where('personId', '=', personId)
        .execute()
  for (const personId of new Set(reviewerIds))
    if (!now.has(personId))
      await work.tx
        .insertInto('panelReviewer')
        .values({ id: work.newId(), panelId: id, personId, createdAt: work.now, endedAt: null })
        .onConflict((conflict) => conflict.columns(['panelId', 'personId']).doUpdateSet({ endedAt: null }))
        .execute()
  work.record('panel.reviewersSet', 'panel', panel.id, { reviewers: reviewerIds.length })
  return { ok: true }
}

/** Hands out one sheet per reviewer and application; conflicts of interest are written down, not handed out (rule 9). */
export async function assign(work: Work, id: string) {
  const panel = await findPanel(work, id)
  const cycle = await findOwnCycle(work)
  if (!cycle.standardId || panel.cycleId !== cycle.id)
    throw refuse('notInThisState', '本年度没有评估标准，不能分配评分表。')
  demand(againstJoining(await resultState(work.db, cycle.id)))
  const plan = await planAssignment(work, panel)
  await addSheets(work, { panel, standardId: cycle.standardId, make: plan.make, skipped: plan.skipped })
  const started = new Map(plan.make.map((one) => [one.applicationId, one]))
  for (const one of started.values())
    if (one.applicationState === 'admitted')
      await moveApplication(work, { id: one.applicationId, schoolId: one.schoolId, state: 'admitted' }, 'review')
  work.record('panel.assigned', 'panel', id, { made: plan.make.length, skipped: plan.skipped.length })
  return shownAssignment(plan)
}
