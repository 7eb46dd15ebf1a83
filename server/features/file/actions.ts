import { againstReadingSchool, ownSchoolId } from '#domain/actor.ts'
import { uploadRefusal } from '#domain/upload.ts'
import type { FileFacts } from '#contract/file.ts'
import type { FileRow } from '#server/db/tables/foundation.ts'
import { withUploadedPart } from '#server/kernel/files/incoming.ts'
import type { Received } from '#server/kernel/files/store.ts'
import { demand, Problem, refuse } from '#server/kernel/problem.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import type { Look, Work } from '#server/kernel/work.ts'
import {
  addEvidence,
  addFile,
  bureauOfSchool,
  dropEvidence,
  type EvidenceOf,
  factsOf,
  findFilesFor,
  giveToSchool,
  lastEvidenceOrder,
  setPublic,
} from './store.ts'

/** Takes the one file of a multipart request: kept on disk first, recorded after, so that no record lacks its file. */
export async function takeUpload(exchange: Exchange, asked: string | undefined): Promise<FileFacts> {
  const { request, look, house } = exchange
  const schoolId = await schoolFor(look, asked)
  return withUploadedPart(request, async ({ name, stream }) => {
    const received = await house.files.store.receive(stream, { name })
    if ('refused' in received) throw new Problem([uploadRefusal(received.refused)])
    return exchange.work((work) => recordUpload(work, received, schoolId))
  })
}

/** The school that was named, if the actor reaches it; otherwise the one where the actor works. */
async function schoolFor(look: Look, asked: string | undefined): Promise<string | null> {
  if (asked === undefined) return ownSchoolId(look.actor) ?? null
  demand(againstReadingSchool(look.actor, { schoolId: asked, bureauId: await bureauOfSchool(look, asked) }))
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
    isPublic: 0,
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    takenAt: picture?.takenAt ?? null,
    createdAt: work.now,
  }
  await addFile(work, row)
  work.record('file.uploaded', 'file', row.id, { sha256, size, kind, ...(schoolId ? { schoolId } : {}) })
  return factsOf(row)
}

/** Lets everybody see the stripped copies of these images; for features that publish what refers to them. */
export async function publishFiles(work: Work, ids: readonly string[]): Promise<void> {
  await changeSight(work, ids, 1)
}

/** Takes the images back when what referred to them is withdrawn. */
export async function withdrawFiles(work: Work, ids: readonly string[]): Promise<void> {
  await changeSight(work, ids, 0)
}

async function changeSight(work: Work, ids: readonly string[], isPublic: 0 | 1): Promise<void> {
  if (ids.length === 0) return
  await setPublic(work, ids, isPublic)
  for (const id of new Set(ids)) work.record(isPublic ? 'file.published' : 'file.withdrawn', 'file', id)
}

/** Adds files to what they prove; each must be one that the actor may use for this school. The caller records the event. */
export async function attachEvidence(
  work: Work,
  evidence: EvidenceOf & { fileIds: readonly string[]; captions?: Readonly<Record<string, string>> },
): Promise<void> {
  const { fileIds, captions = {}, schoolId, subjectType, subjectId } = evidence
  const files = await findFilesFor(work, fileIds, schoolId)
  if (files.length === 0) return
  // Whoever of the bureau photographs at a school uploads for no school; the school must see what its record shows.
  const loose = files.filter((file) => file.schoolId === null).map((file) => file.id)
  if (schoolId !== null && loose.length > 0) await giveToSchool(work, loose, schoolId)
  const last = await lastEvidenceOrder(work, evidence)
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
    })),
  )
}

/** Makes exactly these files, in this order, the evidence of a thing; the files themselves stay kept. */
export async function replaceEvidence(work: Work, evidence: Parameters<typeof attachEvidence>[1]): Promise<void> {
  await dropEvidence(work, evidence)
  await attachEvidence(work, evidence)
}
