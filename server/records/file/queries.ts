import type { ExpressionBuilder } from 'kysely'
import { z } from 'zod'
import { type Actor, hasRole, type Role } from '#domain/base/actor.ts'
import { canonical } from '#domain/base/canonical.ts'
import { reviewedStates } from '#domain/review/panel.ts'
import type { PictureFacts } from '#domain/records/publicPicture.ts'
import { againstReadingFile, type FileKind, KINDS } from '#domain/records/upload.ts'
import type { FileFacts } from '#contract/records/file.ts'
import { unattachedFiles } from '#server/db/fileReferences.ts'
import type { Tables } from '#server/db/tables.ts'
import type { FileRow } from '#server/db/tables/foundation.ts'
import { demand, found, notFound, refuse } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

export interface StoredFile extends FileRow {
  bureauId: string
}

/** The file if the actor may read it; a file of others answers like one that does not exist. */
export async function findFile(look: Look, id: string): Promise<StoredFile> {
  const [file] = await readFiles(look, [id])
  const known = found(file)
  const cited = hasRole(look.actor, 'reviewer') && (await isCitedForReviewer(look, known))
  const material =
    known.schoolId === null && ((await isMaterialFor(look, known)) || (await isOfDecisionFor(look, known)))
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

/** A leader reads the minutes of the decision that they may have to confirm. */
async function isOfDecisionFor({ db, actor }: Look, file: StoredFile): Promise<boolean> {
  if (!hasRole(actor, 'leader')) return false
  const row = await db
    .selectFrom('decision')
    .select('id')
    .where('bureauId', '=', actor.bureauId)
    .where('files', 'like', `%${file.id}%`)
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
    .where('scoreSheet.reviewerId', '=', look.actor.personId)
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
    .where('file.id', 'in', ids)
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

const keptShape = z.array(z.object({ id: z.string(), name: z.string(), kind: z.string(), sha256: z.string() }))

/** Files as a sealed row keeps them: by id, name and hash in canonical JSON, so that its seal covers every byte; nothing without files. */
export async function filesText(look: Look, ids: readonly string[]): Promise<string | null> {
  if (ids.length === 0) return null
  const files = await findFilesFor(look, ids, null)
  return canonical(files.map(({ id, name, kind, sha256 }) => ({ id, name, kind, sha256 })))
}

/** The files of such a row, for a page. */
export const filesIn = (text: string | null) =>
  text === null ? [] : keptShape.parse(JSON.parse(text)).map(({ id: fileId, name, kind }) => ({ fileId, name, kind }))

const IMAGES = ['jpg', 'png', 'webp'] satisfies FileKind[]

/**
 * The pictures that a public page shows: asked of what refers to them, never of a mark on the file, so that a picture which
 * nothing public refers to any more is not public (rule 17).
 */
export const publicPictures = (db: ReadOnly) =>
  db
    .selectFrom('file')
    .where('file.kind', 'in', IMAGES)
    .where('file.withheldAt', 'is', null)
    .where((eb) => isReferredTo(eb))

/** The logo of a published brand of a school that exists, or a picture chosen for the page of an event. */
const isReferredTo = (eb: ExpressionBuilder<Tables, 'file'>) =>
  eb.or([
    eb.exists(
      eb
        .selectFrom('brand')
        .innerJoin('school', 'school.id', 'brand.schoolId')
        .select('brand.id')
        .whereRef('brand.logoFileId', '=', 'file.id')
        .where('brand.publishedAt', 'is not', null)
        .where('school.retiredAt', 'is', null),
    ),
    eb.exists(
      eb
        .selectFrom('evidence')
        .innerJoin('event', 'event.id', 'evidence.subjectId')
        .select('evidence.id')
        .whereRef('evidence.fileId', '=', 'file.id')
        .where('evidence.subjectType', '=', 'event')
        .where('evidence.isPublic', '=', 1)
        .where('event.state', '=', 'held'),
    ),
  ])

/** The image behind a public address; no actor, since everybody may see it. One that was taken down says so. */
export async function findPublicImage(look: Look<Actor>, id: string): Promise<{ sha256: string }> {
  const file = await publicPictures(look.db).select('sha256').where('file.id', '=', id).executeTakeFirst()
  if (file) return file
  const row = await look.db
    .selectFrom('file')
    .select('id')
    .where('id', '=', id)
    .where('withheldAt', 'is not', null)
    .executeTakeFirst()
  throw row ? refuse('withdrawn') : notFound()
}

export interface Picture extends PictureFacts {
  id: string
  schoolId: string | null
  name: string
  withheldReason: string | null
}

/** Pictures with what decides who may take them down. */
export async function readPictures(db: ReadOnly, ids: readonly string[]): Promise<Picture[]> {
  const files = await db
    .selectFrom('file')
    .innerJoin('person', 'person.id', 'file.uploaderId')
    .select(['file.id', 'file.schoolId', 'file.name', 'file.withheldAt', 'file.withheldReason', 'person.bureauId'])
    .where('file.id', 'in', ids)
    .execute()
  const shown = await publicPictures(db).select('file.id').where('file.id', 'in', ids).execute()
  const hosts = await db
    .selectFrom('evidence')
    .innerJoin('event', 'event.id', 'evidence.subjectId')
    .select(['evidence.fileId', 'event.hostSchoolId'])
    .where('evidence.subjectType', '=', 'event')
    .where('evidence.fileId', 'in', ids)
    .execute()
  return files.map((file) => ({
    ...file,
    isPublic: shown.some((one) => one.id === file.id),
    schoolIds: [file.schoolId, ...hosts.filter((one) => one.fileId === file.id).map((one) => one.hostSchoolId)].filter(
      (one) => one !== null,
    ),
  }))
}

export const findPicture = async (db: ReadOnly, id: string): Promise<Picture> =>
  found((await readPictures(db, [id]))[0])

/** The bureau of a school that exists. */
export async function findBureauOf(look: Look, schoolId: string): Promise<string> {
  const school = await look.db.selectFrom('school').select('bureauId').where('id', '=', schoolId).executeTakeFirst()
  return found(school).bureauId
}

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

/** After how many files of a thing the next one stands. */
export async function readLastOrder(db: ReadOnly, { subjectType, subjectId }: EvidenceOf): Promise<number> {
  const { last } = await db
    .selectFrom('evidence')
    .select((eb) => eb.fn.coalesce(eb.fn.max('sortOrder'), eb.lit(0)).as('last'))
    .where('subjectType', '=', subjectType)
    .where('subjectId', '=', subjectId)
    .executeTakeFirstOrThrow()
  return Number(last)
}

/** Those of the digests that a record names. */
export async function listDigestsOnRecord(db: ReadOnly, digests: readonly string[]): Promise<Set<string>> {
  const named = new Set<string>()
  for (let start = 0; start < digests.length; start += DIGESTS_AT_ONCE) {
    const asked = digests.slice(start, start + DIGESTS_AT_ONCE)
    const rows = await db.selectFrom('file').select('sha256').where('sha256', 'in', asked).execute()
    for (const { sha256 } of rows) named.add(sha256)
  }
  return named
}

const DIGESTS_AT_ONCE = 500

/** The ids of files uploaded before an instant that no column refers to. */
export const listUnattached = async (db: ReadOnly, before: string): Promise<string[]> =>
  (await unattachedFiles(db, before).select('file.id').execute()).map((one) => one.id)

/** Those of these files that are still attached to nothing. */
export const listUnattachedAmong = (db: ReadOnly, before: string, ids: readonly string[]) =>
  unattachedFiles(db, before).selectAll('file').where('file.id', 'in', ids).execute()
