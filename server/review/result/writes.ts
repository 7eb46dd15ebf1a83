import type { ResultState } from '#domain/review/resultLife.ts'
import type { ResultRow } from '#server/db/tables/review.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

type NewResult = Pick<
  ResultRow,
  'id' | 'bureauId' | 'cycleId' | 'state' | 'ruleVersion' | 'inputsDigest' | 'body' | 'digest' | 'previousId'
>

export const insertResult = (work: Work, result: NewResult) =>
  work.tx
    .insertInto('result')
    .values({
      ...result,
      moderation: '',
      computedBy: work.actor.personId,
      moderatedBy: null,
      computedAt: work.now,
      sealedAt: null,
      sealedBy: null,
      minutes: null,
      decidedAt: null,
      correctedAt: null,
      correctionReason: '',
    })
    .execute()

/** Moves a result on from the state it was read in. */
export async function updateResult(
  work: Work,
  result: Pick<ResultRow, 'id' | 'state'>,
  change: Partial<ResultRow> & { state: ResultState },
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('result')
      .set(change)
      .where('id', '=', result.id)
      .where('state', '=', result.state)
      .executeTakeFirstOrThrow(),
  )
}

/** A sealed result that another will take the place of; it stays as it was. */
export async function setResultAside(work: Work, id: string, reason: string): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('result')
      .set({ correctedAt: work.now, correctionReason: reason })
      .where('id', '=', id)
      .where('state', '=', 'sealed')
      .where('correctedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}
