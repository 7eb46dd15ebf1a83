import { againstRulingSurvey } from '#domain/review/computing.ts'
import { againstChangingInputs } from '#domain/review/result.ts'
import { type AdjustmentInput, againstAdjustment } from '#domain/review/review.ts'
import type { ScoredMethod } from '#domain/review/sheet.ts'
import { methodLabels } from '#domain/year/standard.ts'
import { againstBarred, againstScoringToo } from '#server/identity/recusal/queries.ts'
import { demand, found } from '#server/kernel/problem.ts'
import { liftSeal, sealRow } from '#server/kernel/seal.ts'
import type { Work } from '#server/kernel/work.ts'
import { filesText } from '#server/records/file/queries.ts'
import { resultState } from '#server/year/cycle/queries.ts'
import { findReviewed, reviewOf } from '#server/review/result/queries.ts'
import { findDisagreementRuling, findStanding, findSurveyRuling, listStanding, readInputs } from './queries.ts'
import { closeAdjustment, insertAdjustment, putDisagreementRuling, putSurveyRuling } from './writes.ts'

/** Inputs may change until the result is sealed; a sealed one is corrected only by a new result. */
async function demandOpen(work: Work, applicationId: string) {
  const application = await findReviewed(work, applicationId)
  demand(await againstBarred(work, application))
  demand(await againstScoringToo(work, application))
  demand(againstChangingInputs(application.state, await resultState(work.db, application.cycleId)))
  return application
}

/** A school without an index: its survey points follow the interviews, and the reason stands in its account. */
export async function ruleSurvey(work: Work, applicationId: string, reason: string): Promise<{ ok: true }> {
  const application = await demandOpen(work, applicationId)
  const { standard } = await reviewOf(work, application.cycleId)
  const inputs = await readInputs(work.db, application.cycleId, standard.body)
  demand(againstRulingSurvey(found(inputs.find((one) => one.applicationId === applicationId))))
  const values = { reason, personId: work.actor.personId, createdAt: work.now }
  const before = await findSurveyRuling(work.db, applicationId)
  if (before) await liftSeal(work, 'surveyRuling', before.id, reason)
  const id = before?.id ?? work.newId()
  await putSurveyRuling(work, { id, cycleId: application.cycleId, applicationId, ...values })
  const digest = await sealRow(work, 'surveyRuling', id)
  work.record('surveyRuling.ruled', 'application', applicationId, { schoolId: application.schoolId, reason, digest })
  return { ok: true }
}

export type NewAdjustment = Omit<AdjustmentInput, 'id'> & { fileIds?: readonly string[] }

export async function addAdjustment(
  work: Work,
  applicationId: string,
  { fileIds = [], ...adjustment }: NewAdjustment,
): Promise<{ id: string }> {
  const application = await demandOpen(work, applicationId)
  const { standard } = await reviewOf(work, application.cycleId)
  demand(againstAdjustment(standard.body, adjustment, await listStanding(work.db, applicationId)))
  const id = work.newId()
  await insertAdjustment(work, {
    id,
    cycleId: application.cycleId,
    applicationId,
    ...adjustment,
    enteredBy: work.actor.personId,
    createdAt: work.now,
    files: await filesText(work, fileIds),
  })
  const digest = await sealRow(work, 'adjustment', id)
  work.record('adjustment.added', 'application', applicationId, {
    schoolId: application.schoolId,
    ...adjustment,
    files: fileIds.length,
    digest,
  })
  return { id }
}

export async function dropAdjustment(work: Work, id: string, reason: string): Promise<{ ok: true }> {
  const row = await findStanding(work.db, id)
  const application = await demandOpen(work, row.applicationId)
  await liftSeal(work, 'adjustment', id, reason)
  await closeAdjustment(work, id, reason)
  const { kind, code, points } = row
  work.record('adjustment.dropped', 'application', row.applicationId, {
    schoolId: application.schoolId,
    kind,
    code,
    points,
    reason,
    digest: await sealRow(work, 'adjustment', id),
  })
  return { ok: true }
}

/** Why scores that lie far apart stand all the same (rule 10). */
export async function ruleDisagreement(
  work: Work,
  applicationId: string,
  ruling: { method: ScoredMethod; reason: string },
): Promise<{ ok: true }> {
  const application = await demandOpen(work, applicationId)
  const values = { reason: ruling.reason, personId: work.actor.personId, createdAt: work.now }
  const before = await findDisagreementRuling(work.db, applicationId, ruling.method)
  if (before) await liftSeal(work, 'disagreementRuling', before.id, ruling.reason)
  const id = before?.id ?? work.newId()
  const { method } = ruling
  await putDisagreementRuling(work, { id, cycleId: application.cycleId, applicationId, method, ...values })
  work.record('disagreementRuling.ruled', 'application', applicationId, {
    schoolId: application.schoolId,
    method: methodLabels[method],
    reason: ruling.reason,
    digest: await sealRow(work, 'disagreementRuling', id),
  })
  return { ok: true }
}
