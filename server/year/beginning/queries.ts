import { ownSchoolId } from '#domain/base/actor.ts'
import { readDutyCounts } from '#server/schools/contact/queries.ts'
import { cycleOf } from '#server/year/cycle/queries.ts'
import type { Todo } from '#contract/home/todo.ts'
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

/** What a bureau does before a year can run, in order; each step says how far it is and where it is done. */
export async function readStart(look: Look) {
  const bureauId = look.actor.bureauId
  const duties = await readDutyCounts(look, bureauId)
  const standard = await look.db
    .selectFrom('standard')
    .select(['title', 'version'])
    .where('bureauId', '=', bureauId)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  const cycle = await cycleOf(look)
  const accounts = await countSchoolAccounts(look, bureauId)
  const waits = accounts.total - accounts.activated
  const { schools, covered, zones, led } = duties
  const openDuties = [
    ...(covered < schools ? [`${schools - covered} 所学校没有联系股室`] : []),
    ...(led < zones ? [`${zones - led} 个片区没有分包领导`] : []),
  ]
  const steps = [
    {
      key: 'list' as const,
      title: '导入学校名单',
      detail: schools > 0 ? `在册 ${schools} 所` : '书记和党务干事的账号可以一并建立。',
      done: schools > 0,
      href: schools > 0 ? '/console/schools' : '/console/schools/import',
    },
    {
      key: 'duties' as const,
      title: '联系点分工',
      detail: schools === 0 ? '有了学校以后安排分包领导和联系股室。' : openDuties.join('，') || '都已安排',
      done: schools > 0 && openDuties.length === 0,
      href: '/console/contacts',
    },
    {
      key: 'standard' as const,
      title: '选用评估标准',
      detail: standard ? `${standard.title}，第 ${standard.version} 版` : '可以采用自带的标准。',
      done: standard !== undefined,
      href: '/console/standards',
    },
    {
      key: 'cycle' as const,
      title: '建立并开启年度',
      detail: cycle
        ? cycle.state === 'draft'
          ? `${cycle.title}已建立，还没有开启`
          : cycle.title
        : '写明依据文件、时间安排和结果的名称。',
      done: cycle !== undefined && cycle.state !== 'draft',
      href: cycle ? `/console/cycles/${cycle.id}` : '/console/cycles',
    },
    {
      key: 'activation' as const,
      title: '学校账号激活',
      detail:
        accounts.total === 0
          ? '还没有学校账号。'
          : waits > 0
            ? `${waits} 人还没有激活，共 ${accounts.total} 人`
            : '都已激活',
      done: accounts.total > 0 && waits === 0,
      href: waits > 0 ? '/console/schools?only=inactive' : '/console/schools/slips',
    },
  ]
  return { steps, open: steps.filter((step) => !step.done).length }
}

/** Secretaries and clerks of the schools in the register, and how many have set a password. */
async function countSchoolAccounts(look: Look, bureauId: string) {
  const row = await look.db
    .selectFrom('roleGrant')
    .innerJoin('account', 'account.personId', 'roleGrant.personId')
    .innerJoin('school', 'school.id', 'roleGrant.organizationId')
    .select((eb) => [eb.fn.countAll<number>().as('total'), eb.fn.count<number>('account.passwordHash').as('activated')])
    .where('school.bureauId', '=', bureauId)
    .where('school.retiredAt', 'is', null)
    .where('roleGrant.role', 'in', ['secretary', 'clerk'])
    .where('roleGrant.endedAt', 'is', null)
    .where('account.state', '=', 'active')
    .executeTakeFirstOrThrow()
  return { total: Number(row.total), activated: Number(row.activated) }
}
