import { drawBatches, inOrder } from '#domain/survey/sampling.ts'
import type { AuditEvent } from '#domain/records/auditEvents.ts'
import { againstReminding, againstVoiding, audiencesAsked, type VoidAction } from '#domain/survey/surveyRules.ts'
import { factsOf, findSurvey, type Survey } from '#server/survey/survey/queries.ts'
import { readRosters } from '#server/survey/roster/queries.ts'
import { askBox } from '#server/kernel/ballotBox.ts'
import { demand, found, Problem } from '#server/kernel/problem.ts'
import type { Steps } from '#server/kernel/routes.ts'
import type { Work } from '#server/kernel/work.ts'
import { findBatch, listCounting, listVoided } from './queries.ts'
import { addBatches, changeVoid, dropVoided, markReminded } from './writes.ts'

/** Draws the classes of these schools by the seed; the same seed draws the same again. */
export async function drawClasses(
  work: Work,
  survey: Survey,
  seed: string,
  schoolIds: readonly string[],
): Promise<number> {
  const asked = audiencesAsked(survey.questions)
  const rosters = await readRosters(work.db, survey.id, schoolIds)
  // Everything that lists classes goes by their ids, the printed bags too.
  const rows = rosters.flatMap((roster) =>
    inOrder(drawBatches(seed, roster, asked)).map((batch) => ({
      id: work.newId(),
      surveyId: survey.id,
      schoolId: roster.schoolId,
      ...batch,
    })),
  )
  await addBatches(work, rows)
  return rows.length
}

const voidEvents = {
  askVoid: 'survey.voidAsked',
  confirmVoid: 'survey.voidConfirmed',
  dropVoid: 'survey.voidDropped',
} as const satisfies Record<VoidAction, AuditEvent>

/** The three steps of taking a class out of the count; each changes only what the one before left. */
export async function moveVoid(work: Work, id: string, action: VoidAction, reason?: string): Promise<{ ok: true }> {
  const { batch, survey } = await findBatch(work, id)
  const facts = { voided: batch.voidedAt !== null, askedBy: batch.voidAskedBy }
  demand(againstVoiding(work.actor, survey, facts, action))
  const personId = work.actor.personId
  const values = {
    askVoid: { voidAskedBy: personId, voidAskedAt: work.now, voidReason: reason ?? null },
    confirmVoid: { voidedAt: work.now, voidedBy: personId },
    dropVoid: { voidAskedBy: null, voidAskedAt: null, voidReason: null },
  }[action]
  await changeVoid(work, batch, values)
  const { schoolId, audience, grade, className } = batch
  work.record(voidEvents[action], 'survey', survey.id, {
    schoolId,
    batchId: id,
    audience,
    grade,
    className,
    ...(reason ? { reason } : {}),
  })
  return { ok: true }
}

/** The decision counts once it is recorded; the box hears of it at once, and again before tallying should it have been away. */
export async function confirmVoid(exchange: Steps, id: string): Promise<{ ok: true }> {
  await exchange.work((work) => moveVoid(work, id, 'confirmVoid'))
  const { batch } = await findBatch(exchange.look, id)
  await sayVoid(exchange, batch.surveyId, id)
  return { ok: true }
}

/** Tells the box once more of classes that were taken out while it could not be reached. */
export async function repeatVoids(exchange: Steps, surveyId: string): Promise<void> {
  const { look, house } = exchange
  const voided = await listVoided(look.db, surveyId)
  const known = new Map((await house.ballotBox.progress(surveyId)).map((one) => [one.id, one.void]))
  for (const id of voided)
    if (known.get(id) === false)
      await sayVoid(exchange, surveyId, id).catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error
      })
}

/**
 * A box that has counted and not yet been heard takes no class out any more: its signed totals hold the class, so the decision is
 * taken back here too, with its reason in the records, and the counting can be finished.
 */
async function sayVoid(exchange: Steps, surveyId: string, id: string): Promise<void> {
  try {
    await askBox(exchange.house.ballotBox.voidBatch(surveyId, id))
  } catch (error) {
    if (error instanceof Problem) await exchange.work((work) => takeBackVoid(work, id, error.message))
    throw error
  }
}

async function takeBackVoid(work: Work, id: string, reason: string): Promise<void> {
  const { batch, survey } = await findBatch(work, id)
  await dropVoided(work, id)
  const { schoolId, audience, grade, className } = batch
  work.record('survey.voidDropped', 'survey', survey.id, { schoolId, batchId: id, audience, grade, className, reason })
}

/** Tells schools which classes lag behind, by class and count only. */
export async function remindClasses(
  exchange: Steps,
  id: string,
  batchIds: readonly string[],
): Promise<{ reminded: number }> {
  demand(againstReminding(exchange.actor, factsOf(await findSurvey(exchange.look, id))))
  const progress = new Map((await askBox(exchange.house.ballotBox.progress(id))).map((one) => [one.id, one]))
  return exchange.work(async (work) => {
    demand(againstReminding(work.actor, factsOf(await findSurvey(work, id))))
    const rows = await listCounting(work.db, id, batchIds)
    found(rows[0])
    for (const row of rows) await markReminded(work, row.id, progress.get(row.id)?.cast ?? 0)
    for (const [schoolId, own] of Map.groupBy(rows, (row) => row.schoolId))
      work.record('survey.reminded', 'survey', id, { schoolId, classes: own.length })
    return { reminded: rows.length }
  })
}
