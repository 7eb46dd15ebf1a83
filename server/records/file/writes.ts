import type { Actor } from '#domain/base/actor.ts'
import type { EvidenceRow, FileRow } from '#server/db/tables/foundation.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import type { EvidenceOf, Picture } from './queries.ts'

export async function markWithheld(
  work: Work,
  picture: Picture,
  mark: Pick<FileRow, 'withheldAt' | 'withheldReason'>,
): Promise<void> {
  const rows = work.tx.updateTable('file').set(mark).where('id', '=', picture.id)
  const before = picture.withheldAt
  changedOne(
    await (before === null
      ? rows.where('withheldAt', 'is', null)
      : rows.where('withheldAt', '=', before)
    ).executeTakeFirstOrThrow(),
  )
}

export const addFile = (work: Work, row: FileRow) => work.tx.insertInto('file').values(row).execute()

/** A file that belonged to no school belongs to this one from now on. */
export const giveToSchool = (work: Work, ids: readonly string[], schoolId: string) =>
  work.tx.updateTable('file').set({ schoolId }).where('id', 'in', ids).where('schoolId', 'is', null).execute()

export const addEvidence = (work: Work, rows: EvidenceRow[]) => work.tx.insertInto('evidence').values(rows).execute()

export const dropEvidence = (work: Work, { subjectType, subjectId }: EvidenceOf) =>
  work.tx.deleteFrom('evidence').where('subjectType', '=', subjectType).where('subjectId', '=', subjectId).execute()

export const removeFiles = (work: Work<Actor>, ids: readonly string[]) =>
  work.tx.deleteFrom('file').where('id', 'in', ids).execute()
