import type { Actor } from '#domain/base/actor.ts'
import { addWorkingDays, shanghaiDate } from '#domain/base/calendar.ts'
import {
  actionOf,
  againstAnswering,
  againstComment,
  againstCorrecting,
  againstJudgingComment,
  againstReporting,
  againstWithdrawing,
  answerFor,
  isLateAtHiding,
  type Judgement,
  stateAfter,
  type TypedComment,
} from '#domain/plan/comment.ts'
import { reasonsToHold, sameWords } from '#domain/plan/commentWords.ts'
import type { CommentAction } from '#domain/plan/commentLife.ts'
import { isInForce } from '#domain/plan/plan.ts'
import { CROWD } from '#domain/base/publicForm.ts'
import { refusal } from '#domain/base/refusal.ts'
import { quoted, shorten } from '#domain/base/text.ts'
import type { CommentRow } from '#server/db/tables/plan.ts'
import { readCalendar, readCycle } from '#server/year/cycle/queries.ts'
import { findPlan } from '#server/plan/plan/queries.ts'
import { demand, found, notFound, Problem, refuse } from '#server/kernel/problem.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import { addComment, keepAnswer, moveComment } from './writes.ts'
import { type Comment, findByReceipt, findComment, findCycleOf, hasSameWords, listUndated } from './queries.ts'

/** How the words came: under which receipt, and how many came from the same address within the hour. */
export interface Arrival {
  receipt: string
  fromThere: number
}

/**
 * Takes a visitor's words on the version in force of a public plan, once per receipt; nothing of who or where the visitor is gets
 * stored.
 */
export async function commentOn(
  work: Work<Actor>,
  planId: string,
  typed: TypedComment,
  arrival: Arrival,
): Promise<void> {
  const plan = await findPlan(work.db, planId)
  if (plan.publishedAt === null) throw notFound()
  if (!isInForce(plan)) throw refuse('notInThisState', '这一版方案不再接收意见，请到现在执行的方案页面提交。')
  const { receipt, fromThere } = arrival
  demand(againstComment(typed))
  const receiptHash = sha256(receipt)
  const known = await findByReceipt(work.db, receiptHash)
  if (known && known.content === typed.content) return work.record('comment.repeated', 'comment', known.id)
  if (known)
    throw new Problem([refusal('alreadyExists', '这张表已经提交过一次。您新写的内容还在下面，请再按一次提交。')])
  const { settings } = await readCycle(work.db, plan.cycleId)
  const contentHash = sha256(sameWords(typed.content) || typed.content)
  const heldFor = await reasonsOf(work, { plan, typed, contentHash, fromThere })
  const judged = settings.commentsFirstJudged || heldFor !== ''
  const shownAt = judged ? null : work.now
  const dueOn = judged ? null : await dueDay(work, plan.cycleId)
  const id = work.newId()
  const { schoolId, bureauId, version: planVersion } = plan
  await addComment(work, {
    id,
    planId,
    schoolId,
    bureauId,
    planVersion,
    ...typed,
    state: judged ? 'judging' : 'received',
    receivedAt: work.now,
    shownAt,
    dueOn,
    answer: null,
    answeredAt: null,
    answeredBy: null,
    correctedAt: null,
    judgedAt: null,
    hiddenReason: null,
    hiddenOn: null,
    heldFor,
    contentHash,
    receiptHash,
  })
  work.record('comment.received', 'comment', id, { schoolId, planId, dueOn, heldFor })
}

async function reasonsOf(
  work: Work<Actor>,
  given: { plan: { schoolId: string }; typed: TypedComment; contentHash: string; fromThere: number },
): Promise<string> {
  const { plan, typed, contentHash, fromThere } = given
  return [
    ...reasonsToHold(`${typed.nickname} ${typed.content}`),
    ...((await hasSameWords(work.db, plan.schoolId, contentHash)) ? ['与已收到的意见相同'] : []),
    ...(fromThere >= CROWD ? ['同一网络短时间内提交很多'] : []),
  ].join('；')
}

/** The last day to answer for what goes to the school today; nothing while the working days of that year are not known (rule 12). */
async function dueDay(work: Work<Actor>, cycleId: string, from = work.today): Promise<string | null> {
  const { settings } = await readCycle(work.db, cycleId)
  const day = addWorkingDays(from, settings.commentDays, await readCalendar(work.db))
  return typeof day === 'string' ? day : null
}

