import { noticeLife, type NoticeState } from '#domain/award/noticeLife.ts'
import type { NoticeRow } from '#server/db/tables/award.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

type NewNotice = Pick<NoticeRow, 'id' | 'bureauId' | 'cycleId' | 'decisionId' | 'title' | 'body' | 'names'>

export const insertNotice = (work: Work, notice: NewNotice) =>
  work.tx
    .insertInto('notice')
    .values({
      ...notice,
      state: noticeLife.first,
      postedOn: null,
      endsOn: null,
      endedAt: null,
      closedReason: '',
      closedAt: null,
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()

/** Saves the words of a draft unless somebody saved since they were read. */
export async function updateDraft(
  work: Work,
  notice: Pick<NoticeRow, 'id' | 'updatedAt'>,
  words: Pick<NoticeRow, 'title' | 'body'>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('notice')
      .set({ ...words, updatedAt: work.now })
      .where('id', '=', notice.id)
      .where('state', '=', 'draft')
      .where('updatedAt', '=', notice.updatedAt)
      .executeTakeFirstOrThrow(),
  )
}

/** Moves a notice on from the state it was read in. */
export async function updateNotice(
  work: Work,
  notice: Pick<NoticeRow, 'id' | 'state'>,
  { to, values }: { to: NoticeState; values: Partial<NoticeRow> },
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('notice')
      .set({ state: to, ...values, updatedAt: work.now })
      .where('id', '=', notice.id)
      .where('state', '=', notice.state)
      .executeTakeFirstOrThrow(),
  )
}
