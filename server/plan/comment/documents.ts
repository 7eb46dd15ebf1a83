import {
  againstAnswering,
  againstCorrecting,
  againstJudgingComment,
  againstReporting,
  judgements,
} from '#domain/plan/comment.ts'
import { commentLife } from '#domain/plan/commentLife.ts'
import type { Look } from '#server/kernel/work.ts'
import {
  type Comment,
  type CommentFilter,
  isLate,
  listAnswersBefore,
  listCommentRows,
  relationOf,
  stateLabel,
} from './queries.ts'

/** The comments in scope, each with what this person may do with it. */
export async function showComments(look: Look, filter: CommentFilter) {
  const { items, total } = await listCommentRows(look, filter)
  const before = await listAnswersBefore(
    look.db,
    items.map((one) => one.id),
  )
  return {
    items: items.map((one) => ({
      id: one.id,
      planId: one.planId,
      planVersion: one.planVersion,
      schoolName: one.schoolName,
      closed: one.closed !== undefined,
      nickname: one.nickname,
      relationLabel: relationOf(one),
      content: one.content,
      state: one.state,
      stateLabel: stateLabel(one),
      overdue: isLate(one, look.today),
      receivedAt: one.receivedAt,
      dueOn: one.dueOn,
      answer: one.answer,
      answeredAt: one.answeredAt,
      correctedAt: one.correctedAt,
      hiddenReason: one.hiddenReason,
      heldFor: one.heldFor,
      earlier: before
        .filter((old) => old.commentId === one.id)
        .map(({ answer, answeredAt, replacedAt }) => ({ answer, answeredAt, replacedAt })),
      moves: movesFor(look, one),
    })),
    total,
  }
}

/** Only what the state allows has a button; a comment that nobody can move has none. */
function movesFor({ actor }: Look, comment: Comment) {
  const open = commentLife.moves[comment.state]
  const judging = judgements.filter((one) => open[one] !== undefined)
  return {
    ...(open.answer && !(comment.state === 'hidden' && comment.answer !== null)
      ? { answer: againstAnswering(actor, comment) }
      : {}),
    ...(open.correct ? { correct: againstCorrecting(actor, comment) } : {}),
    ...(open.report && comment.judgedAt === null ? { report: againstReporting(actor, comment) } : {}),
    ...Object.fromEntries(
      judging.map((judgement) => [judgement, againstJudgingComment(actor, comment, { judgement })] as const),
    ),
  }
}
