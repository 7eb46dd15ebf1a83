import { nextState } from '#domain/base/lifecycle.ts'
import { type NoticeAction, noticeLife } from '#domain/award/noticeLife.ts'
import { againstUnconfirmed } from '#domain/award/award.ts'
import { againstDrafting, againstEditingNotice, againstMovingNotice } from '#domain/award/notice.ts'
import { contactIn, noticeText, noticeTitle } from '#domain/year/outcome.ts'
import { againstUnseen } from '#domain/base/refusal.ts'
import { brandApplied } from '#server/application/dossier/queries.ts'
import { changeAwards, tellWithoutConferral } from '#server/award/certificate/actions.ts'
import { findOwnCycle } from '#server/year/cycle/queries.ts'
import {
  findLatestResult,
  findNoticeInForce,
  namingSeen,
  readBureauName,
  standingDecision,
} from '#server/award/decision/queries.ts'
import { countOpenObjections } from '#server/award/objection/queries.ts'
import { againstRecused } from '#server/identity/recusal/queries.ts'
import { moveResult } from '#server/review/result/actions.ts'
import { againstBrokenReview } from '#server/review/result/queries.ts'
import type { NoticeRow } from '#server/db/tables/award.ts'
import { demand, found, Problem, refuse } from '#server/kernel/problem.ts'
import { againstBroken, liftSeal, sealRow } from '#server/kernel/seal.ts'
import type { Work } from '#server/kernel/work.ts'
import { findDecisionOf, findLastNotice, findNotice, listChosen, type NamesOfStage, readLastDay } from './queries.ts'
import { insertNotice, updateDraft, updateNotice } from './writes.ts'

/** The text of a notice is composed from the year's own words; names go by stage, never by place (rule 11). */
export async function composeNotice(work: Work, seen?: string, year?: number): Promise<{ id: string }> {
  const cycle = await findOwnCycle(work, year)
  const result = await findLatestResult(work.db, cycle.id)
  demand(await againstRecused(work, cycle.id))
  if (seen !== undefined) demand(againstUnseen(seen, await namingSeen(work.db, cycle.id), '起草公示', '办理情况'))
  demand(againstDrafting(result?.state, (await findNoticeInForce(work.db, cycle.id))?.state))
  demand(await againstBrokenReview(work.db, cycle))
  for (const kind of ['decision', 'award'] as const) demand(await againstBroken(work.db, kind, { cycleId: cycle.id }))
  const decision = found(await standingDecision(work.db, cycle.id))
  const chosen = await listChosen(work.db, decision.id)
  const id = work.newId()
  const last = await findLastNotice(work.db, cycle.bureauId)
  await insertNotice(work, {
    id,
    bureauId: cycle.bureauId,
    cycleId: cycle.id,
    decisionId: decision.id,
    title: noticeTitle(cycle.outcomeKind, cycle.awardTitle),
    body: noticeText({
      kind: cycle.outcomeKind,
      awardTitle: cycle.awardTitle,
      count: chosen.length,
      bureauName: await readBureauName(work.db, cycle.bureauId),
      basisTitle: cycle.basisTitle,
      basisNumber: cycle.basisNumber,
      contact: last && contactIn(last.body),
    }),
    names: JSON.stringify(byStage(chosen)),
  })
  work.record('notice.drafted', 'notice', id, { names: chosen.length })
  return { id }
}

function byStage(rows: Awaited<ReturnType<typeof listChosen>>): NamesOfStage[] {
  const stages = new Map<string, NamesOfStage>()
  for (const { stage, schoolId, schoolName, ...brand } of rows) {
    const group = stages.get(stage) ?? { stage, schools: [] }
    group.schools.push({ schoolId, schoolName, brandName: brandApplied(brand) })
    stages.set(stage, group)
  }
  return [...stages.values()]
}

