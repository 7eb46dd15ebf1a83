import { type SummaryState, summaryLife } from '#domain/application/summaryLife.ts'
import type { SummaryRow } from '#server/db/tables/application.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

/** An empty draft of the school's year; its id. */
export async function insertSummary(
  work: Work,
  school: { schoolId: string; bureauId: string; cycleId: string },
): Promise<string> {
  const id = work.newId()
  await work.tx
    .insertInto('summary')
    .values({
      id,
      ...school,
      state: summaryLife.first,
      achievements: '',
      problems: '',
      nextSteps: '',
      facts: '{}',
      signedAt: null,
      signedBy: null,
      acceptedAt: null,
      returnReason: null,
      digest: null,
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()
  return id
}

/** Saves the words of a draft unless somebody saved since they were read. */
export async function updateDraft(
  work: Work,
  summary: Pick<SummaryRow, 'id' | 'updatedAt'>,
  words: Pick<SummaryRow, 'achievements' | 'problems' | 'nextSteps'>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('summary')
      .set({ ...words, updatedAt: work.now })
      .where('id', '=', summary.id)
      .where('state', '=', 'draft')
      .where('updatedAt', '=', summary.updatedAt)
      .executeTakeFirstOrThrow(),
  )
}

/** Moves a summary on from the state it was read in. */
export async function updateSummary(
  work: Work,
  summary: Pick<SummaryRow, 'id' | 'state'>,
  { to, values }: { to: SummaryState; values: Partial<SummaryRow> },
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('summary')
      .set({ state: to, updatedAt: work.now, ...values })
      .where('id', '=', summary.id)
      .where('state', '=', summary.state)
      .executeTakeFirstOrThrow(),
  )
}
