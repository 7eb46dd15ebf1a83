import { hasRole, isOffice } from '#domain/base/actor.ts'
import { againstConfirmingDecision, againstDecidingYet, againstReopening, sealedDay } from '#domain/award/award.ts'
import { dateInWords } from '#domain/base/calendar.ts'
import { againstConferring, againstDrafting } from '#domain/award/notice.ts'
import { outcomeWords } from '#domain/year/outcome.ts'
import type { Todo } from '#contract/home/todo.ts'
import { countAwardsIn, listHeld, readQuota } from '#server/award/certificate/queries.ts'
import { listAwards } from '#server/award/certificate/views.ts'
import { countOpenObjections } from '#server/award/objection/queries.ts'
import { listObjectionTodos } from '#server/award/objection/views.ts'
import { listRevocationTodos } from '#server/award/revocation/views.ts'
import { againstRecused, barredSchools, countOthers } from '#server/identity/recusal/queries.ts'
import type { Look } from '#server/kernel/work.ts'
import { filesIn } from '#server/records/file/queries.ts'
import { currentCycle, findOwnCycle } from '#server/year/cycle/queries.ts'
import {
  type DecisionFound,
  findLatestResult,
  findNoticeInForce,
  listDecisions,
  listNotices,
  listWaitingDecisions,
  namesIn,
  namingSeen,
  readApplicants,
  readBureauName,
  readCandidates,
  readKnockOn,
} from './queries.ts'

/** Decisions of one year as pages show them, and what the actor may do with each. */
async function shownDecisions(look: Look, cycleId: string, rows: readonly DecisionFound[]) {
  const barred = await barredSchools(look, cycleId)
  const recused = await againstRecused(look, cycleId)
  const others = await countOthers(look, ['office', 'leader'], { cycleId })
  const schools = await readApplicants(look.db, cycleId)
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

/** Decisions that wait for their second person. Who has recused from a school of the year has no part in them. */
export async function listUnconfirmed(look: Look) {
  const shown = []
  for (const row of await listWaitingDecisions(look)) {
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

/** The page of naming: candidates, decisions, notices and awards of a year, and what may be done now. */
export async function readNaming(look: Look, year?: number) {
  const { db } = look
  const cycle = await findOwnCycle(look, year)
  const result = await findLatestResult(db, cycle.id)
  const notice = await findNoticeInForce(db, cycle.id)
  const held = (await listHeld(db, cycle.id)).length
  const barred = await barredSchools(look, cycle.id)
  const recused = await againstRecused(look, cycle.id)
  const candidates = (await readCandidates(db, cycle.id, result?.id)).filter((one) => !barred.has(one.schoolId))
  const reopenReasons = [...recused, ...againstReopening(look.actor, result)]
  return {
    cycleId: cycle.id,
    cycleTitle: cycle.title,
    awardTitle: cycle.awardTitle,
    outcomeKind: cycle.outcomeKind,
    bureauName: await readBureauName(db, cycle.bureauId),
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
    decisions: await shownDecisions(look, cycle.id, await listDecisions(db, cycle.id)),
    notices: await listNotices(db, cycle.id),
    notice: notice ? { id: notice.id, state: notice.state, endsOn: notice.endsOn } : null,
    knockOn: reopenReasons.length === 0 ? await readKnockOn(db, cycle.id) : [],
    decideReasons: [...recused, ...againstDecidingYet(result?.state)],
    noticeReasons: [...recused, ...againstDrafting(result?.state, notice?.state)],
    conferReasons: [...recused, ...againstConferring(result?.state, notice)],
    reopenReasons,
  }
}

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
  const notice = await findNoticeInForce(look.db, cycle.id)
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
  const count = await countAwardsIn(look.db, cycle.id, 'publicised')
  const detail = `公示已结束，有 ${count} 所学校等待发文${words.give}。`
  return count > 0 ? [{ ...base, title: `等待${words.give}`, detail }] : []
}
