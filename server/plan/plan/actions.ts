import { emptyDiagnosis } from '#domain/plan/completeness.ts'
import { type Actor, againstReadingSchool, ownSchoolId } from '#domain/base/actor.ts'
import type { AuditEvent } from '#domain/records/auditEvents.ts'
import { canonical } from '#domain/base/canonical.ts'
import {
  againstAmending,
  againstBadDates,
  againstBlankReason,
  againstDropping,
  againstEditing,
  againstJudging,
  againstPublishing,
  againstReturning,
  againstRevising,
  againstSigning,
  againstStarting,
  movedOn,
} from '#domain/plan/plan.ts'
import { stampAfter } from '#domain/base/stamp.ts'
import type { PlanBody } from '#contract/plan/plan.ts'
import type { PlanRow } from '#server/db/tables/plan.ts'
import { publishBrand } from '#server/brand/brand/actions.ts'
import { readBrandGaps } from '#server/brand/brand/queries.ts'
import { readCycle } from '#server/year/cycle/queries.ts'
import { insertParts, replaceParts } from '#server/plan/part/writes.ts'
import { readParts } from '#server/plan/part/queries.ts'
import { demand, refuse, unseen } from '#server/kernel/problem.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import { addPlan, changePlanDraft, movePlan } from './writes.ts'
import { contentOf, findPlan, listLastPublished, listOpenPlans, listVersions, type Plan } from './queries.ts'

const blankPlan = {
  state: 'draft',
  signedAt: null,
  signedBy: null,
  acceptedAt: null,
  acceptedBy: null,
  publishedAt: null,
  returnReason: null,
  reviseReason: null,
  digest: null,
} as const

/** Begins this year's plan, empty or with the words of an earlier year (B1: nothing is typed twice). */
export async function startPlan(
  work: Work,
  asked: { cycleId: string; copyFromId: string | null },
): Promise<{ id: string }> {
  const { cycleId } = asked
  const cycle = await readCycle(work.db, cycleId)
  const schoolId = ownSchoolId(work.actor) ?? ''
  if (work.actor.bureauId !== cycle.bureauId) throw refuse('notFound')
  demand(againstStarting(work.actor, { schoolId, bureauId: cycle.bureauId, cycleState: cycle.state }))
  if ((await listVersions(work.db, { schoolId, cycleId })).length > 0)
    throw refuse('alreadyExists', '本年度的创建方案已经开始起草，请刷新页面。')
  const id = work.newId()
  const stamps = { createdAt: work.now, updatedAt: work.now }
  const base = { id, schoolId, cycleId, bureauId: cycle.bureauId, version: 1, ...blankPlan, ...stamps }
  const source = asked.copyFromId ? await findPlan(work.db, asked.copyFromId) : undefined
  if (source) {
    demand(againstReadingSchool(work.actor, source))
    if (source.schoolId !== schoolId || source.cycleYear >= cycle.year) throw refuse('notFound')
    await copyPlan(work, source, { ...wordsOf(source), ...base }, { years: cycle.year - source.cycleYear })
  } else {
    const words = { entryPoint: '', goals: '', commitment: '', noBudgetReason: '' }
    await addPlan(work, { ...base, ...words, diagnosis: JSON.stringify(emptyDiagnosis()) })
  }
  work.record('plan.started', 'plan', id, { schoolId, ...(source ? { copiedFrom: source.id } : {}) })
  return { id }
}

const wordsOf = ({ diagnosis, entryPoint, goals, commitment, noBudgetReason }: PlanRow) => ({
  diagnosis,
  entryPoint,
  goals,
  commitment,
  noBudgetReason,
})

/** A new year begins at zero with tasks of its own; a new version of the same year holds the same tasks and goes on where they stand. */
async function copyPlan(work: Work, source: Plan, to: PlanRow, as: { years: number }): Promise<void> {
  const parts = await readParts(work.db, [source.id])
  await addPlan(work, to)
  const fresh = as.years > 0
  const own = ({ rootId }: { rootId: string }) => {
    const id = work.newId()
    return { id, rootId: fresh ? id : rootId, planId: to.id }
  }
  await insertParts(work, {
    tasks: parts.tasks.map((task) => ({
      ...task,
      ...own(task),
      startsOn: movedOn(task.startsOn, as.years),
      dueOn: movedOn(task.dueOn, as.years),
      ...(fresh ? { progress: 0, progressNote: '', doneOn: null } : {}),
    })),
    budgetLines: parts.budgetLines.map((line) => ({ ...line, ...own(line), ...(fresh ? { spentFen: 0 } : {}) })),
    promises: parts.promises.map(({ fileName: _fileName, ...promise }) => ({
      ...promise,
      ...own(promise),
      ...(fresh ? { state: 'open', explanation: '', fileId: null, decidedAt: null } : {}),
    })),
  })
}

export async function savePlan(
  work: Work,
  id: string,
  { updatedAt, content }: { updatedAt: string; content: PlanBody },
): Promise<{ updatedAt: string }> {
  const plan = await findPlan(work.db, id)
  demand([
    ...againstEditing(work.actor, plan),
    ...againstBadDates(content.tasks),
    ...againstDropping(await readParts(work.db, [id]), content),
  ])
  if (plan.updatedAt !== updatedAt)
    throw refuse('unseen', '这份方案刚才已有人保存过。您填写的内容还在本页，请先核对最新内容再保存。')
  const { diagnosis, entryPoint, goals, commitment, noBudgetReason } = content
  const stamp = stampAfter(plan.updatedAt, work.now)
  const words = { entryPoint, goals, commitment, noBudgetReason }
  await changePlanDraft(work, plan, { ...words, diagnosis: JSON.stringify(diagnosis), updatedAt: stamp })
  await replaceParts(work, plan, content)
  work.record('plan.saved', 'plan', id, { schoolId: plan.schoolId })
  return { updatedAt: stamp }
}

