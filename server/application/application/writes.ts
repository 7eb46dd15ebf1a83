import { applicationLife, type ApplicationState } from '#domain/application/applicationLife.ts'
import type { ApplicationRow } from '#server/db/tables/application.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

export const insertApplication = (
  work: Work,
  application: Pick<ApplicationRow, 'id' | 'schoolId' | 'cycleId' | 'bureauId'>,
) =>
  work.tx
    .insertInto('application')
    .values({
      ...application,
      state: applicationLife.first,
      highlights: '',
      entryIds: '[]',
      frozen: null,
      digest: null,
      receiptNumber: null,
      submittedAt: null,
      submittedBy: null,
      reason: null,
      completeUntil: null,
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()

/** Saves the words of a draft unless somebody saved since they were read. */
export async function updateDraft(
  work: Work,
  application: Pick<ApplicationRow, 'id' | 'updatedAt'>,
  text: { highlights: string; entryIds: readonly string[] },
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('application')
      .set({ highlights: text.highlights, entryIds: JSON.stringify([...new Set(text.entryIds)]), updatedAt: work.now })
      .where('id', '=', application.id)
      .where('state', '=', 'draft')
      .where('updatedAt', '=', application.updatedAt)
      .executeTakeFirstOrThrow(),
  )
}

/** Moves an application on from the state it was read in. */
export async function updateApplication(
  work: Work,
  application: Pick<ApplicationRow, 'id' | 'state'>,
  { to, values = {} }: { to: ApplicationState; values?: Partial<ApplicationRow> },
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('application')
      .set({ state: to, updatedAt: work.now, ...values })
      .where('id', '=', application.id)
      .where('state', '=', application.state)
      .executeTakeFirstOrThrow(),
  )
}
