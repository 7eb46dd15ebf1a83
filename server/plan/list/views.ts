import { addDays } from '#domain/base/calendar.ts'
import { missingOfPlan } from '#domain/plan/completeness.ts'
import type { Todo } from '#contract/home/todo.ts'
import { contentOf } from '#server/plan/plan/queries.ts'
import { type Parts, readParts } from '#server/plan/part/queries.ts'
import type { Look } from '#server/kernel/work.ts'
import { listDueTasks, listWaitingPlans } from './queries.ts'

const SOON = 14

/** What the plan asks of this person now: to sign, mend, publish, answer, finish or judge. */
export async function listPlanTodos(look: Look): Promise<Todo[]> {
  const offices = look.actor.grants.filter((one) => one.role === 'office').map((one) => one.organizationId)
  const secretaryOf = look.actor.grants.filter((one) => one.role === 'secretary').map((one) => one.organizationId)
  const own = look.actor.grants
    .filter((one) => one.role === 'secretary' || one.role === 'clerk')
    .map((one) => one.organizationId)
  if (offices.length + own.length === 0) return []
  const waiting = await listWaitingPlans(look.db, { offices, schools: own })
  const drafts = waiting.filter((plan) => plan.state === 'draft').map((plan) => plan.id)
  const parts = await readParts(look.db, drafts)
  const todos = waiting.map((plan) => todoOf(plan, parts, secretaryOf.includes(plan.schoolId)))
  return [...todos, ...(await listTaskTodos(look, own))]
}

type Waiting = Awaited<ReturnType<typeof listWaitingPlans>>[number]

function todoOf(plan: Waiting, parts: Parts, signs: boolean): Todo {
  const base = { id: `plan:${plan.id}`, href: `/console/plans/${plan.id}` }
  const over = `${plan.schoolName} ${plan.cycleTitle} 第 ${plan.version} 版`
  // The day was the school's; what waits for the office has none.
  if (plan.state === 'submitted')
    return { ...base, kind: 'planToJudge', title: '创建方案待审核', detail: `${over}：学校书记已签报。` }
  const own = { ...base, ...(plan.planUntil ? { dueDate: plan.planUntil } : {}) }
  if (plan.state === 'accepted')
    return {
      ...own,
      kind: 'planToPublish',
      title: '创建方案待公布',
      detail: `${over}：已审核通过，请向师生和社会公布。`,
    }
  if (plan.returnReason)
    return { ...own, kind: 'planReturned', title: '创建方案被退回，请修改', detail: plan.returnReason }
  const missing = missingOfPlan(contentOf(plan, parts)).length
  if (missing > 0)
    return {
      ...own,
      kind: 'planDraft',
      title: '创建方案待起草完成',
      detail: `${over}：还有 ${missing} 处没有填好。`,
    }
  return signs
    ? { ...own, kind: 'planToSign', title: '创建方案待签报', detail: `${over}：内容已齐，请核对后签报。` }
    : { ...own, kind: 'planComplete', title: '创建方案已填齐，请书记签报', detail: over }
}

async function listTaskTodos(look: Look, schoolIds: readonly string[]): Promise<Todo[]> {
  if (schoolIds.length === 0) return []
  const tasks = await listDueTasks(look.db, schoolIds, addDays(look.today, SOON))
  return tasks.map((task) => ({
    id: `task:${task.id}`,
    kind: 'taskDue',
    title: `任务即将到期：${task.content}`,
    detail: `责任人 ${task.ownerName}，进度 ${task.progress}%。`,
    ...(task.dueOn ? { dueDate: task.dueOn } : {}),
    href: `/console/plans/${task.planId}`,
  }))
}
