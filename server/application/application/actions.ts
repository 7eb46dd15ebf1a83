import { againstUnseen } from '#domain/base/refusal.ts'
import { againstDrafting, ownSchoolId } from '#domain/base/actor.ts'
import {
  againstAdmitting,
  againstMovingApplication,
  againstReturning,
  againstSubmitting,
} from '#domain/application/application.ts'
import { canonical } from '#domain/base/canonical.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { againstJoining } from '#domain/review/panel.ts'
import { type ApplicationAction, applicationLife, type ApplicationState } from '#domain/application/applicationLife.ts'
import { againstBarred } from '#server/identity/recusal/queries.ts'
import { currentCycle, readCycle, resultState } from '#server/year/cycle/queries.ts'
import { freezeEntries, thawEntries } from '#server/ledger/entry/actions.ts'
import { changedOne, demand, found, refuse, unseen } from '#server/kernel/problem.ts'
import { againstBroken, liftSeal, sealRow } from '#server/kernel/seal.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import { composeDossier } from './documents.ts'
import { type ApplicationOf, findApplication, readEligibility, readSubmitting } from './queries.ts'

/** Starts the school's application of the open year; it may be drafted before the window opens. */
export async function startApplication(work: Work): Promise<{ id: string }> {
  const school = found(
    await work.db
      .selectFrom('school')
      .select(['id', 'bureauId'])
      .where('id', '=', ownSchoolId(work.actor) ?? '')
      .executeTakeFirst(),
  )
  const cycle = await currentCycle(work.db, school.bureauId)
  if (cycle?.state !== 'open') throw refuse('windowClosed', '本年度没有开启，暂不能申报。')
  const id = work.newId()
  await work.tx
    .insertInto('application')
    .values({
      id,
      schoolId: school.id,
      cycleId: cycle.id,
      bureauId: school.bureauId,
      state: applicationLife.first,
      highlights: '',
      entryIds: '[]',
      frozen: null,
      digest: null,
      receiptNumber: null,
      submittedAt: null,
      submittedBy: null,
      reason: null,
      completeUntil: null,
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()
  work.record('application.drafted', 'application', id, { schoolId: school.id })
  return { id }
}

export interface ApplicationText {
  highlights: string
  entryIds: string[]
  updatedAt: string
}

export async function saveApplicationText(
  work: Work,
  id: string,
  text: ApplicationText,
): Promise<{ updatedAt: string }> {
  const application = await findApplication(work, id)
  demand(againstDrafting(work.actor, application))
  if (application.state !== 'draft') throw refuse('notInThisState', '申报已经提交，内容已固定，不能再改。')
  demand(againstUnseen(text.updatedAt, application.updatedAt, '保存'))
  changedOne(
    await work.tx
      .updateTable('application')
      .set({ highlights: text.highlights, entryIds: JSON.stringify([...new Set(text.entryIds)]), updatedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', 'draft')
      .where('updatedAt', '=', text.updatedAt)
      .executeTakeFirstOrThrow(),
  )
  work.record('application.saved', 'application', id, { schoolId: application.schoolId })
  return { updatedAt: work.now }
}

/** Freezes the composed dossier: canonical JSON and its SHA-256 are the receipt (rule 5). */
export async function submit(
  work: Work,
  id: string,
  { seen, shown }: { seen?: string; shown?: string | undefined } = {},
) {
  const application = await findApplication(work, id)
  demand([
    ...againstSubmitting(work.actor, application, await readSubmitting(work, application)),
    ...unseen(seen, application.updatedAt, '提交'),
  ])
  const cycle = await readCycle(work.db, application.cycleId)
  const frozen = canonical(await composeDossier(work.db, application))
  const digest = sha256(frozen)
  // What the page showed is what is frozen: a plan, an entry or a photo may have changed since without touching the application.
  demand(againstUnseen(shown ?? digest, digest, '提交', '申报材料'))
  const receiptNumber = `SB${cycle.year}-${digest.slice(0, 10).toUpperCase()}`
  await change(work, application, 'submit', {
    frozen,
    digest,
    receiptNumber,
    submittedAt: work.now,
    submittedBy: work.actor.personId,
    reason: null,
    completeUntil: null,
  })
  await freezeEntries(work, { applicationId: id, ...application })
  return { receiptNumber, submittedAt: work.now, digest }
}

/** Back to the school for completion; after the window with the school's own last day, which everybody reads in the record. */
export async function giveBack(
  work: Work,
  id: string,
  { reason, until, seen }: { reason: string; until?: string | undefined; seen?: string },
): Promise<{ ok: true }> {
  const application = await findApplication(work, id)
  const cycle = await readCycle(work.db, application.cycleId)
  demand([
    ...againstMovingApplication(work.actor, application, 'return'),
    ...(await againstBarred(work, application)),
    ...unseen(seen, application.updatedAt, '退回'),
    ...againstReturning(cycle, until, work.today),
  ])
  await change(work, application, 'return', { reason, completeUntil: until ?? null })
  await thawEntries(work, { applicationId: id, schoolId: application.schoolId })
  return { ok: true }
}

/** What the office (or, for withdrawing, the secretary) decides about a submitted application. */
export async function decideApplication(
  work: Work,
  id: string,
  action: Exclude<ApplicationAction, 'submit' | 'return'>,
  reason?: string,
  seen?: string,
): Promise<ApplicationOf> {
  const application = await findApplication(work, id)
  demand([
    ...againstMovingApplication(work.actor, application, action),
    // Taking it back is the school's own act.
    ...(action === 'withdraw' ? [] : await againstBarred(work, application)),
    ...unseen(seen, application.updatedAt, applicationLife.actions[action]),
    ...(action === 'admit' ? againstJoining(await resultState(work.db, application.cycleId)) : []),
    ...(action === 'admit'
      ? againstAdmitting(await readEligibility(work, application.schoolId, application.cycleId))
      : []),
  ])
  await change(work, application, action, { reason: reason ?? null })
  if (action === 'withdraw') await thawEntries(work, { applicationId: id, schoolId: application.schoolId })
  if (action === 'reinstate') await freezeEntries(work, { applicationId: id, ...application })
  return application
}

/** Moves an application inside another feature's work (review, award), whose own rules have been demanded before. */
export async function moveApplication(
  work: Work,
  application: Pick<ApplicationOf, 'id' | 'schoolId' | 'state'>,
  action: ApplicationAction,
) {
  await change(work, application, action, {})
}

const REVIEWED = ['ranked', 'awarded', 'notAwarded', 'revoked'] as const satisfies ApplicationState[]

/** The office's override when a sealed result is corrected: the only way back into the review, with the reason in the audit. */
export async function reopenReview(work: Work, id: string, reason: string): Promise<void> {
  const { schoolId, state } = await findApplication(work, id)
  await amend(work, { id, schoolId, state }, REVIEWED, 'inReview', reason)
}

/** The office's override when a decision is taken up again: who had been told “未入选” waits for the next outcome. */
export async function reopenOutcomes(work: Work, cycleId: string, reason: string): Promise<void> {
  const rows = await work.db
    .selectFrom('application')
    .select(['id', 'schoolId'])
    .where('cycleId', '=', cycleId)
    .where('state', '=', 'notAwarded')
    .execute()
  for (const row of rows) await amend(work, { ...row, state: 'notAwarded' }, ['notAwarded'], 'ranked', reason)
}

async function amend(
  work: Work,
  { id, schoolId, state }: Pick<ApplicationOf, 'id' | 'schoolId' | 'state'>,
  from: readonly ApplicationState[],
  to: ApplicationState,
  reason: string,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('application')
      .set({ state: to, updatedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', state)
      .where('state', 'in', from)
      .executeTakeFirstOrThrow(),
  )
  work.record('application.amend', 'application', id, { schoolId, from: state, to, reason })
}

async function change(
  work: Work,
  application: Pick<ApplicationOf, 'id' | 'schoolId' | 'state'>,
  action: ApplicationAction,
  values: Partial<{
    frozen: string
    digest: string
    receiptNumber: string
    submittedAt: string
    submittedBy: string | null
    reason: string | null
    completeUntil: string | null
  }>,
): Promise<void> {
  const to = nextState(applicationLife, application.state, action)
  if (!to) throw refuse('notInThisState')
  if (application.state !== 'draft') demand(await againstBroken(work.db, 'application', { id: application.id }))
  if (to === 'draft') await liftSeal(work, 'application', application.id, values.reason ?? '')
  changedOne(
    await work.tx
      .updateTable('application')
      .set({ state: to, updatedAt: work.now, ...values })
      .where('id', '=', application.id)
      .where('state', '=', application.state)
      .executeTakeFirstOrThrow(),
  )
  if (action === 'submit') await sealRow(work, 'application', application.id)
  work.record(`application.${action}`, 'application', application.id, {
    schoolId: application.schoolId,
    from: application.state,
    to,
    ...(values.digest ? { digest: values.digest } : {}),
    ...(values.reason ? { reason: values.reason } : {}),
    ...(values.completeUntil ? { completeUntil: values.completeUntil } : {}),
  })
}
