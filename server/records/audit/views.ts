import { detailLabels, eventLabel, subjectLabel } from '#domain/records/auditLabels.ts'
import { readPersonNames } from '#server/identity/access/queries.ts'
import type { Look } from '#server/kernel/work.ts'
import { type AuditFilter, countAuditRows, listAuditRows, listEventNames, readOrganizationNames } from './queries.ts'

/** One page of the log, the latest first unless asked otherwise, in words. */
export async function readAuditPage(look: Look, filter: AuditFilter) {
  const total = await countAuditRows(look, filter)
  const items = await listAuditInWords(look, filter)
  return {
    total,
    items: items.map(({ previousHash: _previous, actorId: _actor, schoolId: _school, rawDetail: _raw, ...row }) => row),
  }
}

/** The rows of one page in words, with what the hash of each covers, so that the chain can be recomputed from an export alone. */
export async function listAuditInWords(look: Look, filter: AuditFilter) {
  const read = await listAuditRows(look, filter)
  const names = await readPersonNames(
    look.db,
    read.filter((row) => row.subjectType === 'person').map((row) => row.subjectId),
  )
  const organizations = await readOrganizationNames(
    look,
    read.flatMap((row) => [
      row.subjectType === 'organization' ? row.subjectId : row.schoolId,
      organizationIn(row.detail),
    ]),
  )
  return read.map((row) => {
    const place = organizations.get(row.subjectType === 'organization' ? row.subjectId : (row.schoolId ?? ''))
    const { organizationId: hidden, ...detail } = row.detail
    const at = organizations.get(organizationIn(row.detail) ?? '')
    return {
      seq: row.seq,
      at: row.at,
      actorName: row.actorName,
      event: row.event,
      eventLabel: eventLabel(row.event),
      subjectLabel: subjectLabel(row.subjectType),
      subjectType: row.subjectType,
      subjectId: row.subjectId,
      subjectName: names.get(row.subjectId) ?? place ?? null,
      detail: detailLabels(row.event, { ...detail, organization: at ?? hidden }),
      hash: row.hash,
      previousHash: row.previousHash,
      actorId: row.actorId,
      schoolId: row.schoolId,
      rawDetail: row.rawDetail,
    }
  })
}

/** Ids say nothing to a reader: the organization of a detail is shown by its name. */
const organizationIn = (detail: Record<string, unknown>): string | null =>
  typeof detail['organizationId'] === 'string' ? detail['organizationId'] : null

/** The events that occur in the log, for the filter. */
export async function listAuditEvents(look: Look) {
  const events = await listEventNames(look)
  return { items: events.map((event) => ({ value: event, label: eventLabel(event) })) }
}
