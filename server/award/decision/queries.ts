import { z } from 'zod'
import { knockOnOf } from '#domain/award/award.ts'
import { canonical } from '#domain/base/canonical.ts'
import { listHeld, listRanked } from '#server/award/certificate/queries.ts'
import { standingResult } from '#server/year/cycle/queries.ts'
import { countOpenObjections } from '#server/award/objection/queries.ts'
import { listOpenBreaches } from '#server/application/precondition/queries.ts'
import { bodyOf } from '#server/review/result/queries.ts'
import { found } from '#server/kernel/problem.ts'
import { type Look, type ReadOnly, sha256 } from '#server/kernel/work.ts'

/** The newest result of a year: corrections make a new one that points to the old. */
export function findLatestResult(db: ReadOnly, cycleId: string) {
  return standingResult(db, cycleId)
    .select(['id', 'bureauId', 'cycleId', 'state', 'digest', 'sealedAt', 'sealedBy'])
    .executeTakeFirst()
}

/** The notice of the decision that stands: neither a dropped draft nor one that was superseded. */
export function findNoticeInForce(db: ReadOnly, cycleId: string) {
  return (
    db
      .selectFrom('notice')
      .select(['id', 'state', 'title', 'endsOn', 'updatedAt'])
      .where('cycleId', '=', cycleId)
      .where('state', 'not in', ['dropped', 'superseded'])
      // A notice of an earlier decision that was carried out stays as it is; the next decision has one of its own.
      .where((eb) =>
        eb.or([
          eb('decisionId', 'is', null),
          eb('decisionId', 'in', eb.selectFrom('decision').select('decision.id').where('supersededAt', 'is', null)),
        ]),
      )
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .executeTakeFirst()
  )
}

/** The decision that stands, if there is one. */
export function standingDecision(db: ReadOnly, cycleId: string) {
  return db
    .selectFrom('decision')
    .selectAll()
    .where('cycleId', '=', cycleId)
    .where('supersededAt', 'is', null)
    .orderBy('decidedAt', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
}

/** The stamp of everything that the page of naming shows: whoever acts on an older one is told (rule 16). */
export async function namingSeen(db: ReadOnly, cycleId: string): Promise<string> {
  const result = await findLatestResult(db, cycleId)
  const decision = await standingDecision(db, cycleId)
  const notice = await findNoticeInForce(db, cycleId)
  const awards = await db
    .selectFrom('award')
    .select(['id', 'state', 'updatedAt'])
    .where('cycleId', '=', cycleId)
    .orderBy('id')
    .execute()
  return sha256(
    canonical([
      result ? [result.id, result.state, result.digest] : null,
      decision?.id ?? null,
      notice ? [notice.id, notice.state] : null,
      awards.map((one) => [one.id, one.state, one.updatedAt]),
    ]),
  )
}

/** Ranked applications that hold nothing yet, with their places in the result: for the office that records the decision. */
export async function readCandidates(db: ReadOnly, cycleId: string, resultId: string | undefined) {
  const result = resultId
    ? await db.selectFrom('result').select('body').where('id', '=', resultId).executeTakeFirst()
    : undefined
  const places = new Map(result ? bodyOf(result).places.map((one) => [one.applicationId, one]) : [])
  const held = new Set((await listHeld(db, cycleId)).map((one) => one.applicationId))
  const ranked = (await listRanked(db, cycleId)).filter((one) => !held.has(one.applicationId))
  const open = await listOpenBreaches(
    db,
    ranked.map((one) => one.schoolId),
    cycleId,
  )
  return ranked.flatMap((one) => {
    const at = places.get(one.applicationId)
    if (!at) return []
    const breached = open.some(({ schoolId }) => schoolId === one.schoolId)
    return [{ ...one, place: at.place, total: at.total, breached }]
  })
}

const namesShape = z.array(z.object({ applicationId: z.string(), grade: z.string() }))

/** Whom a decision chose, with the grade of each. */
export const namesIn = (text: string) => namesShape.parse(JSON.parse(text))

export async function findDecision(look: Look, id: string) {
  const row = found(
    await look.db
      .selectFrom('decision')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', look.actor.bureauId)
      .executeTakeFirst(),
  )
  return { ...row, names: namesIn(row.names) }
}

/** The last decision of a year, whether it stands or was superseded. */
export const findLastDecision = (db: ReadOnly, cycleId: string) =>
  db
    .selectFrom('decision')
    .select('id')
    .where('cycleId', '=', cycleId)
    .orderBy('decidedAt', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()

const decisions = (db: ReadOnly) =>
  db
    .selectFrom('decision')
    .leftJoin('person', 'person.id', 'decision.decidedBy')
    .leftJoin('person as second', 'second.id', 'decision.confirmedBy')
    .selectAll('decision')
    .select(['person.name as decidedByName', 'second.name as confirmedByName'])
    .orderBy('decision.decidedAt', 'desc')
    .orderBy('decision.id', 'desc')

export type DecisionFound = Awaited<ReturnType<ReturnType<typeof decisions>['execute']>>[number]

export const listDecisions = (db: ReadOnly, cycleId: string) =>
  decisions(db).where('decision.cycleId', '=', cycleId).execute()

/** Decisions of the reader's bureau that wait for their second person. */
export const listWaitingDecisions = (look: Look) =>
  decisions(look.db)
    .innerJoin('cycle', 'cycle.id', 'decision.cycleId')
    .select('cycle.title as cycleTitle')
    .where('decision.bureauId', '=', look.actor.bureauId)
    .where('decision.confirmedAt', 'is', null)
    .where('decision.supersededAt', 'is', null)
    .limit(20)
    .execute()

/** The schools that applied in a year, by application. */
export async function readApplicants(db: ReadOnly, cycleId: string) {
  const rows = await db
    .selectFrom('application')
    .innerJoin('school', 'school.id', 'application.schoolId')
    .select(['application.id', 'application.schoolId', 'school.name'])
    .where('application.cycleId', '=', cycleId)
    .execute()
  return new Map(rows.map((one) => [one.id, one]))
}

export const listNotices = (db: ReadOnly, cycleId: string) =>
  db
    .selectFrom('notice')
    .select(['id', 'title', 'state', 'postedOn', 'endsOn', 'closedReason'])
    .where('cycleId', '=', cycleId)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .execute()

export const readBureauName = async (db: ReadOnly, bureauId: string): Promise<string> =>
  found(await db.selectFrom('organization').select('name').where('id', '=', bureauId).executeTakeFirst()).name

/** What falls back and what stays when the decision is taken up again. */
export async function readKnockOn(db: ReadOnly, cycleId: string): Promise<string[]> {
  const falling = await db
    .selectFrom('award')
    .innerJoin('school', 'school.id', 'award.schoolId')
    .select('school.name')
    .where('award.cycleId', '=', cycleId)
    .where('award.state', 'in', ['decided', 'publicised'])
    .orderBy('school.sortKey')
    .execute()
  const told = await db
    .selectFrom('application')
    .select('id')
    .where('cycleId', '=', cycleId)
    .where('state', '=', 'notAwarded')
    .execute()
  return knockOnOf({
    notice: await findNoticeInForce(db, cycleId),
    falling: falling.map((one) => one.name),
    held: (await listHeld(db, cycleId)).length,
    told: told.length,
    openObjections: await countOpenObjections(db, cycleId),
  })
}
