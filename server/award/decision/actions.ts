import {
  againstConfirmingDecision,
  againstDeciding,
  againstMerging,
  againstReopening,
  type Deciding,
  sealedDay,
  skippedBy,
} from '#domain/award/award.ts'
import { canonical } from '#domain/base/canonical.ts'
import { outcomeWords } from '#domain/year/outcome.ts'
import { againstUnseen } from '#domain/base/refusal.ts'
import { reopenOutcomes } from '#server/application/application/actions.ts'
import { addAward, changeAwards, tellOutcomes } from '#server/award/certificate/actions.ts'
import { listHeld, readQuota } from '#server/award/certificate/queries.ts'
import { type Cycle, readCycle } from '#server/year/cycle/queries.ts'
import { filesText } from '#server/records/file/queries.ts'
import type { DecisionRow } from '#server/db/tables/award.ts'
import { closeNotice } from '#server/award/notice/actions.ts'
import { moveResult } from '#server/review/result/actions.ts'
import { againstBrokenReview, findResult } from '#server/review/result/queries.ts'
import { againstRecused, countOthers } from '#server/identity/recusal/queries.ts'
import { demand, found, refuse } from '#server/kernel/problem.ts'
import { liftSeal, sealRow } from '#server/kernel/seal.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import {
  findDecision,
  findLastDecision,
  findLatestResult,
  findNoticeInForce,
  namesIn,
  namingSeen,
  readCandidates,
  standingDecision,
} from './queries.ts'
import { insertDecision, markConfirmed, supersedeDecision } from './writes.ts'

export interface Decision {
  heldOn: string
  attendees: string
  minutes: string
  grades: { applicationId: string; grade: string }[]
  skipReason?: string
  fileIds?: readonly string[]
  /** The stamp of what stood on the screen; a story that plays without a screen gives none. */
  seen?: string
}

/** The newest result of the year under way, by the id that stood on the screen. */
async function ownResult(work: Work, resultId: string) {
  // The year is the result's own: a past one may be taken up again too (rule 20).
  const { cycleId } = await findResult(work, resultId)
  const cycle = await readCycle(work.db, cycleId)
  const result = found(await findLatestResult(work.db, cycle.id))
  if (result.id !== resultId) throw refuse('stateChanged', '评审结果已重新计算，请刷新后以最新结果审定。')
  return { cycle, result }
}

async function demandSeen(work: Work, cycleId: string, seen: string | undefined, act: string): Promise<void> {
  if (seen !== undefined) demand(againstUnseen(seen, await namingSeen(work.db, cycleId), act, '办理情况'))
}

/** Records what the deciding meeting chose, with its minutes; those not chosen are told once the names are made public. */
export async function decideResult(work: Work, resultId: string, decision: Decision): Promise<{ ok: true }> {
  const { cycle, result } = await ownResult(work, resultId)
  const { skipReason = '', fileIds = [], seen, ...given } = decision
  const { rows, ...facts } = await readFacts(work, { cycle, result }, given, skipReason)
  demand(await againstRecused(work, cycle.id))
  await demandSeen(work, cycle.id, seen, '登记决定')
  demand(await againstBrokenReview(work.db, cycle))
  demand(againstDeciding(work.actor, facts))
  const { heldOn, attendees, minutes } = given
  const words = { heldOn, attendees, minutes }
  await moveResult(work, result, 'decide', { minutes: JSON.stringify(words), decidedAt: work.now })
  const followed = skippedBy(facts).length === 0
  const decisionId = await addDecision(work, cycle, resultId, {
    ...words,
    names: canonical(facts.chosen),
    skipReason: followed ? '' : skipReason,
    files: await filesText(work, fileIds),
  })
  for (const { applicationId, grade } of facts.chosen) {
    const { schoolId } = found(rows.find((one) => one.applicationId === applicationId))
    await addAward(work, {
      bureauId: cycle.bureauId,
      cycleId: cycle.id,
      schoolId,
      applicationId,
      resultId,
      decisionId,
      grade,
    })
  }
  return { ok: true }
}

