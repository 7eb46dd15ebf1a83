import type { ExpressionBuilder } from 'kysely'
import type { z } from 'zod'
import { schoolScope, type Scope } from '#domain/base/actor.ts'
import { missingOfPlan } from '#domain/plan/completeness.ts'
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
    state: row.state,
    publishedVersion: row.publishedVersion === null ? null : Number(row.publishedVersion),
    missing: isDraft(row) ? missingOfPlan(contentOf(row, parts)).map((one) => one.message) : [],
    updatedAt: row.updatedAt,
  }))
  return { items, total: Number(total) }
}

const isDraft = (row: { [K in keyof PlanRow]: PlanRow[K] | null }): row is PlanRow =>
  row.id !== null && row.state === 'draft'

/** The list of the asked year, or of the current one. */
export async function listPlansOfYear(look: Look, filter: PlanFilter) {
  const cycle = await cycleOf(look, filter.year)
  return listPlanRows(look, filter, cycle)
}

const MOST_PLANS = 200

const MOST_TASKS = 50

/** Plans of open years that wait for these bureaus to judge them, or for these schools to go on with them. */
export function listWaitingPlans(
  db: ReadOnly,
  { offices, schools }: { offices: readonly string[]; schools: readonly string[] },
) {
  return db
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
        ...(schools.length > 0
          ? [eb.and([eb('plan.schoolId', 'in', schools), eb('plan.state', 'in', ['draft', 'accepted'])])]
          : []),
      ]),
    )
    .orderBy('plan.updatedAt')
    .limit(MOST_PLANS)
    .execute()
}

/** Tasks of these schools that are to be done until a day and are not. */
export const listDueTasks = (db: ReadOnly, schoolIds: readonly string[], until: string) =>
  db
    .selectFrom('task')
    .where('task.removedAt', 'is', null)
    .innerJoin('plan', 'plan.id', 'task.planId')
    .select(['task.id', 'task.content', 'task.dueOn', 'task.ownerName', 'task.progress', 'plan.id as planId'])
    .where('task.schoolId', 'in', schoolIds)
    .where('plan.state', '=', 'published')
    .where('task.progress', '<', 100)
    .where('task.dueOn', '<=', until)
    .orderBy('task.dueOn')
    .limit(MOST_TASKS)
    .execute()
