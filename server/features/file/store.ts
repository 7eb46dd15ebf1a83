import { hasRole, type Role } from '#domain/actor.ts'
import { reviewedStates } from '#domain/panel.ts'
import { againstReadingFile, type FileKind, KINDS } from '#domain/upload.ts'
import type { FileFacts } from '#contract/file.ts'
import type { EvidenceRow, FileRow } from '#server/db/tables/foundation.ts'
import { demand, found, notFound } from '#server/kernel/problem.ts'
import type { Look, Work } from '#server/kernel/work.ts'

export interface StoredFile extends FileRow {
  bureauId: string
}

/** The file if the actor may read it; a file of others answers like one that does not exist. */
export async function findFile(look: Look, id: string): Promise<StoredFile> {
  const [file] = await readFiles(look, [id])
  const known = found(file)
  const cited = hasRole(look.actor, 'reviewer') && (await isCitedForReviewer(look, known))
  const material = known.schoolId === null && (await isMaterialFor(look, known))
  demand(againstReadingFile(look.actor, known, { cited, material }))
  return known
}

/** Whether the file hangs on an event of the actor's bureau that the actor may read: its leaders, its departments, the invited schools. */
async function isMaterialFor(look: Look, file: StoredFile): Promise<boolean> {
  const { actor } = look
  const organizationsOf = (...wanted: Role[]) => [
    '',
    ...actor.grants.filter((one) => wanted.includes(one.role)).map((one) => one.organizationId),
  ]
  const row = await look.db
    .selectFrom('evidence')
    .innerJoin('event', 'event.id', 'evidence.subjectId')
    .leftJoin('eventSchool', (join) =>
      join
        .onRef('eventSchool.eventId', '=', 'event.id')
        .on('eventSchool.schoolId', 'in', organizationsOf('secretary', 'clerk')),
    )
    .select('evidence.id')
    .where('evidence.fileId', '=', file.id)
    .where('evidence.subjectType', '=', 'event')
    .where('event.state', '!=', 'draft')
    .where((eb) =>
      eb.or([
        eb('event.bureauId', 'in', organizationsOf('leader', 'department')),
        eb('eventSchool.id', 'is not', null),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether a dossier cites the file and its reader may read that dossier: a declared sheet, and no recusal since (rule 9). */
async function isCitedForReviewer(look: Look, file: StoredFile): Promise<boolean> {
  let rows = look.db
    .selectFrom('scoreSheet')
    .innerJoin('application', 'application.id', 'scoreSheet.applicationId')
    .leftJoin('recusal', (join) =>
      join
        .onRef('recusal.cycleId', '=', 'scoreSheet.cycleId')
        .onRef('recusal.personId', '=', 'scoreSheet.reviewerId')
        .onRef('recusal.schoolId', '=', 'scoreSheet.schoolId'),
    )
    .select('application.frozen')
    .where('scoreSheet.reviewerId', '=', look.actor.personId ?? '')
    .where('scoreSheet.state', 'in', ['opened', 'draft', 'submitted'])
    .where('recusal.id', 'is', null)
    .where('application.state', 'in', [...reviewedStates])
  if (file.schoolId !== null) rows = rows.where('scoreSheet.schoolId', '=', file.schoolId)
  return (await rows.execute()).some((row) => row.frozen?.includes(`"id":"${file.id}"`))
}

/** Those of the files that exist; refuses when one of them is not for the actor to read. */
async function readableFiles(look: Look, ids: readonly string[]): Promise<StoredFile[]> {
  const files = await readFiles(look, ids)
  for (const file of files) demand(againstReadingFile(look.actor, file))
  return files
}

function readFiles(look: Look, ids: readonly string[]): Promise<StoredFile[]> {
  return look.db
    .selectFrom('file')
    .innerJoin('person', 'person.id', 'file.uploaderId')
    .selectAll('file')
    .select('person.bureauId')
    .where('file.id', 'in', ids.length > 0 ? ids : [''])
    .execute()
}

/**
 * For whoever attaches files to something of a school: each must exist, be readable to the actor and be of that school or
 * of no school. Pass `null` for something of the bureau itself.
 */
export async function findFilesFor(look: Look, ids: readonly string[], schoolId: string | null): Promise<StoredFile[]> {
  const wanted = new Set(ids)
  const files = await readableFiles(look, [...wanted])
  const fitting = files.filter((file) => file.schoolId === null || schoolId === null || file.schoolId === schoolId)
  if (fitting.length !== wanted.size) throw notFound()
  return [...wanted].flatMap((id) => fitting.filter((file) => file.id === id))
}

/** The published image behind a public address; no actor, since everybody may see it. */
export async function findPublicImage(look: Look, id: string): Promise<{ sha256: string }> {
  const file = await look.db
    .selectFrom('file')
    .select('sha256')
    .where('id', '=', id)
    .where('isPublic', '=', 1)
    .where('kind', 'in', ['jpg', 'png', 'webp'] satisfies FileKind[])
    .executeTakeFirst()
  return found(file)
}

export async function bureauOfSchool(look: Look, schoolId: string): Promise<string> {
  const school = await look.db.selectFrom('school').select('bureauId').where('id', '=', schoolId).executeTakeFirst()
  return found(school).bureauId
}

export const addFile = (work: Work, row: FileRow) => work.tx.insertInto('file').values(row).execute()

/** A file that belonged to no school belongs to this one from now on. */
export const giveToSchool = (work: Work, ids: readonly string[], schoolId: string) =>
  work.tx.updateTable('file').set({ schoolId }).where('id', 'in', ids).where('schoolId', 'is', null).execute()

export const setPublic = (work: Work, ids: readonly string[], isPublic: 0 | 1) =>
  work.tx.updateTable('file').set({ isPublic }).where('id', 'in', ids).execute()

export function factsOf(file: FileRow): FileFacts {
  const { id, name, mime, size, width, height, takenAt } = file
  const kind = found(KINDS.find((each) => each === file.kind))
  return { id, name, kind, mime, size, width, height, takenAt }
}

export interface EvidenceOf {
  schoolId: string | null
  subjectType: string
  subjectId: string
}

export const lastEvidenceOrder = async (work: Work, { subjectType, subjectId }: EvidenceOf): Promise<number> => {
  const { last } = await work.tx
    .selectFrom('evidence')
    .select((eb) => eb.fn.coalesce(eb.fn.max('sortOrder'), eb.lit(0)).as('last'))
    .where('subjectType', '=', subjectType)
    .where('subjectId', '=', subjectId)
    .executeTakeFirstOrThrow()
  return Number(last)
}

export const addEvidence = (work: Work, rows: EvidenceRow[]) => work.tx.insertInto('evidence').values(rows).execute()

export const dropEvidence = (work: Work, { subjectType, subjectId }: EvidenceOf) =>
  work.tx.deleteFrom('evidence').where('subjectType', '=', subjectType).where('subjectId', '=', subjectId).execute()
