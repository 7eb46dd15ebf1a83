import type { ExpressionBuilder } from 'kysely'
import type { Todo } from '#contract/home/todo.ts'
import type { z } from 'zod'
import { type Scope, schoolScope } from '#domain/base/actor.ts'
import { addDays } from '#domain/base/calendar.ts'
import { missingOfPlan } from '#domain/plan/completeness.ts'
import type { PlanState } from '#domain/plan/planLife.ts'
import type { planQuery } from '#contract/plan/plan.ts'
import type { PlanRow } from '#server/db/tables/plan.ts'
import type { Tables } from '#server/db/tables.ts'
import { counted, type Cycle, cycleOf } from '#server/year/cycle/queries.ts'
import { contentOf } from '#server/plan/plan/queries.ts'
import { readParts } from '#server/plan/part/queries.ts'
import { chosenSort } from '#server/kernel/sorting.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

export type PlanFilter = z.infer<typeof planQuery>

/** Every school in scope beside its newest version of the year. */
function schoolsWithPlan(db: ReadOnly, scope: Scope, filter: Partial<PlanFilter>, cycle: Cycle | undefined) {
  const cycleId = cycle?.id ?? ''
  const inForce = (eb: ExpressionBuilder<Tables, 'school'>) =>
    eb.exists(
      eb
        .selectFrom('plan as public')
        .select('public.id')
        .whereRef('public.schoolId', '=', 'school.id')
        .where('public.cycleId', '=', cycleId)
        .where('public.publishedAt', 'is not', null),
    )
  let rows = db
    .selectFrom('school')
    .innerJoin('zone', 'zone.id', 'school.zoneId')
    .leftJoin('plan', (join) =>
      join
        .onRef('plan.schoolId', '=', 'school.id')
        .on('plan.cycleId', '=', cycleId)
        .on((eb) =>
          eb(
            'plan.version',
            '=',
            eb
              .selectFrom('plan as versions')
              .select((one) => one.fn.max('versions.version').as('version'))
              .whereRef('versions.schoolId', '=', 'school.id')
              .where('versions.cycleId', '=', cycleId),
          ),
        ),
    )
    .where(counted(cycle))
  if ('bureauId' in scope) rows = rows.where('school.bureauId', '=', scope.bureauId)
  else rows = rows.where('school.id', 'in', scope.schoolIds)
  if (filter.state === 'missing') rows = rows.where('plan.id', 'is', null)
  // A school that revises its plan still has one in force.
  else if (filter.state === 'published') rows = rows.where((eb) => inForce(eb as never))
  else if (filter.state) rows = rows.where('plan.state', '=', filter.state)
  if (filter.zoneId) rows = rows.where('school.zoneId', '=', filter.zoneId)
  if (filter.stage) rows = rows.where('school.stage', '=', filter.stage)
  if (filter.q) rows = rows.where(contains(db, ['school.name', 'school.pinyin'], filter.q))
  return rows
}

const sorts = { school: 'school.sortKey', state: 'plan.state', updatedAt: 'plan.updatedAt' } as const

/** The schools of a year by the state of their newest version: how many in all, and how many of them have one in force. */
export async function countPlans(look: Look, cycle: Cycle) {
  const scope = schoolScope(look.actor)
  const states = await schoolsWithPlan(look.db, scope, {}, cycle)
    .select((eb) => ['plan.state', eb.fn.countAll<number>().as('count')])
    .groupBy('plan.state')
    .execute()
  const inForce = await schoolsWithPlan(look.db, scope, { state: 'published' }, cycle)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return { states, inForce: Number(inForce.count) }
}

async function listPlanRows(look: Look, filter: PlanFilter, cycle: Cycle | undefined) {
  const scope = schoolScope(look.actor)
  const { column, direction } = chosenSort(sorts, filter.sort)
  const rows = await schoolsWithPlan(look.db, scope, filter, cycle)
    .select((eb) => [
      'school.id as ofSchool',
      'school.name as schoolName',
      'school.stage',
      'zone.name as zoneName',
      eb
        .selectFrom('plan as public')
        .select((one) => one.fn.max('public.version').as('v'))
        .whereRef('public.schoolId', '=', 'school.id')
        .where('public.cycleId', '=', cycle?.id ?? '')
        .where('public.publishedAt', 'is not', null)
        .as('publishedVersion'),
    ])
    .selectAll('plan')
    .orderBy(column ?? sorts.school, direction)
    .orderBy('school.id')
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size)
    .execute()
  const { total } = await schoolsWithPlan(look.db, scope, filter, cycle)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const drafts = rows.flatMap((row) => (row.id && row.state === 'draft' ? [row.id] : []))
  const parts = await readParts(look.db, drafts)
  const items = rows.map((row) => ({
    schoolId: row.ofSchool,
    schoolName: row.schoolName,
    stage: row.stage,
    zoneName: row.zoneName,
    planId: row.id,
    version: row.version,
    state: row.state as PlanState | null,
    publishedVersion: row.publishedVersion === null ? null : Number(row.publishedVersion),
    missing: isDraft(row) ? missingOfPlan(contentOf(row, parts)).map((one) => one.message) : [],
    updatedAt: row.updatedAt,
  }))
  return { items, total: Number(total) }
}

