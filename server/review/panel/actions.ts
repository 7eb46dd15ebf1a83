import {
  againstDeletingPanel,
  againstJoining,
  againstTakingBack,
  type PanelScope,
  takes,
} from '#domain/review/panel.ts'
import { againstUnseen, refusal } from '#domain/base/refusal.ts'
import { methodLabels } from '#domain/year/standard.ts'
import type { ScoredMethod } from '#domain/review/sheet.ts'
import { stampAfter } from '#domain/base/stamp.ts'
import { decideApplication, moveApplication } from '#server/application/application/actions.ts'
import { againstBarred, barredSchools } from '#server/identity/recusal/queries.ts'
import { handOutSheets, removeSheets, takeBackSheets, wakeSheets } from '#server/review/handout/actions.ts'
import { findOwnCycle, resultState } from '#server/year/cycle/queries.ts'
import { demand, refuse, unseen } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import {
  countEverSubmitted,
  findPanel,
  listPanelReviewers,
  listReviewerPeople,
  openSheets,
  planAssignment,
  shownAssignment,
} from './queries.ts'

/** Takes an application into the review. One that was in it before has its sheets already, and nobody would hand out new ones. */
export async function admit(work: Work, id: string, seen: string | undefined): Promise<{ ok: true }> {
  const application = await decideApplication(work, id, 'admit', undefined, seen)
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
    ...(await againstTaken(work, { ...panel, cycleId: cycle.id })),
  ])
  const id = work.newId()
  const scope = { schoolIds: panel.schoolIds ?? [], stage: panel.stage ?? '', zoneId: panel.zoneId ?? null }
  await work.tx
    .insertInto('panel')
    .values({
      id,
      bureauId: cycle.bureauId,
      cycleId: cycle.id,
      method: panel.method,
      name: panel.name,
      ...columnsOf(scope),
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()
  work.record('panel.created', 'panel', id, { method: methodLabels[panel.method], name: panel.name })
  await setReviewers(work, id, { reviewerIds: panel.reviewerIds })
  return { id }
}

/** Replaces a panel's members. What a former member has not submitted is taken back, so that nobody owes it; the rest counts on. */
export async function setReviewers(
  work: Work,
  id: string,
  { reviewerIds, reason = '', seen }: { reviewerIds: readonly string[]; reason?: string; seen?: string },
): Promise<{ ok: true }> {
  const panel = await findPanel(work, id)
  demand(unseen(seen, panel.updatedAt, '保存'))
  const known = new Set((await listReviewerPeople(work)).map((one) => one.personId))
  if (reviewerIds.some((one) => !known.has(one)))
    throw refuse('invalid', '有人没有评审专家的岗位，请先请安全管理员授予。', { field: 'reviewerIds' })
  const now = new Set((await listPanelReviewers(work.db, [id])).map((one) => one.personId))
  const leaving = [...now].filter((personId) => !reviewerIds.includes(personId))
  const owing = (await openSheets(work.db, id)).filter((one) => leaving.includes(one.reviewerId))
  demand([
    ...(await againstBarredAmong(
      work,
      panel.cycleId,
      owing.map((one) => one.schoolId),
    )),
    ...againstTakingBack(owing.length, reason),
  ])
  for (const personId of leaving)
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
  await takeBackSheets(work, owing, reason)
  await work.tx
    .updateTable('panel')
    .set({ updatedAt: stampAfter(panel.updatedAt, work.now) })
    .where('id', '=', id)
    .execute()
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
  const outside = (await openSheets(work.db, id)).filter((one) => !takes(scope, { ...one, id: one.schoolId }))
  demand([
    ...againstUnseen(seen, panel.updatedAt, '保存'),
    ...(await againstBarredAmong(work, panel.cycleId, [...given.schoolIds, ...outside.map((one) => one.schoolId)])),
    ...(await againstTaken(work, { ...panel, name }, id)),
    ...againstTakingBack(outside.length, reason),
  ])
  await work.tx
    .updateTable('panel')
    .set({ name, ...columnsOf(scope), updatedAt: stampAfter(panel.updatedAt, work.now) })
    .where('id', '=', id)
    .execute()
  await takeBackSheets(work, outside, reason)
  work.record('panel.edited', 'panel', id, { name, takenBack: outside.length, reason })
  return { ok: true }
}

/** A panel made by mistake goes, with the sheets that nobody has handed in. */
export async function deletePanel(work: Work, id: string): Promise<{ ok: true }> {
  const panel = await findPanel(work, id)
  const sheets = await work.db.selectFrom('scoreSheet').select('schoolId').where('panelId', '=', id).execute()
  demand([
    ...(await againstBarredAmong(
      work,
      panel.cycleId,
      sheets.map((one) => one.schoolId),
    )),
    ...againstDeletingPanel(await countEverSubmitted(work.db, id)),
  ])
  const takenBack = await removeSheets(work, id)
  await work.tx.deleteFrom('panelReviewer').where('panelId', '=', id).execute()
  await work.tx.deleteFrom('panel').where('id', '=', id).execute()
  const method = methodLabels[panel.method]
  work.record('panel.deleted', 'panel', id, { name: panel.name, method, takenBack })
  return { ok: true }
}

/** Whoever has recused from a school neither puts it into a panel nor takes its sheets back. */
async function againstBarredAmong(work: Work, cycleId: string, schoolIds: readonly string[]) {
  const barred = await barredSchools(work, cycleId)
  const schoolId = schoolIds.find((one) => barred.has(one))
  return schoolId === undefined ? [] : againstBarred(work, { cycleId, schoolId })
}

const columnsOf = ({ schoolIds, stage, zoneId }: PanelScope) => ({
  schoolIds: JSON.stringify([...new Set(schoolIds)]),
  stage,
  zoneId,
})

async function againstTaken(work: Work, panel: { cycleId: string; method: ScoredMethod; name: string }, id = '') {
  const same = await work.db
    .selectFrom('panel')
    .select('id')
    .where('cycleId', '=', panel.cycleId)
    .where('method', '=', panel.method)
    .where('name', '=', panel.name)
    .where('id', '!=', id)
    .executeTakeFirst()
  return same ? [refusal('invalid', '这种评审方式已经有一个同名的评审组，请换一个名称。', { field: 'name' })] : []
}

/** Hands out one sheet per reviewer and application; conflicts of interest are written down, not handed out (rule 9). */
export async function assign(work: Work, id: string) {
  const panel = await findPanel(work, id)
  const cycle = await findOwnCycle(work)
  if (!cycle.standardId || panel.cycleId !== cycle.id)
    throw refuse('notInThisState', '本年度没有评估标准，不能分配评分表。')
  demand(againstJoining(await resultState(work.db, cycle.id)))
  const plan = await planAssignment(work, panel)
  await handOutSheets(work, { panel, standardId: cycle.standardId, make: plan.make, skipped: plan.skipped })
  const started = new Map(plan.make.map((one) => [one.applicationId, one]))
  for (const one of started.values())
    if (one.applicationState === 'admitted')
      await moveApplication(work, { id: one.applicationId, schoolId: one.schoolId, state: 'admitted' }, 'review')
  work.record('panel.assigned', 'panel', id, { made: plan.make.length, skipped: plan.skipped.length })
  return shownAssignment(plan)
}
