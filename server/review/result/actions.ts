import { againstComputing, inputOf } from '#domain/review/computing.ts'
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
import { rank, RULE_VERSION } from '#domain/review/review.ts'
import { moveApplication, reopenReview } from '#server/application/application/actions.ts'
import { againstRecused, countOthers } from '#server/identity/recusal/queries.ts'
import { demand, found, refuse } from '#server/kernel/problem.ts'
import { liftSeal, sealRow } from '#server/kernel/seal.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import { readInputs, readWaiting } from '#server/review/input/queries.ts'
import {
  againstBrokenReview,
  bodyOf,
  findResult,
  lastCorrected,
  latestResult,
  ownReview,
  readGrounds,
  reviewOf,
  type ResultBody,
} from './queries.ts'
import { insertResult, setResultAside, updateResult } from './writes.ts'

/** Computes the year's result from what stands; a result computed before stays, and the new one points to it. */
export async function computeResult(work: Work, year?: number): Promise<{ id: string; digest: string }> {
  const { cycle, standard } = await ownReview(work, year)
  demand(await againstRecused(work, cycle.id))
  demand(await againstBrokenReview(work.db, cycle))
  const applications = await readInputs(work.db, cycle.id, standard.body)
  const previous = await latestResult(work.db, cycle.id)
  const waiting = await readWaiting(work.db, cycle.id)
  demand(againstComputing(applications, standard.body, cycle.settings.disagreementShare, previous, waiting))
  const inputs = applications.map(inputOf)
  const text = canonical({
    ruleVersion: RULE_VERSION,
    standard: standard.body,
    standardDigest: sha256(canonical(standard.body)),
    inputs,
    ...(await readGrounds(work.db, cycle.id, applications)),
    places: rank(inputs, standard.body),
  } satisfies ResultBody)
  const digest = sha256(text)
  const id = work.newId()
  await insertResult(work, {
    id,
    bureauId: cycle.bureauId,
    cycleId: cycle.id,
    state: resultLife.first,
    ruleVersion: RULE_VERSION,
    inputsDigest: sha256(canonical(inputs)),
    body: text,
    digest,
    previousId: previous?.id ?? (await lastCorrected(work.db, cycle.id))?.id ?? null,
  })
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

export async function moderateResult(
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
export async function sealResult(work: Work, id: string, seen: string): Promise<{ digest: string }> {
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
export async function correctResult(
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
  await setResultAside(work, id, reason)
  await sealRow(work, 'result', id)
  work.record('result.corrected', 'result', id, { digest: result.digest, reason })
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
  await updateResult(work, result, { ...values, state: to })
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
