import { againstComputing, againstRulingSurvey, inputOf } from '#domain/review/computing.ts'
import { canonical } from '#domain/base/canonical.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { type ResultAction, resultLife, type ResultState } from '#domain/review/resultLife.ts'
import { againstUnseen, refusal } from '#domain/base/refusal.ts'
import {
  againstCorrecting,
  againstModeratingOwn,
  againstMovingResult,
  againstSealingAlone,
} from '#domain/review/result.ts'
import { againstAdjustment, rank, RULE_VERSION } from '#domain/review/review.ts'
import type { ScoredMethod } from '#domain/review/sheet.ts'
import { methodLabels } from '#domain/year/standard.ts'
import { filesText } from '#server/records/file/queries.ts'
import { moveApplication, reopenReview } from '#server/application/application/actions.ts'
import { againstBarred, againstRecused, againstScoringToo, countOthers } from '#server/identity/recusal/queries.ts'
import { changedOne, demand, found, refuse } from '#server/kernel/problem.ts'
import { liftSeal, sealRow } from '#server/kernel/seal.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import {
  againstBrokenReview,
  bodyOf,
  findResult,
  findReviewed,
  lastCorrected,
  latestResult,
  ownReview,
  readGrounds,
  readInputs,
  readWaiting,
  reviewOf,
  type ResultBody,
} from './queries.ts'

/** Inputs may change until the result is sealed; a sealed one is corrected only by a new result. */
async function demandOpen(work: Work, applicationId: string) {
  const application = await findReviewed(work, applicationId)
  demand(await againstBarred(work, application))
  demand(await againstScoringToo(work, application))
  if (application.state !== 'inReview') throw refuse('notInThisState', '这份申报不在评审中，不能登记。')
  const result = await latestResult(work.db, application.cycleId)
  if (result && result.state !== 'computed' && result.state !== 'moderated')
    throw refuse('notInThisState', '评审结果已经封存，不能再改。')
  return application
}

/** A school without an index: its survey points follow the interviews, and the reason stands in its account. */
export async function ruleSurvey(work: Work, applicationId: string, reason: string): Promise<{ ok: true }> {
  const application = await demandOpen(work, applicationId)
  const { standard } = await reviewOf(work, application.cycleId)
  const inputs = await readInputs(work.db, application.cycleId, standard.body)
  demand(againstRulingSurvey(found(inputs.find((one) => one.applicationId === applicationId))))
  const values = { reason, personId: work.actor.personId, createdAt: work.now }
  const before = await work.db
    .selectFrom('surveyRuling')
    .select('id')
    .where('applicationId', '=', applicationId)
    .executeTakeFirst()
  if (before) await liftSeal(work, 'surveyRuling', before.id, reason)
  const id = before?.id ?? work.newId()
  await work.tx
    .insertInto('surveyRuling')
    .values({ id, cycleId: application.cycleId, applicationId, ...values })
    .onConflict((conflict) => conflict.column('applicationId').doUpdateSet(values))
    .execute()
  const digest = await sealRow(work, 'surveyRuling', id)
  work.record('surveyRuling.ruled', 'application', applicationId, { schoolId: application.schoolId, reason, digest })
  return { ok: true }
}

export interface NewAdjustment {
  kind: 'bonus' | 'deduction'
  code: string
  points: number
  reason: string
  fileIds?: readonly string[]
}

export async function adjust(
  work: Work,
  applicationId: string,
  { fileIds = [], ...adjustment }: NewAdjustment,
): Promise<{ id: string }> {
  const application = await demandOpen(work, applicationId)
  const { standard } = await reviewOf(work, application.cycleId)
  const standing = await work.db
    .selectFrom('adjustment')
    .select(['kind', 'code', 'reason'])
    .where('applicationId', '=', applicationId)
    .where('droppedAt', 'is', null)
    .execute()
  demand(
    againstAdjustment(
      standard.body,
      adjustment,
      standing.map((one) => ({ ...one, kind: one.kind as NewAdjustment['kind'] })),
    ),
  )
  const id = work.newId()
  await work.tx
    .insertInto('adjustment')
    .values({
      id,
      cycleId: application.cycleId,
      applicationId,
      ...adjustment,
      enteredBy: work.actor.personId,
      createdAt: work.now,
      droppedAt: null,
      droppedBy: null,
      dropReason: null,
      files: await filesText(work, fileIds),
    })
    .execute()
  const digest = await sealRow(work, 'adjustment', id)
  work.record('adjustment.added', 'application', applicationId, {
    schoolId: application.schoolId,
    ...adjustment,
    files: fileIds.length,
    digest,
  })
  return { id }
}

