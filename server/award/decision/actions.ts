import {
  againstConfirmingDecision,
  againstDeciding,
  againstReopening,
  sealedDay,
  skippedBy,
} from '#domain/award/award.ts'
import { canonical } from '#domain/base/canonical.ts'
import { outcomeWords } from '#domain/year/outcome.ts'
import { againstUnseen } from '#domain/base/refusal.ts'
import { reopenOutcomes } from '#server/application/application/actions.ts'
import { addAward, changeAwards, tellOutcomes } from '#server/award/certificate/actions.ts'
import { heldAwards, readQuota } from '#server/award/certificate/queries.ts'
import { type Cycle, readCycle } from '#server/year/cycle/queries.ts'
import { filesText } from '#server/records/file/queries.ts'
import type { DecisionRow } from '#server/db/tables/award.ts'
import { closeNotice } from '#server/award/notice/actions.ts'
import { moveResult } from '#server/review/result/actions.ts'
import { againstBrokenReview, findResult } from '#server/review/result/queries.ts'
import { againstRecused, countOthers } from '#server/identity/recusal/queries.ts'
import { changedOne, demand, found, refuse } from '#server/kernel/problem.ts'
import { liftSeal, sealRow } from '#server/kernel/seal.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import {
  asCandidates,
  currentNotice,
  findLatestResult,
  namingSeen,
  readCandidates,
  standingDecision,
} from './queries.ts'

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
export async function decide(work: Work, resultId: string, decision: Decision): Promise<{ ok: true }> {
  const { cycle, result } = await ownResult(work, resultId)
  const { graded } = outcomeWords(cycle.outcomeKind)
  const { skipReason = '', fileIds = [], seen, ...given } = decision
  const chosen = given.grades.map((one) => (graded ? one : { ...one, grade: '' }))
  const rows = await readCandidates(work.db, cycle.id, resultId)
  const held = (await heldAwards(work.db, cycle.id).select('award.id').execute()).length
  const facts = {
    bureauId: cycle.bureauId,
    resultState: result.state,
    quota: await readQuota(work.db, cycle),
    grades: cycle.settings.grades,
    ranked: asCandidates(rows),
    chosen,
    held,
    breached: rows.filter((one) => one.breached).map((one) => one.schoolName),
    graded,
    heldOn: given.heldOn,
    today: work.today,
    sealedOn: sealedDay(result.sealedAt),
    skipReason,
  }
  demand(await againstRecused(work, cycle.id))
  await demandSeen(work, cycle.id, seen, '登记决定')
  demand(await againstBrokenReview(work.db, cycle))
  demand(againstDeciding(work.actor, facts))
  const { heldOn, attendees, minutes } = given
  await moveResult(work, result, 'decide', {
    minutes: JSON.stringify({ heldOn, attendees, minutes }),
    decidedAt: work.now,
  })
  const followed = skippedBy(facts).length === 0
  const decisionId = await addDecision(work, cycle, resultId, {
    heldOn,
    attendees,
    minutes,
    names: canonical(chosen),
    skipReason: followed ? '' : skipReason,
    files: await filesText(work, fileIds),
  })
  for (const { applicationId, grade } of chosen) {
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

/** The second person's word on a decision, or the only person's with a reason; before it nothing of the decision gets out. */
export async function confirm(
  work: Work,
  id: string,
  { reason, seen }: { reason: string; seen?: string },
): Promise<{ ok: true }> {
  const decision = found(
    await work.db
      .selectFrom('decision')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', work.actor.bureauId)
      .executeTakeFirst(),
  )
  const others = await countOthers(work, ['office', 'leader'], { cycleId: decision.cycleId })
  demand([
    ...(await againstRecused(work, decision.cycleId)),
    ...(seen === undefined ? [] : againstUnseen(seen, decision.digest, '确认', '审定决定')),
    ...againstConfirmingDecision(work.actor, decision, others),
  ])
  const merged = decision.decidedBy === work.actor.personId
  if (merged && reason.trim() === '')
    throw refuse('reasonMissing', '登记和确认是同一人，请写明为什么没有另一人核对。', { field: 'reason' })
  await liftSeal(work, 'decision', id)
  changedOne(
    await work.tx
      .updateTable('decision')
      .set({
        confirmedBy: work.actor.personId,
        confirmedAt: work.now,
        ...(merged ? { mergedReason: reason.trim() } : {}),
      })
      .where('id', '=', id)
      .where('confirmedAt', 'is', null)
      .where('supersededAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  work.record('decision.confirmed', 'decision', id, {
    merged,
    ...(merged ? { reason: reason.trim() } : {}),
    digest: await sealRow(work, 'decision', id),
  })
  if ((JSON.parse(decision.names) as unknown[]).length === 0) await endUnchanged(work, decision.cycleId)
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
  const last = await work.db
    .selectFrom('decision')
    .select('id')
    .where('cycleId', '=', cycle.id)
    .orderBy('decidedAt', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  const id = work.newId()
  const { files, ...said } = words
  const digest = sha256(canonical({ resultId, ...said, ...(files === null ? {} : { files }) }))
  await work.tx
    .insertInto('decision')
    .values({
      id,
      bureauId: cycle.bureauId,
      cycleId: cycle.id,
      resultId,
      previousId: last?.id ?? null,
      ...words,
      digest,
      decidedBy: work.actor.personId,
      decidedAt: work.now,
      supersededAt: null,
      supersededBy: null,
      supersededReason: '',
      confirmedBy: null,
      confirmedAt: null,
      mergedReason: null,
    })
    .execute()
  await sealRow(work, 'decision', id)
  work.record('decision.recorded', 'decision', id, {
    heldOn: words.heldOn,
    digest,
    schools: (JSON.parse(words.names) as unknown[]).length,
    ...(words.skipReason ? { reason: words.skipReason } : {}),
  })
  return id
}

/**
 * Takes a decision up again: it and its notice stay readable as superseded, names that are not public yet fall back, and the result
 * waits for the next decision or for a correction. What is public stays; the next decision adds to it.
 */
export async function reopen(
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
  const notice = await currentNotice(work.db, cycle.id)
  // A notice whose names are public has done its work; only what it announced in vain is superseded.
  const carriedOut = await heldAwards(work.db, cycle.id)
    .select('award.id')
    .where('award.decisionId', '=', decision.id)
    .executeTakeFirst()
  if (notice && !(notice.state === 'ended' && carriedOut)) await closeNotice(work, notice.id, reason)
  await changeAwards(work, cycle.id, ['decided', 'publicised'], 'supersede', reason)
  await liftSeal(work, 'decision', decision.id, reason)
  changedOne(
    await work.tx
      .updateTable('decision')
      .set({ supersededAt: work.now, supersededBy: work.actor.personId, supersededReason: reason })
      .where('id', '=', decision.id)
      .where('supersededAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  await sealRow(work, 'decision', decision.id)
  work.record('decision.superseded', 'decision', decision.id, { digest: decision.digest, reason })
  await reopenOutcomes(work, cycle.id, reason)
  return { ok: true }
}
