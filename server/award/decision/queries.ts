import { hasRole, isOffice } from '#domain/base/actor.ts'
import {
  againstConfirmingDecision,
  againstReopening,
  type Candidate,
  knockOnOf,
  sealedDay,
} from '#domain/award/award.ts'
import { dateInWords } from '#domain/base/calendar.ts'
import { canonical } from '#domain/base/canonical.ts'
import { againstConferring, againstDrafting } from '#domain/award/notice.ts'
import { outcomeWords } from '#domain/year/outcome.ts'
import { refusal } from '#domain/base/refusal.ts'
import { heldAwards, listAwards, listRanked, readQuota } from '#server/award/certificate/queries.ts'
import { currentCycle, findOwnCycle, standingResult } from '#server/year/cycle/queries.ts'
import { countOpenObjections, listObjectionTodos } from '#server/award/objection/queries.ts'
import type { Todo } from '#contract/home/todo.ts'
import { listOpenBreaches } from '#server/application/precondition/queries.ts'
import { filesIn } from '#server/records/file/queries.ts'
import { againstRecused, barredSchools, countOthers } from '#server/identity/recusal/queries.ts'
import { listRevocationTodos } from '#server/award/revocation/queries.ts'
import { bodyOf } from '#server/review/result/queries.ts'
import { found } from '#server/kernel/problem.ts'
import { type Look, type ReadOnly, sha256 } from '#server/kernel/work.ts'

/** The newest result of a year: corrections make a new one that points to the old. */
export async function findLatestResult(db: ReadOnly, cycleId: string) {
  const row = await standingResult(db, cycleId)
    .select(['id', 'bureauId', 'cycleId', 'state', 'digest', 'sealedAt', 'sealedBy'])
    .executeTakeFirst()
  return row
}

/** The notice of the decision that stands: neither a dropped draft nor one that was superseded. */
export function currentNotice(db: ReadOnly, cycleId: string) {
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
  const notice = await currentNotice(db, cycleId)
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
  const held = new Set(
    (await heldAwards(db, cycleId).select('applicationId').execute()).map((one) => one.applicationId),
  )
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

const decisions = (db: ReadOnly) =>
  db
    .selectFrom('decision')
    .leftJoin('person', 'person.id', 'decision.decidedBy')
    .leftJoin('person as second', 'second.id', 'decision.confirmedBy')
    .selectAll('decision')
    .select(['person.name as decidedByName', 'second.name as confirmedByName'])
    .orderBy('decision.decidedAt', 'desc')
    .orderBy('decision.id', 'desc')

type DecisionFound = Awaited<ReturnType<ReturnType<typeof decisions>['execute']>>[number]

/** Decisions of one year as pages show them, and what the actor may do with each. */
async function shownDecisions(look: Look, cycleId: string, rows: readonly DecisionFound[]) {
  const barred = await barredSchools(look, cycleId)
  const recused = await againstRecused(look, cycleId)
  const others = await countOthers(look, ['office', 'leader'], { cycleId })
  const schools = new Map(
    (
      await look.db
        .selectFrom('application')
        .innerJoin('school', 'school.id', 'application.schoolId')
        .select(['application.id', 'application.schoolId', 'school.name'])
        .where('application.cycleId', '=', cycleId)
        .execute()
    ).map((one) => [one.id, one] as const),
  )
  const namesIn = (text: string) => JSON.parse(text) as { applicationId: string; grade: string }[]
  return rows.map((row) => ({
    id: row.id,
    heldOn: row.heldOn,
    attendees: row.attendees,
    minutes: row.minutes,
    skipReason: row.skipReason,
    decidedAt: row.decidedAt,
    decidedByName: row.decidedByName ?? '',
    digest: row.digest,
    names: namesIn(row.names).flatMap(({ applicationId, grade }) => {
      const school = schools.get(applicationId)
      return school && !barred.has(school.schoolId) ? [{ schoolName: school.name, grade }] : []
    }),
    files: filesIn(row.files),
    confirmedAt: row.confirmedAt,
    confirmedByName: row.confirmedByName ?? '',
    mergedReason: row.mergedReason ?? '',
    supersededAt: row.supersededAt,
    supersededReason: row.supersededReason,
    moves:
      row.confirmedAt === null && row.supersededAt === null
        ? { confirm: [...recused, ...againstConfirmingDecision(look.actor, row, others)] }
        : {},
  }))
}

const readDecisions = async (look: Look, cycleId: string) =>
  shownDecisions(look, cycleId, await decisions(look.db).where('decision.cycleId', '=', cycleId).execute())

const unconfirmed = (look: Look) =>
  decisions(look.db)
    .innerJoin('cycle', 'cycle.id', 'decision.cycleId')
    .select('cycle.title as cycleTitle')
    .where('decision.bureauId', '=', look.actor.bureauId)
    .where('decision.confirmedAt', 'is', null)
    .where('decision.supersededAt', 'is', null)
    .limit(20)
    .execute()

/** Decisions that wait for their second person. Who has recused from a school of the year has no part in them. */
export async function listUnconfirmed(look: Look) {
  const shown = []
  for (const row of await unconfirmed(look)) {
    if ((await againstRecused(look, row.cycleId)).length > 0) continue
    const alone = (await countOthers(look, ['office', 'leader'], row)) === 0
    const [decision] = await shownDecisions(look, row.cycleId, [row])
    if (decision) shown.push({ ...decision, cycleTitle: row.cycleTitle, alone })
  }
  return shown
}

async function listDecisionTodos(look: Look): Promise<Todo[]> {
  if (!hasRole(look.actor, 'office', 'leader')) return []
  const rows = await listUnconfirmed(look)
  return rows
    .filter((row) => row.moves.confirm?.length === 0)
    .map((row) => ({
      id: `decision:${row.id}`,
      kind: 'decisionToConfirm',
      title: '审定决定待核对确认',
      detail: `${row.cycleTitle}，${row.decidedByName}登记。请对照会议纪要核对名单。`,
      href: '/console/revocations',
    }))
}

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
    notice: await currentNotice(db, cycleId),
    falling: falling.map((one) => one.name),
    held: (await heldAwards(db, cycleId).select('award.id').execute()).length,
    told: told.length,
    openObjections: await countOpenObjections(db, cycleId),
  })
}

