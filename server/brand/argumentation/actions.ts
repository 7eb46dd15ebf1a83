import { againstChangingArgumentation, againstFutureMeeting, againstSavingBrand } from '#domain/brand/brand.ts'
import type { ArgumentationBody } from '#contract/brand/brand.ts'
import { findSchool, readBrandOf } from '#server/brand/brand/queries.ts'
import { attachEvidence, detachEvidence } from '#server/records/file/actions.ts'
import { demand, refuse } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { bodyOf, findArgumentation, listMinutes } from './queries.ts'
import {
  insertArgumentation,
  insertArgumentationVersion,
  markArgumentationVoided,
  updateArgumentation,
} from './writes.ts'

export async function addArgumentation(work: Work, schoolId: string, body: ArgumentationBody): Promise<{ id: string }> {
  const school = await findSchool(work, schoolId)
  demand(againstSavingBrand(work.actor, school))
  const brand = await readBrandOf(work.db, schoolId)
  if (!brand) throw refuse('incomplete', '请先建立品牌，再记论证。')
  demand(againstFutureMeeting(body.heldOn, work.today))
  const id = work.newId()
  const { fileIds, ...words } = body
  const fresh = { version: 1, voidedAt: null, voidReason: null, createdAt: work.now }
  await insertArgumentation(work, { id, brandId: brand.id, schoolId, ...words, ...fresh })
  await attachEvidence(work, { schoolId, subjectType: 'argumentation', subjectId: id, fileIds })
  work.record('argumentation.added', 'argumentation', id, { schoolId, kind: body.kind })
  return { id }
}

/** Keeps the old words as a version before the new ones take their place. */
export async function correctArgumentation(
  work: Work,
  id: string,
  { reason, version, fileIds, ...body }: ArgumentationBody & { reason: string; version: number },
): Promise<{ ok: true }> {
  const record = await findArgumentation(work.db, id)
  demand([...againstChangingArgumentation(work.actor, record), ...againstFutureMeeting(body.heldOn, work.today)])
  const { schoolId } = record
  const minutes = await listMinutes(work.db, [id])
  await updateArgumentation(work, { id, version }, body)
  const subject = { schoolId, subjectType: 'argumentation', subjectId: id }
  await detachEvidence(work, subject)
  await attachEvidence(work, { ...subject, fileIds })
  await insertArgumentationVersion(work, {
    id: work.newId(),
    argumentationId: id,
    schoolId,
    version,
    body: JSON.stringify(bodyOf(record, minutes)),
    reason,
    personId: work.actor.personId,
    createdAt: work.now,
  })
  work.record('argumentation.corrected', 'argumentation', id, { schoolId, version, reason })
  return { ok: true }
}

/** A record that should not be there no longer counts; it stays readable with the reason. */
export async function voidArgumentation(
  work: Work,
  id: string,
  { reason, version }: { reason: string; version: number },
): Promise<{ ok: true }> {
  const record = await findArgumentation(work.db, id)
  demand(againstChangingArgumentation(work.actor, record))
  await markArgumentationVoided(work, { id, version }, reason)
  work.record('argumentation.voided', 'argumentation', id, { schoolId: record.schoolId, version, reason })
  return { ok: true }
}
