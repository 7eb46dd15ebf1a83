import type { Actor } from '#domain/base/actor.ts'
import type { EntryContent } from '#domain/ledger/entryContent.ts'
import type { EntryState } from '#domain/ledger/entryLife.ts'
import type { EntryRow, EntryVersionRow } from '#server/db/tables/ledger.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

type Columns = Pick<EntryRow, keyof EntryContent>

const columnsOf = ({ tags, ...content }: EntryContent): Columns => ({ ...content, tags: JSON.stringify(tags) })

/** A new entry, of which nothing has happened yet but that it was written down. */
export async function insertEntry(
  work: Work,
  entry: Pick<EntryRow, 'id' | 'schoolId' | 'cycleId' | 'bureauId' | 'state' | 'createdBy'>,
  content: EntryContent,
): Promise<void> {
  await work.tx
    .insertInto('entry')
    .values({
      ...entry,
      ...columnsOf(content),
      isLate: 0,
      frozenBy: null,
      version: 1,
      filedAt: null,
      filedBy: null,
      voidedAt: null,
      voidedBy: null,
      voidReason: null,
      createdAt: work.now,
      updatedAt: work.now,
      deletedAt: null,
    })
    .execute()
}

/** Newer words for a draft that nobody has changed since it was read. */
export async function updateDraft(
  work: Work,
  entry: { id: string; updatedAt: string },
  content: EntryContent,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('entry')
      .set({ ...columnsOf(content), updatedAt: work.now })
      .where('id', '=', entry.id)
      .where('state', '=', 'draft')
      .where('deletedAt', 'is', null)
      .where('updatedAt', '=', entry.updatedAt)
      .executeTakeFirstOrThrow(),
  )
}

export async function markFiled(
  work: Work,
  entry: { id: string; state: EntryState },
  { late }: { late: boolean },
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('entry')
      .set({
        state: 'filed',
        filedAt: work.now,
        filedBy: work.actor.personId,
        isLate: late ? 1 : 0,
        updatedAt: work.now,
      })
      .where('id', '=', entry.id)
      .where('state', '=', entry.state)
      .where('deletedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

/** Other words for a filed entry; the old ones are kept by `insertEntryVersion`. */
export async function updateFiled(
  work: Work,
  entry: { id: string; version: number; late: boolean },
  content: EntryContent,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('entry')
      .set({
        ...columnsOf(content),
        isLate: entry.late ? 1 : 0,
        version: entry.version + 1,
        updatedAt: work.now,
      })
      .where('id', '=', entry.id)
      .where('state', '=', 'filed')
      .where('version', '=', entry.version)
      .where('frozenBy', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

export async function insertEntryVersion(work: Work, row: EntryVersionRow): Promise<void> {
  await work.tx.insertInto('entryVersion').values(row).execute()
}

/** A draft is hidden, not erased. */
export async function hideDraft(work: Work, id: string): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('entry')
      .set({ deletedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', 'draft')
      .where('deletedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

/** Voided with who did it and why, or filed again with neither. */
export async function markVoided(
  work: Work,
  entry: { id: string; state: EntryState; version: number },
  to: Pick<EntryRow, 'state' | 'voidedAt' | 'voidedBy' | 'voidReason'>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('entry')
      .set({ ...to, updatedAt: work.now })
      .where('id', '=', entry.id)
      .where('state', '=', entry.state)
      .where('version', '=', entry.version)
      .where('frozenBy', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

/** The drafts of a bureau that wait for a year belong to this one. */
export async function adoptWaiting(work: Work<Actor>, cycle: { id: string; bureauId: string }): Promise<void> {
  await work.tx
    .updateTable('entry')
    .set({ cycleId: cycle.id })
    .where('bureauId', '=', cycle.bureauId)
    .where('cycleId', 'is', null)
    .execute()
}

/** How many of the cited entries were filed in that school and year, and are frozen now. */
export async function freezeCited(
  work: Work,
  cited: { applicationId: string; schoolId: string; cycleId: string; entryIds: readonly string[] },
): Promise<number> {
  const done = await work.tx
    .updateTable('entry')
    .set({ frozenBy: cited.applicationId })
    .where('id', 'in', [...cited.entryIds])
    .where('schoolId', '=', cited.schoolId)
    .where('cycleId', '=', cited.cycleId)
    .where('state', '=', 'filed')
    .executeTakeFirstOrThrow()
  return Number(done.numUpdatedRows)
}

export async function thawCited(work: Work, cited: { applicationId: string; schoolId: string }): Promise<void> {
  await work.tx
    .updateTable('entry')
    .set({ frozenBy: null })
    .where('frozenBy', '=', cited.applicationId)
    .where('schoolId', '=', cited.schoolId)
    .execute()
}