export async function readNamingState(look: Look, year?: number) {
  const { db } = look
  const cycle = await findOwnCycle(look, year)
  const result = await findLatestResult(db, cycle.id)
  const notice = await currentNotice(db, cycle.id)
  const held = (await heldAwards(db, cycle.id).select('award.id').execute()).length
  const bureau = found(
    await db.selectFrom('organization').select('name').where('id', '=', cycle.bureauId).executeTakeFirst(),
  )
  const barred = await barredSchools(look, cycle.id)
  const recused = await againstRecused(look, cycle.id)
  const candidates = (await readCandidates(db, cycle.id, result?.id)).filter((one) => !barred.has(one.schoolId))
  const reopenReasons = [...recused, ...(result ? againstReopening(look.actor, result) : [refusal('notInThisState')])]
  return {
    cycleId: cycle.id,
    cycleTitle: cycle.title,
    awardTitle: cycle.awardTitle,
    outcomeKind: cycle.outcomeKind,
    bureauName: bureau.name,
    seen: await namingSeen(db, cycle.id),
    grades: cycle.settings.grades,
    quota: { ...(await readQuota(db, cycle)), held },
    result: result ? { id: result.id, state: result.state, sealedOn: sealedDay(result.sealedAt) } : null,
    candidates: candidates.map(({ schoolId: _school, state: _state, brandName, ...one }) => ({
      ...one,
      brandName: brandName ?? '',
    })),
    hidden: barred.size,
    awards: (await listAwards(look, cycle.id)).filter((one) => !barred.has(one.schoolId)),
    decisions: await readDecisions(look, cycle.id),
    notices: await db
      .selectFrom('notice')
      .select(['id', 'title', 'state', 'postedOn', 'endsOn', 'closedReason'])
      .where('cycleId', '=', cycle.id)
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .execute(),
    notice: notice ? { id: notice.id, state: notice.state, endsOn: notice.endsOn } : null,
    knockOn: reopenReasons.length === 0 ? await readKnockOn(db, cycle.id) : [],
    decideReasons: [
      ...recused,
      ...(result?.state === 'sealed'
        ? []
        : [refusal('notInThisState', '评审结果封存后才能登记审定决定。', { href: '/console/ranking' })]),
    ],
    noticeReasons: [...recused, ...againstDrafting(result?.state, notice?.state)],
    conferReasons: [...recused, ...againstConferring(result?.state, notice)],
    reopenReasons,
  }
}

export const asCandidates = (rows: Awaited<ReturnType<typeof readCandidates>>): Candidate[] =>
  rows.map(({ applicationId, schoolName, place }) => ({ applicationId, schoolName, place }))

/** What naming asks of this person now: the office's next step, objections, and what waits for a second person. */
export async function listAwardTodos(look: Look): Promise<Todo[]> {
  return [
    ...(await listNamingTodos(look)),
    ...(await listDecisionTodos(look)),
    ...(await listObjectionTodos(look)),
    ...(await listRevocationTodos(look)),
  ]
}

async function listNamingTodos(look: Look): Promise<Todo[]> {
  const bureauId = look.actor.bureauId
  if (!isOffice(look.actor, bureauId)) return []
  const cycle = await currentCycle(look.db, bureauId)
  if (cycle?.state !== 'open') return []
  const words = outcomeWords(cycle.outcomeKind)
  const result = await findLatestResult(look.db, cycle.id)
  const notice = await currentNotice(look.db, cycle.id)
  const base = { id: `naming:${cycle.id}`, kind: 'naming', href: '/console/naming' }
  if (result?.state === 'sealed')
    return [{ ...base, title: '评审结果待审定', detail: '请登记审定会议的决定和入选名单。' }]
  if (result?.state === 'decided' && !notice) return [{ ...base, title: '公示待起草', detail: '名单已经审定。' }]
  if (!notice) return []
  const href = `/console/notices/${notice.id}`
  if (notice.state === 'draft') return [{ ...base, href, title: '公示待发布', detail: '核对文字后发布。' }]
  if (notice.state === 'posted') {
    const open = await countOpenObjections(look.db, cycle.id)
    if (notice.endsOn === null || look.today <= notice.endsOn || open > 0) return []
    return [
      { ...base, href, title: '公示可以结束', detail: `公示已于${dateInWords(notice.endsOn)}到期，异议都已答复。` },
    ]
  }
  const waiting = await look.db
    .selectFrom('award')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('cycleId', '=', cycle.id)
    .where('state', '=', 'publicised')
    .executeTakeFirst()
  const count = Number(waiting?.count ?? 0)
  const detail = `公示已结束，有 ${count} 所学校等待发文${words.give}。`
  return count > 0 ? [{ ...base, title: `等待${words.give}`, detail }] : []
}