export async function unadjust(work: Work, id: string, reason: string): Promise<{ ok: true }> {
  const row = found(
    await work.db
      .selectFrom('adjustment')
      .selectAll()
      .where('id', '=', id)
      .where('droppedAt', 'is', null)
      .executeTakeFirst(),
  )
  const application = await demandOpen(work, row.applicationId)
  await liftSeal(work, 'adjustment', id, reason)
  changedOne(
    await work.tx
      .updateTable('adjustment')
      .set({ droppedAt: work.now, droppedBy: work.actor.personId, dropReason: reason })
      .where('id', '=', id)
      .where('droppedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
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

export async function ruleOn(
  work: Work,
  applicationId: string,
  ruling: { method: ScoredMethod; reason: string },
): Promise<{ ok: true }> {
  const application = await demandOpen(work, applicationId)
  const values = { reason: ruling.reason, personId: work.actor.personId, createdAt: work.now }
  const before = await work.db
    .selectFrom('disagreementRuling')
    .select('id')
    .where('applicationId', '=', applicationId)
    .where('method', '=', ruling.method)
    .executeTakeFirst()
  if (before) await liftSeal(work, 'disagreementRuling', before.id, ruling.reason)
  const id = before?.id ?? work.newId()
  await work.tx
    .insertInto('disagreementRuling')
    .values({ id, cycleId: application.cycleId, applicationId, method: ruling.method, ...values })
    .onConflict((conflict) => conflict.columns(['applicationId', 'method']).doUpdateSet(values))
    .execute()
  work.record('disagreementRuling.ruled', 'application', applicationId, {
    schoolId: application.schoolId,
    method: methodLabels[ruling.method],
    reason: ruling.reason,
    digest: await sealRow(work, 'disagreementRuling', id),
  })
  return { ok: true }
}

/** Computes the year's result from what stands; a result computed before stays, and the new one points to it. */
export async function compute(work: Work, year?: number): Promise<{ id: string; digest: string }> {
  const { cycle, standard } = await ownReview(work, year)
  demand(await againstRecused(work, cycle.id))
  demand(await againstBrokenReview(work.db, cycle))
  const applications = await readInputs(work.db, cycle.id, standard.body)
  const previous = await latestResult(work.db, cycle.id)
  const waiting = await readWaiting(work.db, cycle.id)
  demand(againstComputing(applications, standard.body, cycle.settings.disagreementShare, previous, waiting))
  const inputs = applications.map(inputOf)
  const body: ResultBody = {
    ruleVersion: RULE_VERSION,
    standard: standard.body,
    standardDigest: sha256(canonical(standard.body)),
    inputs,
    ...(await readGrounds(work.db, cycle.id, applications)),
    places: rank(inputs, standard.body),
  }
  const text = canonical(body)
  const digest = sha256(text)
  const id = work.newId()
  await work.tx
    .insertInto('result')
    .values({
      id,
      bureauId: cycle.bureauId,
      cycleId: cycle.id,
      state: resultLife.first,
      ruleVersion: RULE_VERSION,
      inputsDigest: sha256(canonical(inputs)),
      body: text,
      digest,
      previousId: previous?.id ?? (await lastCorrected(work.db, cycle.id))?.id ?? null,
      moderation: '',
      computedBy: work.actor.personId,
      moderatedBy: null,
      computedAt: work.now,
      sealedAt: null,
      sealedBy: null,
      minutes: null,
      decidedAt: null,
      correctedAt: null,
      correctionReason: '',
    })
    .execute()
  await sealRow(work, 'result', id)
  work.record('result.computed', 'result', id, { digest, applications: inputs.length })
  return { id, digest }
}

/** Only the newest result moves; the others are history. */
async function demandNewest(work: Work, id: string) {
  const result = await findResult(work, id)
  const newest = await latestResult(work.db, result.cycleId)
  if (newest?.id !== id) throw refuse('stateChanged', '结果已经重新计算，请刷新页面。')
  return result
}

export async function moderate(
  work: Work,
  id: string,
  { remark, seen }: { remark: string; seen: string },
): Promise<{ ok: true }> {
  const result = await demandNewest(work, id)
  demand([
    ...againstMovingResult(work.actor, result, 'moderate'),
    ...againstModeratingOwn(work.actor, result, await countOthers(work, ['office'], result)),
    ...(await againstRecused(work, result.cycleId)),
    ...againstUnseen(seen, result.digest, '复核', '评审结果'),
  ])
  await moveResult(work, result, 'moderate', { moderation: remark, moderatedBy: work.actor.personId })
  return { ok: true }
}

/** Seals the result: what was computed still is what stands, and nothing behind it changes any more. */
export async function seal(work: Work, id: string, seen: string): Promise<{ digest: string }> {
  const result = await demandNewest(work, id)
  const reasons = [
    ...againstMovingResult(work.actor, result, 'seal'),
    ...againstSealingAlone(work.actor, result, await countOthers(work, ['office'], result)),
    ...(await againstRecused(work, result.cycleId)),
    ...againstUnseen(seen, result.digest, '封存', '评审结果'),
  ]
  const { cycle, standard } = await reviewOf(work, result.cycleId)
  demand(await againstBrokenReview(work.db, cycle))
  const applications = await readInputs(work.db, result.cycleId, standard.body)
  const waiting = await readWaiting(work.db, result.cycleId)
  // Handed out or admitted since: it would be locked out for good by a seal that looks at the numbers alone.
  if (reasons.length === 0)
    reasons.push(...againstComputing(applications, standard.body, cycle.settings.disagreementShare, result, waiting))
  const { recusals, rulings } = bodyOf(result)
  const grounds = await readGrounds(work.db, result.cycleId, applications)
  const changed = canonical({ recusals, rulings }) !== canonical({ ...grounds })
  if (changed || sha256(canonical(applications.map(inputOf))) !== result.inputsDigest)
    reasons.push(refusal('stateChanged', '计算之后又有评分、加减分、回避或裁定变动，请重新计算后再封存。'))
  demand(reasons)
  await moveResult(work, result, 'seal', { sealedAt: work.now, sealedBy: work.actor.personId })
  for (const { applicationId } of bodyOf(result).places) {
    const application = found(applications.find((one) => one.applicationId === applicationId))
    await moveApplication(work, { id: applicationId, schoolId: application.schoolId, state: 'inReview' }, 'rank')
  }
  return { digest: result.digest }
}

/** Sets a sealed result aside, which stays as it was, and opens everything behind it again. */
export async function correct(
  work: Work,
  id: string,
  { reason, seen }: { reason: string; seen: string },
): Promise<{ ok: true }> {
  const result = await demandNewest(work, id)
  demand([
    ...againstCorrecting(work.actor, result),
    ...(await againstRecused(work, result.cycleId)),
    ...againstUnseen(seen, result.digest, '更正', '评审结果'),
  ])
  await liftSeal(work, 'result', id, reason)
  changedOne(
    await work.tx
      .updateTable('result')
      .set({ correctedAt: work.now, correctionReason: reason })
      .where('id', '=', id)
      .where('state', '=', 'sealed')
      .where('correctedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  await sealRow(work, 'result', id)
  work.record('result.correct', 'result', id, { digest: result.digest, reason })
  for (const { applicationId } of bodyOf(result).places) await reopenReview(work, applicationId, reason)
  return { ok: true }
}

/** Moves a result inside the work of whoever decides about it; their own rules have been demanded before. */
export async function moveResult(
  work: Work,
  result: { id: string; state: ResultState; computedBy?: string | null; moderatedBy?: string | null },
  action: ResultAction,
  values: Partial<{
    minutes: string
    decidedAt: string
    moderation: string
    moderatedBy: string | null
    sealedAt: string
    sealedBy: string
  }> = {},
  reason?: string,
): Promise<void> {
  const to = nextState(resultLife, result.state, action)
  if (!to) throw refuse('notInThisState')
  await liftSeal(work, 'result', result.id, reason ?? values.moderation ?? '')
  changedOne(
    await work.tx
      .updateTable('result')
      .set({ state: to, ...values })
      .where('id', '=', result.id)
      .where('state', '=', result.state)
      .executeTakeFirstOrThrow(),
  )
  const { moderation, minutes } = values
  work.record(`result.${action}`, 'result', result.id, {
    from: result.state,
    to,
    ...(moderation === undefined
      ? {}
      : { remark: moderation, merged: values.moderatedBy !== null && values.moderatedBy === result.computedBy }),
    // One person computed, moderated and sealed: allowed where there is no other, and never silent (rule 19).
    ...(action === 'seal' ? { merged: [result.computedBy, result.moderatedBy].includes(work.actor.personId) } : {}),
    ...(minutes === undefined ? {} : { minutes }),
    ...(reason ? { reason } : {}),
    digest: await sealRow(work, 'result', result.id),
  })
}