export async function signPlan(work: Work, id: string, seen?: string): Promise<{ ok: true }> {
  const plan = await findPlan(work.db, id)
  const content = contentOf(plan, await readParts(work.db, [id]))
  demand([
    ...againstSigning(work.actor, plan, content, await readBrandGaps(work.db, plan.schoolId)),
    ...unseen(seen, plan.updatedAt, '签报'),
  ])
  const digest = sha256(canonical(content))
  const stamps = { signedAt: work.now, signedBy: work.actor.personId, returnReason: null, digest }
  await movePlan(work, plan, 'submitted', stamps)
  return told(work, plan, { event: 'plan.sign', to: 'submitted', digest })
}

function told(
  work: Work,
  plan: Plan,
  { event, ...detail }: { event: AuditEvent } & Record<string, unknown>,
): { ok: true } {
  work.record(event, 'plan', plan.id, { schoolId: plan.schoolId, from: plan.state, ...detail })
  return { ok: true }
}

export async function returnPlan(work: Work, id: string, reason: string, seen?: string): Promise<{ ok: true }> {
  const plan = await findPlan(work.db, id)
  demand([...againstReturning(work.actor, plan, reason), ...unseen(seen, plan.updatedAt, '退回')])
  await movePlan(work, plan, 'draft', { returnReason: reason, signedAt: null, signedBy: null, digest: null })
  return told(work, plan, { event: 'plan.return', to: 'draft', reason })
}

export async function acceptPlan(work: Work, id: string, seen?: string): Promise<{ ok: true }> {
  const plan = await findPlan(work.db, id)
  demand([...againstJudging(work.actor, plan, 'accept'), ...unseen(seen, plan.updatedAt, '通过')])
  await movePlan(work, plan, 'accepted', { acceptedAt: work.now, acceptedBy: work.actor.personId })
  return told(work, plan, { event: 'plan.accept', to: 'accepted' })
}

/** Makes the version public; the one that was public before is closed and stays readable. */
export async function publishPlan(work: Work, id: string, seen?: string): Promise<{ ok: true }> {
  const plan = await findPlan(work.db, id)
  demand([...againstPublishing(work.actor, plan), ...unseen(seen, plan.updatedAt, '公布')])
  const digest = sha256(canonical(contentOf(plan, await readParts(work.db, [id]))))
  const versions = await listVersions(work.db, plan)
  for (const before of versions.filter((one) => one.state === 'published')) {
    await movePlan(work, before, 'closed')
    work.record('plan.close', 'plan', before.id, { schoolId: plan.schoolId, from: 'published', to: 'closed', by: id })
  }
  await movePlan(work, plan, 'published', { publishedAt: work.now, digest })
  await publishBrand(work, plan.schoolId)
  return told(work, plan, { event: 'plan.publish', to: 'published', version: plan.version, digest })
}

/** Starts the draft of the next version beside the published one, which stays public until the new one is published. */
export async function revisePlan(work: Work, id: string, reason: string): Promise<{ id: string }> {
  const plan = await findPlan(work.db, id)
  const [newest] = await listVersions(work.db, plan)
  demand([...againstRevising(work.actor, plan, newest?.id === id), ...againstBlankReason(reason)])
  const next: PlanRow = {
    id: work.newId(),
    schoolId: plan.schoolId,
    cycleId: plan.cycleId,
    bureauId: plan.bureauId,
    ...wordsOf(plan),
    ...blankPlan,
    version: plan.version + 1,
    reviseReason: reason,
    createdAt: work.now,
    updatedAt: work.now,
  }
  await copyPlan(work, plan, next, { years: 0 })
  work.record('plan.revised', 'plan', next.id, { schoolId: plan.schoolId, revises: id, version: next.version, reason })
  return { id: next.id }
}

/** The office's override: back to draft from signed or accepted, with a reason that stays on the plan and in the audit. */
export async function amendPlan(work: Work, id: string, reason: string): Promise<{ ok: true }> {
  const plan = await findPlan(work.db, id)
  demand([...againstAmending(work.actor, plan), ...againstBlankReason(reason)])
  const unsigned = { signedAt: null, signedBy: null, acceptedAt: null, acceptedBy: null, digest: null }
  await movePlan(work, plan, 'draft', { ...unsigned, returnReason: reason })
  return told(work, plan, { event: 'plan.amended', to: 'draft', reason })
}

/** For the end of the year: every published plan is filed away; it stays public to read. */
export async function closePlans(work: Work<Actor>, cycleId: string): Promise<void> {
  for (const plan of await listOpenPlans(work.db, cycleId)) {
    await movePlan(work, plan, 'closed')
    work.record('plan.close', 'plan', plan.id, { schoolId: plan.schoolId, from: 'published', to: 'closed' })
  }
}

/** For a year that is opened again: the version that was in force is in force again. */
export async function reopenPlans(work: Work, cycleId: string): Promise<void> {
  for (const plan of await listLastPublished(work.db, cycleId)) {
    await movePlan(work, plan, 'published')
    work.record('plan.reopen', 'plan', plan.id, { schoolId: plan.schoolId, from: 'closed', to: 'published' })
  }
}
