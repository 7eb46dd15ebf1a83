import { againstUnseen } from '#domain/base/refusal.ts'
import { againstDrafting } from '#domain/base/actor.ts'
import {
  againstAdmitting,
  againstEditing,
  againstMovingApplication,
  againstReturning,
  againstStarting,
  againstSubmitting,
} from '#domain/application/application.ts'
import { canonical } from '#domain/base/canonical.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { againstJoining } from '#domain/review/panel.ts'
import { type ApplicationAction, applicationLife, type ApplicationState } from '#domain/application/applicationLife.ts'
import { againstBarred } from '#server/identity/recusal/queries.ts'
import { currentCycle, readCycle, resultState } from '#server/year/cycle/queries.ts'
import { freezeEntries, thawEntries } from '#server/ledger/entry/actions.ts'
import type { ApplicationRow } from '#server/db/tables/application.ts'
import { demand, found, refuse, unseen } from '#server/kernel/problem.ts'
import { againstBroken, liftSeal, sealRow } from '#server/kernel/seal.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import { composeDossier } from '#server/application/dossier/queries.ts'
import { findOwnSchool } from '#server/application/summary/queries.ts'
import { type ApplicationOf, findApplication, listIn, readEligibility, readSubmitting } from './queries.ts'
import { insertApplication, updateApplication, updateDraft } from './writes.ts'

/** Starts the school's application of the open year; it may be drafted before the window opens. */
export async function startApplication(work: Work): Promise<{ id: string }> {
  const school = await findOwnSchool(work)
  const cycle = await currentCycle(work.db, school.bureauId)
  demand(againstStarting(cycle))
  const id = work.newId()
  await insertApplication(work, { id, schoolId: school.id, cycleId: found(cycle).id, bureauId: school.bureauId })
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
  demand(againstEditing(application.state))
  demand(againstUnseen(text.updatedAt, application.updatedAt, '保存'))
  await updateDraft(work, application, text)
  work.record('application.saved', 'application', id, { schoolId: application.schoolId })
  return { updatedAt: work.now }
}

/** Freezes the composed dossier: canonical JSON and its SHA-256 are the receipt (rule 5). */
export async function submitApplication(
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
  await changeApplication(work, application, 'submit', {
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
export async function returnApplication(
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
  await changeApplication(work, application, 'return', { reason, completeUntil: until ?? null })
  await thawEntries(work, { applicationId: id, schoolId: application.schoolId })
  return { ok: true }
}

/** What the office (or, for withdrawing, the secretary) decides about a submitted application. */
export async function decideApplication(
  work: Work,
  id: string,
  action: Exclude<ApplicationAction, 'submit' | 'return'>,
  { reason, seen }: { reason?: string | undefined; seen?: string | undefined } = {},
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
  await changeApplication(work, application, action, { reason: reason ?? null })
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
  await changeApplication(work, application, action, {})
}

const REVIEWED = ['ranked', 'awarded', 'notAwarded', 'revoked'] as const satisfies ApplicationState[]

/** The office's override when a sealed result is corrected: the only way back into the review, with the reason in the audit. */
export async function reopenReview(work: Work, id: string, reason: string): Promise<void> {
  const application = await findApplication(work, id)
  if (!REVIEWED.some((one) => one === application.state)) throw refuse('stateChanged')
  await amendApplication(work, application, { to: 'inReview', reason })
}

/** The office's override when a decision is taken up again: who had been told “未入选” waits for the next outcome. */
export async function reopenOutcomes(work: Work, cycleId: string, reason: string): Promise<void> {
  for (const row of await listIn(work.db, cycleId, 'notAwarded'))
    await amendApplication(work, row, { to: 'ranked', reason })
}

async function amendApplication(
  work: Work,
  application: Pick<ApplicationOf, 'id' | 'schoolId' | 'state'>,
  { to, reason }: { to: ApplicationState; reason: string },
): Promise<void> {
  await updateApplication(work, application, { to })
  const { id, schoolId, state: from } = application
  work.record('application.amended', 'application', id, { schoolId, from, to, reason })
}

async function changeApplication(
  work: Work,
  application: Pick<ApplicationOf, 'id' | 'schoolId' | 'state'>,
  action: ApplicationAction,
  values: Partial<ApplicationRow>,
): Promise<void> {
  const to = nextState(applicationLife, application.state, action)
  if (!to) throw refuse('notInThisState')
  if (application.state !== 'draft') demand(await againstBroken(work.db, 'application', { id: application.id }))
  if (to === 'draft') await liftSeal(work, 'application', application.id, values.reason ?? '')
  await updateApplication(work, application, { to, values })
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