/** What the choice of the meeting is judged by, with the candidates that it was made from. */
async function readFacts(
  work: Work,
  { cycle, result }: Awaited<ReturnType<typeof ownResult>>,
  given: Pick<Decision, 'heldOn' | 'grades'>,
  skipReason: string,
) {
  const { graded } = outcomeWords(cycle.outcomeKind)
  const rows = await readCandidates(work.db, cycle.id, result.id)
  return {
    rows,
    bureauId: cycle.bureauId,
    resultState: result.state,
    quota: await readQuota(work.db, cycle),
    grades: cycle.settings.grades,
    ranked: rows.map(({ applicationId, schoolName, place }) => ({ applicationId, schoolName, place })),
    chosen: given.grades.map((one) => (graded ? one : { ...one, grade: '' })),
    held: (await listHeld(work.db, cycle.id)).length,
    breached: rows.filter((one) => one.breached).map((one) => one.schoolName),
    graded,
    heldOn: given.heldOn,
    today: work.today,
    sealedOn: sealedDay(result.sealedAt),
    skipReason,
  } satisfies Deciding & { rows: unknown }
}

/** The second person's word on a decision, or the only person's with a reason; before it nothing of the decision gets out. */
export async function confirmDecision(
  work: Work,
  id: string,
  { reason, seen }: { reason: string; seen?: string },
): Promise<{ ok: true }> {
  const decision = await findDecision(work, id)
  const others = await countOthers(work, ['office', 'leader'], { cycleId: decision.cycleId })
  demand([
    ...(await againstRecused(work, decision.cycleId)),
    ...(seen === undefined ? [] : againstUnseen(seen, decision.digest, '确认', '审定决定')),
    ...againstConfirmingDecision(work.actor, decision, others),
  ])
  const merged = decision.decidedBy === work.actor.personId
  demand(againstMerging(merged, reason))
  await liftSeal(work, 'decision', id)
  await markConfirmed(work, id, merged ? reason.trim() : null)
  work.record('decision.confirmed', 'decision', id, {
    merged,
    ...(merged ? { reason: reason.trim() } : {}),
    digest: await sealRow(work, 'decision', id),
  })
  if (decision.names.length === 0) await endUnchanged(work, decision.cycleId)
  return { ok: true }
}

/** The meeting adds nobody to those whose names are public already: there is nothing to give notice of. */
async function endUnchanged(work: Work, cycleId: string): Promise<void> {
  for (const action of ['notice', 'finish'] as const)
    await moveResult(work, found(await findLatestResult(work.db, cycleId)), action)
  await tellOutcomes(work, cycleId)
}

async function addDecision(
  work: Work,
  cycle: Cycle,
  resultId: string,
  words: Pick<DecisionRow, 'heldOn' | 'attendees' | 'minutes' | 'names' | 'skipReason' | 'files'>,
): Promise<string> {
  const id = work.newId()
  const { files, ...said } = words
  const digest = sha256(canonical({ resultId, ...said, ...(files === null ? {} : { files }) }))
  await insertDecision(work, {
    id,
    bureauId: cycle.bureauId,
    cycleId: cycle.id,
    resultId,
    previousId: (await findLastDecision(work.db, cycle.id))?.id ?? null,
    ...words,
    digest,
  })
  await sealRow(work, 'decision', id)
  work.record('decision.recorded', 'decision', id, {
    heldOn: words.heldOn,
    digest,
    schools: namesIn(words.names).length,
    ...(words.skipReason ? { reason: words.skipReason } : {}),
  })
  return id
}

/**
 * Takes a decision up again: it and its notice stay readable as superseded, names that are not public yet fall back, and the result
 * waits for the next decision or for a correction. What is public stays; the next decision adds to it.
 */
export async function reopenDecision(
  work: Work,
  resultId: string,
  { reason, seen }: { reason: string; seen: string },
): Promise<{ ok: true }> {
  const { cycle, result } = await ownResult(work, resultId)
  demand(await againstRecused(work, cycle.id))
  await demandSeen(work, cycle.id, seen, '更正审定')
  demand(againstReopening(work.actor, result))
  await moveResult(work, result, 'reopen', {}, reason)
  const decision = found(await standingDecision(work.db, cycle.id))
  const notice = await findNoticeInForce(work.db, cycle.id)
  // A notice whose names are public has done its work; only what it announced in vain is superseded.
  const carriedOut = (await listHeld(work.db, cycle.id)).some((one) => one.decisionId === decision.id)
  if (notice && !(notice.state === 'ended' && carriedOut)) await closeNotice(work, notice.id, reason)
  await changeAwards(work, cycle.id, ['decided', 'publicised'], 'supersede', reason)
  await liftSeal(work, 'decision', decision.id, reason)
  await supersedeDecision(work, decision.id, reason)
  await sealRow(work, 'decision', decision.id)
  work.record('decision.superseded', 'decision', decision.id, { digest: decision.digest, reason })
  await reopenOutcomes(work, cycle.id, reason)
  return { ok: true }
}