export async function saveNoticeText(
  work: Work,
  id: string,
  { updatedAt, ...words }: { title: string; body: string; updatedAt: string },
): Promise<{ updatedAt: string }> {
  const notice = await findNotice(work, id)
  demand([...againstEditingNotice(work.actor, notice), ...(await againstRecused(work, notice.cycleId))])
  if (notice.updatedAt !== updatedAt)
    throw refuse('stateChanged', '公示文字刚才已有人保存过。您填写的内容还在本页，请先核对最新内容再保存。')
  await updateDraft(work, notice, words)
  work.record('notice.saved', 'notice', id)
  return { updatedAt: work.now }
}

type Notice = Awaited<ReturnType<typeof findNotice>>

async function moveNotice(
  work: Work,
  notice: Pick<Notice, 'id' | 'state'>,
  action: NoticeAction,
  values: Partial<NoticeRow>,
): Promise<void> {
  const to = nextState(noticeLife, notice.state, action)
  if (!to) throw refuse('notInThisState')
  const isPublic = to !== 'dropped'
  if (notice.state !== 'draft') await liftSeal(work, 'notice', notice.id, values.closedReason ?? '')
  await updateNotice(work, notice, { to, values })
  work.record(`notice.${action}`, 'notice', notice.id, {
    from: notice.state,
    to,
    ...(values.endsOn ? { endsOn: values.endsOn } : {}),
    ...(values.closedReason ? { reason: values.closedReason } : {}),
    ...(isPublic ? { digest: await sealRow(work, 'notice', notice.id) } : {}),
  })
}

/** Posts the notice: its last day is counted in working days, the posting day not counted (rule 12). */
export async function postNotice(work: Work, id: string, seen?: string): Promise<{ endsOn: string }> {
  const notice = await findNotice(work, id)
  demand([
    ...(seen === undefined ? [] : againstUnseen(seen, notice.updatedAt, '发布', '公示文字')),
    ...(await againstRecused(work, notice.cycleId)),
    ...againstMovingNotice(work.actor, notice, 'post', { today: work.today, openObjections: 0 }),
    ...againstUnconfirmed(await findDecisionOf(work.db, notice)),
  ])
  const endsOn = await readLastDay(work.db, notice.cycleId, work.today)
  if (typeof endsOn !== 'string') throw new Problem([endsOn.refused])
  await moveResult(work, found(await findLatestResult(work.db, notice.cycleId)), 'notice')
  await moveNotice(work, notice, 'post', { postedOn: work.today, endsOn })
  await changeAwards(work, notice.cycleId, ['decided'], 'publicise')
  return { endsOn }
}

export async function endNotice(work: Work, id: string, seen?: string): Promise<{ ok: true }> {
  const notice = await findNotice(work, id)
  const openObjections = await countOpenObjections(work.db, notice.cycleId)
  demand([
    ...(seen === undefined ? [] : againstUnseen(seen, notice.updatedAt, '结束', '公示')),
    ...(await againstRecused(work, notice.cycleId)),
    ...againstMovingNotice(work.actor, notice, 'end', { today: work.today, openObjections }),
  ])
  await moveNotice(work, notice, 'end', { endedAt: work.now })
  await moveResult(work, found(await findLatestResult(work.db, notice.cycleId)), 'finish')
  await tellWithoutConferral(work, notice.cycleId)
  return { ok: true }
}

/** A draft that should begin anew; it stays on record with the reason. */
export async function dropNotice(
  work: Work,
  id: string,
  { reason, seen }: { reason: string; seen: string },
): Promise<{ ok: true }> {
  const notice = await findNotice(work, id)
  demand([
    ...againstUnseen(seen, notice.updatedAt, '作废', '公示文字'),
    ...(await againstRecused(work, notice.cycleId)),
    ...againstMovingNotice(work.actor, notice, 'drop', { today: work.today, openObjections: 0 }),
  ])
  await moveNotice(work, notice, 'drop', { closedAt: work.now, closedReason: reason })
  return { ok: true }
}

/** Inside the work that takes a decision up again: a draft is dropped, a posted notice superseded. */
export async function closeNotice(work: Work, id: string, reason: string): Promise<void> {
  const { state } = await findNotice(work, id)
  const action = state === 'draft' ? 'drop' : 'supersede'
  await moveNotice(work, { id, state }, action, { closedAt: work.now, closedReason: reason })
}
