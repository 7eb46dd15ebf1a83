import { addWorkingDays } from '#domain/calendar.ts'
import {
  againstAnswering,
  againstComment,
  againstHiding,
  COMMENTS_PER_HOUR,
  type TypedComment,
} from '#domain/comment.ts'
import { refusal } from '#domain/refusal.ts'
import { readCalendar, readCycle } from '#server/features/cycle/store.ts'
import { demand, Problem } from '#server/kernel/problem.ts'
import type { Look, Work } from '#server/kernel/work.ts'
import {
  addComment,
  type CommentFilter,
  findComment,
  listCommentRows,
  moveComment,
  readRecent,
  relationOf,
  stateLabel,
} from './store.ts'

export async function showComments(look: Look, filter: CommentFilter) {
  const { items, total } = await listCommentRows(look, filter)
  return {
    items: items.map((one) => ({
      id: one.id,
      planId: one.planId,
      planVersion: one.planVersion,
      schoolName: one.schoolName,
      nickname: one.nickname,
      relationLabel: relationOf(one),
      content: one.content,
      state: one.state,
      stateLabel: stateLabel(one),
      overdue: one.state === 'received' && one.dueOn < look.today,
      receivedAt: one.receivedAt,
      dueOn: one.dueOn,
      answer: one.answer,
      answeredAt: one.answeredAt,
      hiddenReason: one.hiddenReason,
      moves:
        one.state === 'received'
          ? { answer: againstAnswering(look.actor, one), hide: againstHiding(look.actor, one) }
          : {},
    })),
    total,
  }
}

export interface CommentedPlan {
  id: string
  schoolId: string
  cycleId: string
  bureauId: string
  version: number
}

const HOUR = 3_600_000

/** Takes a visitor's words on a public plan; nothing of who or where the visitor is gets stored. */
export async function receiveComment(work: Work, plan: CommentedPlan, typed: TypedComment): Promise<void> {
  demand(againstComment(typed))
  const since = new Date(Date.parse(work.now) - HOUR).toISOString()
  const recent = await readRecent(work.db, plan.schoolId, { content: typed.content, since })
  if (recent.same)
    demand([refusal('alreadyExists', '已经收到内容完全相同的意见，学校会一并答复。', { field: 'content' })])
  if (recent.lastHour >= COMMENTS_PER_HOUR)
    demand([refusal('tooManyTries', '这一小时收到的意见很多，请过一会儿再提交。您写的内容还在下面。')])
  const { settings } = await readCycle(work.db, plan.cycleId)
  const dueOn = addWorkingDays(work.today, settings.commentDays, await readCalendar(work.db))
  // Without the year's holidays no honest date can be promised, and none is guessed (rule 12).
  if (typeof dueOn !== 'string')
    throw new Problem([
      refusal('windowClosed', '系统还没有录入新一年的工作日历，暂时不能接收意见。请过几天再来，或直接与学校联系。'),
    ])
  const id = work.newId()
  const { id: planId, schoolId, bureauId, version: planVersion } = plan
  const waiting = { answer: null, answeredAt: null, answeredBy: null, hiddenReason: null }
  const hangsOn = { planId, schoolId, bureauId, planVersion }
  await addComment(work, { id, ...hangsOn, ...typed, state: 'received', receivedAt: work.now, dueOn, ...waiting })
  work.record('comment.receive', 'comment', id, { schoolId, planId, dueOn })
}

export async function answerComment(work: Work, id: string, answer: string): Promise<{ ok: true }> {
  const comment = await findComment(work.db, id)
  demand(againstAnswering(work.actor, comment))
  await moveComment(work, comment, 'answered', { answer, answeredAt: work.now, answeredBy: work.actor.personId })
  const late = comment.dueOn < work.today
  work.record('comment.answer', 'comment', id, {
    schoolId: comment.schoolId,
    from: comment.state,
    to: 'answered',
    late,
  })
  return { ok: true }
}

export async function hideComment(work: Work, id: string, reason: string): Promise<{ ok: true }> {
  const comment = await findComment(work.db, id)
  demand(againstHiding(work.actor, comment))
  await moveComment(work, comment, 'hidden', { hiddenReason: reason })
  work.record('comment.hide', 'comment', id, { schoolId: comment.schoolId, from: comment.state, to: 'hidden', reason })
  return { ok: true }
}
