import type { AdjustmentRow, DisagreementRulingRow, SurveyRulingRow } from '#server/db/tables/review.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

/** The ruling on a school without an index, or the new words of the one that stands. */
export function putSurveyRuling(work: Work, row: SurveyRulingRow) {
  const { reason, personId, createdAt } = row
  return work.tx
    .insertInto('surveyRuling')
    .values(row)
    .onConflict((conflict) => conflict.column('applicationId').doUpdateSet({ reason, personId, createdAt }))
    .execute()
}

/** The ruling on one disagreement, or the new words of the one that stands. */
export function putDisagreementRuling(work: Work, row: DisagreementRulingRow) {
  const { reason, personId, createdAt } = row
  return work.tx
    .insertInto('disagreementRuling')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['applicationId', 'method']).doUpdateSet({ reason, personId, createdAt }),
    )
    .execute()
}

export const insertAdjustment = (work: Work, row: Omit<AdjustmentRow, 'droppedAt' | 'droppedBy' | 'dropReason'>) =>
  work.tx
    .insertInto('adjustment')
    .values({ ...row, droppedAt: null, droppedBy: null, dropReason: null })
    .execute()

/** Taken back, and still to be read; refuses when another did so before. */
export async function closeAdjustment(work: Work, id: string, reason: string): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('adjustment')
      .set({ droppedAt: work.now, droppedBy: work.actor.personId, dropReason: reason })
      .where('id', '=', id)
      .where('droppedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}
