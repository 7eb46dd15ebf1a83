import { type Actor, againstReadingSchool, ownSchoolId, system } from '#domain/base/actor.ts'
import { againstShowingAgain, againstWithholding } from '#domain/records/publicPicture.ts'
import { uploadRefusal } from '#domain/records/upload.ts'
import type { FileFacts } from '#contract/records/file.ts'
import { namedInTexts, ownTexts } from '#server/db/fileReferences.ts'
import type { FileRow } from '#server/db/tables/foundation.ts'
import { withUploadedPart } from '#server/kernel/files/incoming.ts'
import type { Received } from '#server/kernel/files/store.ts'
import { demand, Problem, refuse } from '#server/kernel/problem.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import { type House, inWork, type Look, type Work } from '#server/kernel/work.ts'
import { addEvidence, addFile, dropEvidence, giveToSchool, markWithheld, removeFiles } from './writes.ts'
import {
  type EvidenceOf,
  factsOf,
  findBureauOf,
  findFilesFor,
  findPicture,
  listDigestsOnRecord,
  listUnattached,
  listUnattachedAmong,
  readLastOrder,
} from './queries.ts'

/** Takes the one file of a multipart request: kept on disk first, recorded after, so that no record lacks its file. */
export async function takeUpload(exchange: Exchange, asked: string | undefined): Promise<FileFacts> {
  const { request, look, house } = exchange
  const schoolId = await schoolFor(look, asked)
  const uploader = look.actor.personId
  return withUploadedPart(request, async ({ name, stream }) => {
    const received = await house.files.store.receive(stream, { name, ...(uploader ? { owner: uploader } : {}) })
    if ('refused' in received) throw new Problem([uploadRefusal(received.refused)])
    return exchange.work((work) => recordUpload(work, received, schoolId))
  })
}

/** The school that was named, if the actor reaches it; otherwise the one where the actor works. */
async function schoolFor(look: Look, asked: string | undefined): Promise<string | null> {
  if (asked === undefined) return ownSchoolId(look.actor) ?? null
  demand(againstReadingSchool(look.actor, { schoolId: asked, bureauId: await findBureauOf(look, asked) }))
  return asked
}

export async function recordUpload(work: Work, received: Received, schoolId: string | null): Promise<FileFacts> {
  const { sha256, size, kind, mime, name, picture } = received
  const uploaderId = work.actor.personId
  if (uploaderId === null) throw refuse('notSignedIn')
  const row: FileRow = {
    id: work.newId(),
    sha256,
    size,
    kind,
    mime,
    name,
    uploaderId,
    schoolId,
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    takenAt: picture?.takenAt ?? null,
    createdAt: work.now,
    withheldAt: null,
    withheldReason: null,
  }
  await addFile(work, row)
  work.record('file.uploaded', 'file', row.id, { sha256, size, kind, ...(schoolId ? { schoolId } : {}) })
  return factsOf(row)
}

/** Takes a picture off every public page and its own address at once; what referred to it stays as it is (rule 17). */
export async function withholdPicture(work: Work, id: string, reason: string): Promise<{ ok: true }> {
  const picture = await findPicture(work.db, id)
  demand(againstWithholding(work.actor, picture))
  await markWithheld(work, picture, { withheldAt: work.now, withheldReason: reason })
  const { schoolId } = picture
  work.record('file.withheld', 'file', id, { reason, ...(schoolId ? { schoolId } : {}) })
  return { ok: true }
}

export async function restorePicture(work: Work, id: string, reason: string): Promise<{ ok: true }> {
  const picture = await findPicture(work.db, id)
  demand(againstShowingAgain(work.actor, picture))
  await markWithheld(work, picture, { withheldAt: null, withheldReason: null })
  const { schoolId } = picture
  work.record('file.shownAgain', 'file', id, { reason, ...(schoolId ? { schoolId } : {}) })
  return { ok: true }
}

/** Adds files to what they prove; each must be one that the actor may use for this school. The caller records the event. */
export async function attachEvidence(
  work: Work,
  evidence: EvidenceOf & {
    fileIds: readonly string[]
    captions?: Readonly<Record<string, string>>
    /** Those of the files that everybody may see once the thing itself is public. */
    publicIds?: readonly string[]
  },
): Promise<void> {
  const { fileIds, captions = {}, publicIds = [], schoolId, subjectType, subjectId } = evidence
  const files = await findFilesFor(work, fileIds, schoolId)
  if (files.length === 0) return
  // Whoever of the bureau photographs at a school uploads for no school; the school must see what its record shows.
  const loose = files.filter((file) => file.schoolId === null).map((file) => file.id)
  if (schoolId !== null && loose.length > 0) await giveToSchool(work, loose, schoolId)
  const last = await readLastOrder(work.db, evidence)
  await addEvidence(
    work,
    files.map((file, index) => ({
      id: work.newId(),
      schoolId,
      subjectType,
      subjectId,
      fileId: file.id,
      caption: captions[file.id] ?? '',
      sortOrder: last + index + 1,
      createdAt: work.now,
      isPublic: publicIds.includes(file.id) ? 1 : 0,
    })),
  )
}

/** Makes exactly these files, in this order, the evidence of a thing; the files themselves stay kept. */
export async function replaceEvidence(work: Work, evidence: Parameters<typeof attachEvidence>[1]): Promise<void> {
  await dropEvidence(work, evidence)
  await attachEvidence(work, evidence)
}

/** Takes the files off a thing that goes away; the files themselves stay kept. */
export async function detachEvidence(work: Work, evidence: EvidenceOf): Promise<void> {
  await dropEvidence(work, evidence)
}

const DAY = 86_400_000
/** Whoever began a form on Friday finds its files after the holidays of a week. */
const UNATTACHED_DAYS = 7
const FILES_AT_ONCE = 200

/**
 * Removes what was uploaded and attached to nothing for a week, the record first, then the bytes that no other record names. A file that
 * anything refers to stays, also one that only an earlier version names (rule 14).
 */
export async function sweepFiles(house: House): Promise<{ files: number; bytes: number }> {
  const { reader } = house.database
  const before = new Date(house.clock.now().getTime() - UNATTACHED_DAYS * DAY).toISOString()
  const loose = await listUnattached(reader, before)
  const named = await namedInTexts(reader, loose)
  const unneeded = loose.filter((one) => !named.has(one))
  let files = 0
  for (let start = 0; start < unneeded.length; start += FILES_AT_ONCE) {
    const ids = unneeded.slice(start, start + FILES_AT_ONCE)
    files += await inWork(house, system, (work) => removeUnattached(work, ids, before))
  }
  const discarded = await house.files.store.discard((digests) => listDigestsOnRecord(reader, digests), DAY)
  for (const { sha256 } of discarded) await house.files.renditions.forget(sha256)
  return { files, bytes: discarded.reduce((sum, one) => sum + one.size, 0) }
}

/** Asked once more inside the work: one of them may have been attached since. */
async function removeUnattached(work: Work<Actor>, ids: readonly string[], before: string): Promise<number> {
  const named = await namedInTexts(work.db, ids, ownTexts)
  const loose = await listUnattachedAmong(work.db, before, ids)
  const rows = loose.filter((one) => !named.has(one.id))
  await removeFiles(
    work,
    rows.map((row) => row.id),
  )
  for (const { id, sha256, size, kind, schoolId } of rows)
    work.record('file.removed', 'file', id, { sha256, size, kind, ...(schoolId ? { schoolId } : {}) })
  work.record('file.swept', 'file', 'unattached', { files: rows.length, days: UNATTACHED_DAYS })
  return rows.length
}
