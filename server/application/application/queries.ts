import type { z } from 'zod'
import { againstReadingSchool, ownSchoolId, type Scope, schoolScope, worksAt } from '#domain/base/actor.ts'
import {
  againstAdmitting,
  againstMovingApplication,
  againstSubmitting,
  againstWindow,
  lastDayFor,
} from '#domain/application/application.ts'
import { type EligibilityItem, eligibilityOf } from '#domain/application/eligibility.ts'
import { breachInWords } from '#domain/application/precondition.ts'
import { missingOfBrand } from '#domain/plan/completeness.ts'
import { againstJoining } from '#domain/review/panel.ts'
import { movesFrom } from '#domain/base/lifecycle.ts'
import { applicationLife, type ApplicationState } from '#domain/application/applicationLife.ts'
import type { ApplicationDetail, listApplications } from '#contract/application/application.ts'
import type { ApplicationRow } from '#server/db/tables/application.ts'
import { lastApplyDay } from '#domain/year/cycle.ts'
import { overdueComments } from '#server/plan/comment/queries.ts'
import { cycleOf, readCycle, resultState } from '#server/year/cycle/queries.ts'
import { filedEntries, ledgerFacts } from '#server/ledger/figures/queries.ts'
import { findStandingPlan } from '#server/plan/plan/queries.ts'
import { overdueOrders } from '#server/supervision/rectification/queries.ts'
import { listOpenBreaches } from '#server/application/precondition/queries.ts'
import type { Todo } from '#contract/home/todo.ts'
import { demandSight, notBarred } from '#server/identity/recusal/queries.ts'
import { demand, found, refuse } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

export type ApplicationOf = Omit<ApplicationRow, 'state' | 'entryIds'> & { state: ApplicationState; entryIds: string[] }

export async function findApplication(look: Look, id: string): Promise<ApplicationOf> {
  const row = found(await look.db.selectFrom('application').selectAll().where('id', '=', id).executeTakeFirst())
  demand(againstReadingSchool(look.actor, row))
  return { ...row, entryIds: JSON.parse(row.entryIds) as string[] }
}

