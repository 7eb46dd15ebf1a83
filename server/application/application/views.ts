import { ownSchoolId, worksAt } from '#domain/base/actor.ts'
import {
  againstAdmitting,
  againstMovingApplication,
  againstSubmitting,
  againstWindow,
  lastDayFor,
} from '#domain/application/application.ts'
import { type ApplicationAction, applicationLife } from '#domain/application/applicationLife.ts'
import { movesFrom } from '#domain/base/lifecycle.ts'
import type { Refusal } from '#domain/base/refusal.ts'
import { againstJoining } from '#domain/review/panel.ts'
import { lastApplyDay } from '#domain/year/cycle.ts'
import type { ApplicationDetail } from '#contract/application/application.ts'
import type { Todo } from '#contract/home/todo.ts'
import { demandSight } from '#server/identity/recusal/queries.ts'
import { refuse } from '#server/kernel/problem.ts'
import type { Look } from '#server/kernel/work.ts'
import { cycleOf, readCycle, resultState } from '#server/year/cycle/queries.ts'
import {
  findApplication,
  findApplicationOf,
  listFiledEntries,
  listToAdmit,
  readEligibility,
  readSchoolName,
  readSubmitting,
} from './queries.ts'

/** What a school sees before it applies: the window, the conditions, and the entries that it may cite. */
export async function readOwnApplication(look: Look, year?: number) {
  const schoolId = ownSchoolId(look.actor) ?? ''
  const cycle = await cycleOf(look, year)
  if (!cycle) throw refuse('windowClosed', '局党工委办还没有建立年度，现在不能申报，请等通知。')
  const application = await findApplicationOf(look.db, { schoolId, cycleId: cycle.id })
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

/** One application with its conditions, and what may be done with it. */
export async function readApplicationDetail(look: Look, id: string): Promise<ApplicationDetail> {
  const application = await findApplication(look, id)
  if (!worksAt(look.actor, application.schoolId)) await demandSight(look, application)
  const cycle = await readCycle(look.db, application.cycleId)
  const submitting = await readSubmitting(look, application)
  const standing = await resultState(look.db, application.cycleId)
  const against = (action: ApplicationAction): Refusal[] => {
    if (action === 'submit') return againstSubmitting(look.actor, application, submitting)
    const moving = againstMovingApplication(look.actor, application, action)
    if (action !== 'admit') return moving
    return [...moving, ...againstJoining(standing), ...againstAdmitting(submitting.eligibility)]
  }
  const { bureauId: _bureau, frozen: _frozen, submittedBy: _by, createdAt: _created, ...shown } = application
  return {
    ...shown,
    schoolName: await readSchoolName(look.db, application.schoolId),
    cycleTitle: cycle.title,
    returnNeedsDay: look.today > lastApplyDay(cycle),
    entries: submitting.entries,
    mayWrite: application.state === 'draft' && worksAt(look.actor, application.schoolId),
    eligibility: submitting.eligibility,
    moves: Object.fromEntries(movesFrom(applicationLife, application.state).map((action) => [action, against(action)])),
  }
}

/** What applying asks of this person now: to apply or complete at the school, to admit at the office. */
export async function listApplicationTodos(look: Look): Promise<Todo[]> {
  return [...(await todosToAdmit(look)), ...(await todosToApply(look))]
}

async function todosToAdmit(look: Look): Promise<Todo[]> {
  const offices = look.actor.grants.filter((one) => one.role === 'office').map((one) => one.organizationId)
  if (offices.length === 0) return []
  const rows = await listToAdmit(look, offices)
  return rows.map(({ id, name, receiptNumber }) => ({
    id: `application:${id}`,
    kind: 'applicationToAdmit',
    title: '申报待受理',
    detail: `${name}，回执号 ${receiptNumber ?? ''}。`,
    href: `/console/applications/${id}`,
  }))
}

async function todosToApply(look: Look): Promise<Todo[]> {
  const schoolId = ownSchoolId(look.actor)
  const cycle = schoolId ? await cycleOf(look) : undefined
  if (!schoolId || !cycle) return []
  const application = await findApplicationOf(look.db, { schoolId, cycleId: cycle.id })
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
