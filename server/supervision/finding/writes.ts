import { findingLife } from '#domain/supervision/findingLife.ts'
import type { FindingRow } from '#server/db/tables/supervision.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

type Noted = Pick<
  FindingRow,
  'id' | 'inspectionId' | 'schoolId' | 'bureauId' | 'cycleId' | 'content' | 'severity' | 'recordedBy'
>

/** A finding as it is noted down: nobody outside the round knows of it yet. */
export const addFinding = (work: Work, noted: Noted) =>
  work.tx
    .insertInto('finding')
    .values({
      ...noted,
      state: findingLife.first,
      preliminary: '',
      reply: '',
      repliedAt: null,
      opinion: '',
      issuedAt: null,
      withdrawnReason: null,
      createdAt: work.now,
    })
    .execute()

export async function changeFinding(
  work: Work,
  { id, state }: Pick<FindingRow, 'id' | 'state'>,
  change: Partial<FindingRow>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('finding')
      .set(change)
      .where('id', '=', id)
      .where('state', '=', state)
      .executeTakeFirstOrThrow(),
  )
}
