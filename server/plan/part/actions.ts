import { againstBadProgress, againstDeciding, againstTracking } from '#domain/plan/plan.ts'
import { againstBlank, refusal } from '#domain/base/refusal.ts'
import { stampOf } from '#domain/base/stamp.ts'
import { findFilesFor } from '#server/records/file/queries.ts'
import { findPlan } from '#server/plan/plan/queries.ts'
import { demand, found, unseen } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { changeSpent, changeTaskProgress, keepOutcome, movePromise } from './writes.ts'
import { findBudgetLine, findPromise, findTask } from './queries.ts'

export async function updateTask(
  work: Work,
  id: string,
  { seen, ...progress }: { progress: number; progressNote: string; doneOn: string | null; seen?: string | undefined },
): Promise<{ ok: true }> {
  const task = await findTask(work.db, id)
  const plan = await findPlan(work.db, task.planId)
  demand([
    ...againstTracking(work.actor, plan),
    ...unseen(seen, stampOf([task.progress, task.progressNote, task.doneOn]), '登记'),
    ...againstBadProgress(progress, work.today),
  ])
  await changeTaskProgress(work, task.rootId, plan, progress)
  work.record('task.progressed', 'task', id, { schoolId: plan.schoolId, from: task.progress, to: progress.progress })
  return { ok: true }
}

export async function updateSpending(work: Work, id: string, spentFen: number, seen?: string): Promise<{ ok: true }> {
  const line = await findBudgetLine(work.db, id)
  const plan = await findPlan(work.db, line.planId)
  demand([...againstTracking(work.actor, plan), ...unseen(seen, stampOf(line.spentFen), '登记')])
  await changeSpent(work, line.rootId, plan, spentFen)
  work.record('budgetLine.spent', 'budgetLine', id, { schoolId: plan.schoolId, from: line.spentFen, to: spentFen })
  return { ok: true }
}

const promiseActions = { kept: 'keep', changed: 'change', missed: 'miss' } as const

/** Says how a promise went: kept with evidence, changed with a reason, missed with or without an explanation. */
export async function decidePromise(
  work: Work,
  id: string,
  said: { to: keyof typeof promiseActions; explanation: string; fileId?: string | null },
): Promise<{ ok: true }> {
  const promise = await findPromise(work.db, id)
  const plan = await findPlan(work.db, promise.planId)
  const action = promiseActions[said.to]
  const fileId = said.fileId ?? null
  const asked =
    said.to === 'kept' && fileId === null ? [refusal('incomplete', '请附上兑现的佐证文件。', { field: 'fileId' })] : []
  const why = said.to === 'changed' ? againstBlank({ reason: { label: '调整的理由', value: said.explanation } }) : []
  demand([...againstDeciding(work.actor, plan, { state: promise.state, action }), ...asked, ...why])
  if (fileId) found((await findFilesFor(work, [fileId], plan.schoolId))[0])
  await movePromise(work, promise, plan, { state: said.to, explanation: said.explanation, fileId })
  const detail = { schoolId: plan.schoolId, from: promise.state, to: said.to }
  work.record(`promise.${action}`, 'promise', id, detail)
  return { ok: true }
}

/** Takes back what was registered of a promise, which stays readable; it can then be registered anew. */
export async function reopenPromise(
  work: Work,
  id: string,
  { reason, seen }: { reason: string; seen?: string | undefined },
): Promise<{ ok: true }> {
  const promise = await findPromise(work.db, id)
  const plan = await findPlan(work.db, promise.planId)
  demand([
    ...againstDeciding(work.actor, plan, { state: promise.state, action: 'reopen' }),
    ...unseen(seen, promise.decidedAt ?? '', '撤回登记'),
    ...againstBlank({ reason: { label: '撤回的理由', value: reason } }),
  ])
  await keepOutcome(work, promise, reason)
  await movePromise(work, promise, plan, { state: 'open', explanation: '', fileId: null })
  work.record('promise.reopen', 'promise', id, { schoolId: plan.schoolId, from: promise.state, to: 'open', reason })
  return { ok: true }
}