const isDraft = (row: { [K in keyof PlanRow]: PlanRow[K] | null }): row is PlanRow =>
  row.id !== null && row.state === 'draft'

const SOON = 14
const todoKinds = {
  accepted: ['planToPublish', '创建方案待公布', '已审核通过，请向师生和社会公布。'],
  draft: ['planDraft', '创建方案待起草完成', '填好后请书记签报。'],
  submitted: ['planToJudge', '创建方案待审核', '学校书记已签报。'],
} as const

/** What the plan asks of this person now: to sign, mend, publish, answer, finish or judge. */
export async function listPlanTodos(look: Look): Promise<Todo[]> {
  const offices = look.actor.grants.filter((one) => one.role === 'office').map((one) => one.organizationId)
  const secretaryOf = look.actor.grants.filter((one) => one.role === 'secretary').map((one) => one.organizationId)
  const own = look.actor.grants
    .filter((one) => one.role === 'secretary' || one.role === 'clerk')
    .map((one) => one.organizationId)
  if (offices.length + own.length === 0) return []
  const waiting = await look.db
    .selectFrom('plan')
    .innerJoin('school', 'school.id', 'plan.schoolId')
    .innerJoin('cycle', 'cycle.id', 'plan.cycleId')
    .selectAll('plan')
    .select(['school.name as schoolName', 'cycle.title as cycleTitle', 'cycle.planUntil'])
    .where('cycle.state', '=', 'open')
    .where((eb) =>
      // Only what this person may wait for is asked: a school has no part of the bureau's condition to be searched by.
      eb.or([
        ...(offices.length > 0
          ? [eb.and([eb('plan.bureauId', 'in', offices), eb('plan.state', '=', 'submitted')])]
          : []),
        ...(own.length > 0
          ? [eb.and([eb('plan.schoolId', 'in', own), eb('plan.state', 'in', ['draft', 'accepted'])])]
          : []),
      ]),
    )
    .orderBy('plan.updatedAt')
    .limit(200)
    .execute()
  const drafts = waiting.filter((plan) => plan.state === 'draft').map((plan) => plan.id)
  const parts = await readParts(look.db, drafts)
  const todos = waiting.map((plan): Todo => {
    const [kind, title, detail] = todoKinds[plan.state as keyof typeof todoKinds]
    const base = { id: `plan:${plan.id}`, href: `/console/plans/${plan.id}` }
    const due = plan.planUntil ? { dueDate: plan.planUntil } : {}
    const over = `${plan.schoolName} ${plan.cycleTitle} 第 ${plan.version} 版`
    // The day was the school's; what waits for the office has none.
    if (plan.state === 'submitted') return { ...base, kind, title, detail: `${over}：${detail}` }
    if (plan.state !== 'draft') return { ...base, ...due, kind, title, detail: `${over}：${detail}` }
    if (plan.returnReason)
      return { ...base, ...due, kind: 'planReturned', title: '创建方案被退回，请修改', detail: plan.returnReason }
    const missing = missingOfPlan(contentOf(plan, parts)).length
    if (missing === 0 && secretaryOf.includes(plan.schoolId))
      return {
        ...base,
        ...due,
        kind: 'planToSign',
        title: '创建方案待签报',
        detail: `${over}：内容已齐，请核对后签报。`,
      }
    if (missing === 0)
      return { ...base, ...due, kind: 'planComplete', title: '创建方案已填齐，请书记签报', detail: over }
    return {
      ...base,
      ...due,
      kind,
      title,
      detail: missing > 0 ? `${over}：还有 ${missing} 处没有填好。` : `${over}：${detail}`,
    }
  })
  return [...todos, ...(await listTaskTodos(look, own))]
}

async function listTaskTodos(look: Look, schoolIds: readonly string[]): Promise<Todo[]> {
  if (schoolIds.length === 0) return []
  const tasks = await look.db
    .selectFrom('task')
    .where('task.removedAt', 'is', null)
    .innerJoin('plan', 'plan.id', 'task.planId')
    .select(['task.id', 'task.content', 'task.dueOn', 'task.ownerName', 'task.progress', 'plan.id as planId'])
    .where('task.schoolId', 'in', schoolIds)
    .where('plan.state', '=', 'published')
    .where('task.progress', '<', 100)
    .where('task.dueOn', '<=', addDays(look.today, SOON))
    .orderBy('task.dueOn')
    .limit(50)
    .execute()
  return tasks.map((task) => ({
    id: `task:${task.id}`,
    kind: 'taskDue',
    title: `任务即将到期：${task.content}`,
    detail: `责任人 ${task.ownerName}，进度 ${task.progress}%。`,
    ...(task.dueOn ? { dueDate: task.dueOn } : {}),
    href: `/console/plans/${task.planId}`,
  }))
}

/** The list of the asked year, or of the current one. */
export async function listPlansOfYear(look: Look, filter: PlanFilter) {
  const cycle = await cycleOf(look, filter.year)
  return listPlanRows(look, filter, cycle)
}