/** What rule 4 asks, gathered from the records of the year and answered point by point. */
export async function readEligibility(
  look: Pick<Look, 'db' | 'today'>,
  schoolId: string,
  cycleId: string,
): Promise<EligibilityItem[]> {
  const { db, today } = look
  const brand = await db.selectFrom('brand').selectAll().where('schoolId', '=', schoolId).executeTakeFirst()
  const argued = await db
    .selectFrom('argumentation')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('voidedAt', 'is', null)
    .where('schoolId', '=', schoolId)
    .executeTakeFirst()
  const plan = await findStandingPlan(db, { schoolId, cycleId })
  const summary = await db
    .selectFrom('summary')
    .select('state')
    .where('schoolId', '=', schoolId)
    .where('cycleId', '=', cycleId)
    .executeTakeFirst()
  const late = await overdueOrders(db, today)
    .where('rectification.schoolId', '=', schoolId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const unanswered = await overdueComments(db, today)
    .where('comment.schoolId', '=', schoolId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return eligibilityOf({
    brandMissing: missingOfBrand(brand ? { ...brand, argumentationCount: Number(argued?.count ?? 0) } : undefined),
    planState: plan?.state ?? null,
    planId: plan?.id ?? null,
    pillarCounts: (await ledgerFacts(db, schoolId, cycleId)).pillarCounts,
    summaryState: summary?.state ?? null,
    overdueRectifications: Number(late.count),
    overdueComments: Number(unanswered.count),
    breachedPreconditions: (await listOpenBreaches(db, [schoolId], cycleId)).map(breachInWords),
  })
}

const chosenColumns = ['entry.id', 'entry.title', 'entry.happenedOn', 'entry.pillar'] as const

/** Filed entries of the year with the number of their evidence files, newest first. */
export async function listFiledEntries(
  db: ReadOnly,
  where: { schoolId: string; cycleId: string; ids?: readonly string[] },
) {
  let rows = filedEntries(db)
    .leftJoin('evidence', (join) =>
      join.onRef('evidence.subjectId', '=', 'entry.id').on('evidence.subjectType', '=', 'entry'),
    )
    .select((eb) => [...chosenColumns, eb.fn.count<number>('evidence.id').as('evidenceCount')])
    .where('entry.schoolId', '=', where.schoolId)
    .where('entry.cycleId', '=', where.cycleId)
  if (where.ids) rows = rows.where('entry.id', 'in', where.ids)
  const found = await rows.groupBy(chosenColumns).orderBy('entry.happenedOn', 'desc').limit(500).execute()
  return found.map((one) => ({ ...one, evidenceCount: Number(one.evidenceCount) }))
}

export async function readOwn(look: Look, year?: number) {
  const schoolId = ownSchoolId(look.actor) ?? ''
  const cycle = await cycleOf(look, year)
  if (!cycle) throw refuse('windowClosed', '局党工委办还没有建立年度，现在不能申报，请等通知。')
  const application = await look.db
    .selectFrom('application')
    .select(['id', 'state', 'completeUntil'])
    .where('schoolId', '=', schoolId)
    .where('cycleId', '=', cycle.id)
    .executeTakeFirst()
  return {
    cycleTitle: cycle.title,
    applyFrom: cycle.applyFrom,
    applyUntil: cycle.applyUntil,
    graceUntil: cycle.graceUntil,
    completeUntil: application?.completeUntil ?? null,
    windowReasons: againstWindow({ ...cycle, completeUntil: application?.completeUntil ?? null }, look.today),
    eligibility: await readEligibility(look, schoolId, cycle.id),
    applicationId: application?.id ?? null,
    state: application?.state ?? null,
    candidates: await listFiledEntries(look.db, { schoolId, cycleId: cycle.id }),
  }
}

/** What the rule for submitting looks at; the action and the grey button ask the same. */
export async function readSubmitting(look: Look, application: ApplicationOf) {
  const cycle = await readCycle(look.db, application.cycleId)
  const entries = await listFiledEntries(look.db, { ...application, ids: application.entryIds })
  return {
    window: { ...cycle, completeUntil: application.completeUntil },
    today: look.today,
    eligibility: await readEligibility(look, application.schoolId, application.cycleId),
    missingEntries: application.entryIds.length - entries.length,
    entries,
  }
}

export async function readApplicationDetail(look: Look, id: string): Promise<ApplicationDetail> {
  const application = await findApplication(look, id)
  if (!worksAt(look.actor, application.schoolId)) await demandSight(look, application)
  const school = found(
    await look.db.selectFrom('school').select('name').where('id', '=', application.schoolId).executeTakeFirst(),
  )
  const cycle = await readCycle(look.db, application.cycleId)
  const submitting = await readSubmitting(look, application)
  const standing = await resultState(look.db, application.cycleId)
  const { bureauId: _bureau, frozen: _frozen, submittedBy: _by, createdAt: _created, ...shown } = application
  return {
    ...shown,
    schoolName: school.name,
    cycleTitle: cycle.title,
    returnNeedsDay: look.today > lastApplyDay(cycle),
    entries: submitting.entries,
    mayWrite: application.state === 'draft' && worksAt(look.actor, application.schoolId),
    eligibility: submitting.eligibility,
    moves: Object.fromEntries(
      movesFrom(applicationLife, application.state).map((action) => [
        action,
        action === 'submit'
          ? againstSubmitting(look.actor, application, submitting)
          : [
              ...againstMovingApplication(look.actor, application, action),
              ...(action === 'admit' ? [...againstJoining(standing), ...againstAdmitting(submitting.eligibility)] : []),
            ],
      ]),
    ),
  }
}

/** An application counts from its submission until it is taken back. */
export const notSent = ['draft', 'withdrawn'] as const

type ListQuery = z.infer<typeof listApplications.query>

export async function listSchoolApplications(look: Look, query: ListQuery, scope: Scope = schoolScope(look.actor)) {
  const cycle = await cycleOf(look, query.year)
  if (!cycle) return { items: [], total: 0 }
  let rows = look.db
    .selectFrom('application')
    .innerJoin('school', 'school.id', 'application.schoolId')
    .innerJoin('zone', 'zone.id', 'school.zoneId')
    .leftJoin('brand', 'brand.schoolId', 'application.schoolId')
    .where('application.cycleId', '=', cycle.id)
  rows =
    'bureauId' in scope
      ? rows
          .where('application.bureauId', '=', scope.bureauId)
          .where(notBarred(look, 'application.cycleId', 'application.schoolId'))
      : rows.where('application.schoolId', 'in', scope.schoolIds)
  if (query.q) rows = rows.where(contains(look.db, ['school.name', 'school.pinyin'], query.q))
  if (query.state === 'sent') rows = rows.where('application.state', 'not in', [...notSent])
  else if (query.state) rows = rows.where('application.state', '=', query.state)
  if (query.stage) rows = rows.where('school.stage', '=', query.stage)
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await rows
    .select([
      'application.id',
      'application.schoolId',
      'school.name as schoolName',
      'school.stage',
      'zone.name as zoneName',
      'brand.name as brandName',
      'application.state',
      'application.receiptNumber',
      'application.submittedAt',
    ])
    .orderBy('application.submittedAt', (order) => order.desc().nullsLast())
    .orderBy('school.sortKey')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return { items: items.map((one) => ({ ...one, brandName: one.brandName ?? '' })), total: Number(total) }
}

/** What applying asks of this person now: to apply or complete at the school, to admit at the office. */
export async function listApplicationTodos(look: Look): Promise<Todo[]> {
  return [...(await listToAdmit(look)), ...(await listToApply(look))]
}

async function listToAdmit(look: Look): Promise<Todo[]> {
  const offices = look.actor.grants.filter((one) => one.role === 'office').map((one) => one.organizationId)
  if (offices.length === 0) return []
  const rows = await look.db
    .selectFrom('application')
    .innerJoin('school', 'school.id', 'application.schoolId')
    .select(['application.id', 'school.name', 'application.receiptNumber'])
    .where('application.bureauId', 'in', offices)
    .where('application.state', '=', 'submitted')
    .where(notBarred(look, 'application.cycleId', 'application.schoolId'))
    .orderBy('application.submittedAt')
    .limit(200)
    .execute()
  return rows.map(({ id, name, receiptNumber }) => ({
    id: `application:${id}`,
    kind: 'applicationToAdmit',
    title: '申报待受理',
    detail: `${name}，回执号 ${receiptNumber ?? ''}。`,
    href: `/console/applications/${id}`,
  }))
}

async function listToApply(look: Look): Promise<Todo[]> {
  const schoolId = ownSchoolId(look.actor)
  const cycle = schoolId ? await cycleOf(look) : undefined
  if (!schoolId || !cycle) return []
  const application = await look.db
    .selectFrom('application')
    .select(['id', 'state', 'reason', 'completeUntil'])
    .where('schoolId', '=', schoolId)
    .where('cycleId', '=', cycle.id)
    .executeTakeFirst()
  const window = { ...cycle, completeUntil: application?.completeUntil ?? null }
  if (againstWindow(window, look.today).length > 0) return []
  const base = { id: `apply:${application?.id ?? cycle.id}`, dueDate: lastDayFor(window) }
  if (application && application.state !== 'draft') return []
  if (application?.reason) {
    const href = `/console/applications/${application.id}`
    return [{ ...base, kind: 'applicationReturned', title: '申报被退回，请补充', detail: application.reason, href }]
  }
  const eligibility = await readEligibility(look, schoolId, cycle.id)
  if (eligibility.some((item) => !item.met)) return []
  const href = application ? `/console/applications/${application.id}` : '/console/apply'
  const title = application ? '申报还没有提交' : '可以申报'
  return [{ ...base, kind: 'applicationToSubmit', title, detail: '申报条件已全部达到，过期不能提交。', href }]
}
