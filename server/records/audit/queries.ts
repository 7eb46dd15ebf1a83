import type { SelectQueryBuilder } from 'kysely'
import { z } from 'zod'
import { detailLabels, eventLabel, subjectLabel } from '#domain/records/auditLabels.ts'
import type { auditFilter } from '#contract/records/audit.ts'
import type { Tables } from '#server/db/tables.ts'
import type { Look } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

export type AuditFilter = { [K in keyof typeof auditFilter]: z.infer<(typeof auditFilter)[K]> }

const detailShape = z.record(z.string(), z.unknown())

type Rows = SelectQueryBuilder<Tables, 'auditRow', Record<never, never>>

/** Midnight in Shanghai at the beginning of a day, or of the day after it. */
const startOf = (day: string, later = 0): string =>
  new Date(Date.parse(`${day}T00:00:00+08:00`) + later * 86_400_000).toISOString()

function chosen(look: Look, filter: AuditFilter): Rows {
  let rows: Rows = look.db.selectFrom('auditRow')
  if (filter.event) rows = rows.where('event', '=', filter.event)
  if (filter.subjectType) rows = rows.where('subjectType', '=', filter.subjectType)
  if (filter.subjectId) rows = rows.where('subjectId', '=', filter.subjectId)
  if (filter.from) rows = rows.where('at', '>=', startOf(filter.from))
  if (filter.until) rows = rows.where('at', '<', startOf(filter.until, 1))
  if (filter.q) rows = rows.where(contains(look.db, ['actorName'], filter.q))
  return rows
}

/** One page of the log, the latest first unless asked otherwise, in words. */
export async function pageOfAudit(look: Look, filter: AuditFilter) {
  const { total, items } = await rowsOfAudit(look, filter)
  return {
    total,
    items: items.map(({ previousHash: _previous, actorId: _actor, schoolId: _school, rawDetail: _raw, ...row }) => row),
  }
}

/** The same with what the hash of each row covers, so that the chain can be recomputed from an export alone. */
async function rowsOfAudit(look: Look, filter: AuditFilter) {
  return { total: await countOfAudit(look, filter), items: await sliceOfAudit(look, filter) }
}

export async function countOfAudit(look: Look, filter: AuditFilter): Promise<number> {
  const { total } = await chosen(look, filter)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** The rows of one page in words. */
export async function sliceOfAudit(look: Look, filter: AuditFilter) {
  const rows = await chosen(look, filter)
    .selectAll()
    .orderBy('seq', filter.sort === 'seq' ? 'asc' : 'desc')
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size)
    .execute()
  const read = rows.map((row) => ({ ...row, rawDetail: row.detail, detail: detailShape.parse(JSON.parse(row.detail)) }))
  const names = await namesOf(
    look,
    read.filter((row) => row.subjectType === 'person').map((row) => row.subjectId),
  )
  const organizations = await organizationsOf(
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

async function namesOf(look: Look, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await look.db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

async function organizationsOf(look: Look, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.map((one) => one ?? ''))]
  const rows = await look.db.selectFrom('organization').select(['id', 'name']).where('id', 'in', wanted).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** The events that occur in the log, for the filter. */
export async function listEvents(look: Look) {
  const rows = await look.db.selectFrom('auditRow').select('event').distinct().orderBy('event').execute()
  return { items: rows.map(({ event }) => ({ value: event, label: eventLabel(event) })) }
}
