import type { SurveyBatchRow } from '#server/db/tables/survey.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

type Drawn = Pick<
  SurveyBatchRow,
  'id' | 'surveyId' | 'schoolId' | 'audience' | 'grade' | 'className' | 'size' | 'codes'
>

const ROWS_AT_ONCE = 500

export async function addBatches(work: Work, drawn: readonly Drawn[]): Promise<void> {
  for (let at = 0; at < drawn.length; at += ROWS_AT_ONCE)
    await work.tx
      .insertInto('surveyBatch')
      .values(drawn.slice(at, at + ROWS_AT_ONCE))
      .execute()
}

/** One step of taking a class out of the count, on what the step before left. */
export async function changeVoid(
  work: Work,
  { id, voidAskedBy }: Pick<SurveyBatchRow, 'id' | 'voidAskedBy'>,
  change: Partial<SurveyBatchRow>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('surveyBatch')
      .set(change)
      .where('id', '=', id)
      .where('voidedAt', 'is', null)
      .where('voidAskedBy', voidAskedBy === null ? 'is' : '=', voidAskedBy)
      .executeTakeFirstOrThrow(),
  )
}

/** A class that was taken out counts again. */
export async function dropVoided(work: Work, id: string): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('surveyBatch')
      .set({ voidAskedBy: null, voidAskedAt: null, voidReason: null, voidedAt: null, voidedBy: null })
      .where('id', '=', id)
      .where('voidedAt', 'is not', null)
      .executeTakeFirstOrThrow(),
  )
}

/** The school is told now, with as many answers as are in. */
export const markReminded = (work: Work, id: string, remindedCast: number) =>
  work.tx.updateTable('surveyBatch').set({ remindedAt: work.now, remindedCast }).where('id', '=', id).execute()
