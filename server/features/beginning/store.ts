import { ownSchoolId } from '#domain/actor.ts'
import { cycleOf } from '#server/features/cycle/store.ts'
import type { Todo } from '#contract/todo.ts'
import type { Look } from '#server/kernel/work.ts'

/** The first steps of a school's year that it has not yet taken: nothing exists yet that could remind of them. */
export async function listBeginningTodos(look: Look): Promise<Todo[]> {
  const schoolId = ownSchoolId(look.actor)
  const cycle = schoolId ? await cycleOf(look) : undefined
  if (!schoolId || cycle?.state !== 'open') return []
  const facts = await look.db
    .selectFrom('school')
    .leftJoin('brand', 'brand.schoolId', 'school.id')
    .leftJoin('plan', (join) => join.onRef('plan.schoolId', '=', 'school.id').on('plan.cycleId', '=', cycle.id))
    .select((eb) => [
      'school.confirmedAt',
      'brand.id as brandId',
      'plan.id as planId',
      eb
        .selectFrom('argumentation')
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .whereRef('argumentation.schoolId', '=', 'school.id')
        .where('argumentation.voidedAt', 'is', null)
        .as('argued'),
    ])
    .where('school.id', '=', schoolId)
    .executeTakeFirst()
  if (!facts) return []
  const due = cycle.planUntil ? { dueDate: cycle.planUntil } : {}
  const steps: (Todo | false)[] = [
    facts.confirmedAt === null && {
      id: 'begin:counts',
      kind: 'beginCounts',
      title: '请核对本校人数',
      detail: '公示、满意度测评和申报都以它为准。',
      ...due,
      href: '/console/school',
    },
    facts.brandId === null && {
      id: 'begin:brand',
      kind: 'beginBrand',
      title: '请建立党建文化品牌',
      detail: '一所学校一个品牌：先写名称、理念和内涵，方案签报以前须填齐。',
      ...due,
      href: '/console/brand/edit',
    },
    facts.brandId !== null &&
      Number(facts.argued ?? 0) === 0 && {
        id: 'begin:argue',
        kind: 'beginArgue',
        title: '请记品牌论证',
        detail: '集思广益，多方论证：方案签报以前，至少记一次。',
        ...due,
        href: '/console/brand/argue',
      },
    facts.planId === null && {
      id: 'begin:plan',
      kind: 'beginPlan',
      title: '请起草创建方案',
      detail: `${cycle.title}的创建方案还没有开始。`,
      ...due,
      href: '/console/plan',
    },
  ]
  return steps.filter((step) => step !== false)
}