/** Gives their day to the comments that came before the year's holidays were known; called when the office enters them. */
export async function settleDueDays(work: Work<Actor>): Promise<void> {
  for (const comment of await listUndated(work.db)) {
    const dueOn = await dueDay(work, comment.cycleId, shanghaiDate(comment.shownAt ?? comment.receivedAt))
    if (dueOn === null) continue
    await moveComment(work, comment, comment.state, { dueOn })
    work.record('comment.dated', 'comment', comment.id, { schoolId: comment.schoolId, dueOn })
  }
}

export async function answerComment(work: Work, id: string, answer: string): Promise<{ ok: true }> {
  const comment = await findComment(work.db, id)
  demand(againstAnswering(work.actor, comment))
  const late = comment.dueOn !== null && comment.dueOn < work.today
  const words = answerFor(work.actor, comment, answer)
  await takeCommentStep(
    work,
    comment,
    'answer',
    { answer: words, answeredAt: work.now, answeredBy: work.actor.personId },
    { late },
  )
  return { ok: true }
}

/** Mends an answer that stands; the one before is kept. */
export async function correctAnswer(
  work: Work,
  id: string,
  given: { answer: string; seen: string },
): Promise<{ ok: true }> {
  const comment = await findComment(work.db, id)
  demand(againstCorrecting(work.actor, comment, given.seen))
  await keepAnswer(work, {
    id: work.newId(),
    commentId: id,
    schoolId: comment.schoolId,
    answer: found(comment.answer),
    answeredAt: comment.correctedAt ?? found(comment.answeredAt),
    answeredBy: comment.answeredBy,
    replacedAt: work.now,
  })
  const change = { answer: given.answer, correctedAt: work.now, answeredBy: work.actor.personId }
  await takeCommentStep(work, comment, 'correct', change)
  return { ok: true }
}

export async function reportComment(work: Work, id: string, reason: string): Promise<{ ok: true }> {
  const comment = await findComment(work.db, id)
  demand(againstReporting(work.actor, comment))
  await takeCommentStep(
    work,
    comment,
    'report',
    { heldFor: `学校请求审核：${reason}`, dueOn: null, shownAt: null },
    { reason },
  )
  return { ok: true }
}

export interface Judged {
  ids: readonly string[]
  judgement: Judgement
  reason: string
}

/** Judges one comment or many with one reason: all of them, or none with every reason why not. */
export async function judgeComments(work: Work, { ids, judgement, reason }: Judged): Promise<{ count: number }> {
  const comments: Comment[] = []
  for (const id of new Set(ids)) comments.push(await findComment(work.db, id))
  const refusals = comments.flatMap((comment) =>
    againstJudgingComment(work.actor, comment, { judgement, reason }).map((one) =>
      comments.length > 1 && one.code !== 'notFound' && !one.field
        ? { ...one, message: `${quoted(shorten(comment.content, 20))}：${one.message}` }
        : one,
    ),
  )
  demand(refusals.filter((one, at) => refusals.findIndex(({ message }) => message === one.message) === at))
  for (const comment of comments) await judge(work, comment, { judgement, reason })
  return { count: comments.length }
}

async function judge(work: Work, comment: Comment, { judgement, reason }: Omit<Judged, 'ids'>): Promise<void> {
  const judgedAt = work.now
  if (judgement === 'hide' || judgement === 'junk') {
    const hidden = { judgedAt, hiddenReason: reason, hiddenOn: comment.hiddenOn ?? work.today }
    return takeCommentStep(work, comment, judgement, hidden, { reason })
  }
  const shown = { judgedAt, hiddenReason: null, hiddenOn: null, shownAt: work.now }
  // What was overdue when it was hidden stays so; everything else has its full days from now on, for it waited for the bureau.
  const stays = comment.answer !== null || isLateAtHiding(comment)
  const dueOn = stays ? comment.dueOn : await dueDay(work, await findCycleOf(work.db, comment))
  return takeCommentStep(work, comment, actionOf(comment, judgement), { ...shown, dueOn }, { reason, dueOn })
}

/** The visitor takes the own words back by the receipt. */
export async function withdrawComment(work: Work<Actor>, receipt: string): Promise<void> {
  const comment = found(await findByReceipt(work.db, sha256(receipt)))
  demand(againstWithdrawing(comment))
  await takeCommentStep(work, comment, 'withdraw', {})
}

async function takeCommentStep(
  work: Work<Actor>,
  comment: Comment,
  action: CommentAction,
  change: Partial<CommentRow>,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const to = stateAfter(comment, action)
  await moveComment(work, comment, to, change)
  const { schoolId, state: from } = comment
  work.record(`comment.${action}`, 'comment', comment.id, { schoolId, from, to, ...detail })
}
