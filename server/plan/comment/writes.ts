import type { Actor } from '#domain/base/actor.ts'
import type { CommentState } from '#domain/plan/commentLife.ts'
import type { CommentAnswerRow, CommentRow } from '#server/db/tables/plan.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import type { Comment } from './queries.ts'

export const keepAnswer = (work: Work, row: CommentAnswerRow) =>
  work.tx.insertInto('commentAnswer').values(row).execute()

export const addComment = (work: Work<Actor>, row: CommentRow) => work.tx.insertInto('comment').values(row).execute()

export async function moveComment(
  work: Work<Actor>,
  comment: Comment,
  to: CommentState,
  change: Partial<CommentRow>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('comment')
      .set({ ...change, state: to })
      .where('id', '=', comment.id)
      .where('state', '=', comment.state)
      .executeTakeFirstOrThrow(),
  )
}
