import type { SelectQueryBuilder } from 'kysely'
import { z } from 'zod'
import { addDays, startOfDay } from '#domain/base/calendar.ts'
import type { auditFilter } from '#contract/records/audit.ts'
import type { Tables } from '#server/db/tables.ts'
import type { Look } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

export type AuditFilter = { [K in keyof typeof auditFilter]: z.infer<(typeof auditFilter)[K]> }

type Rows = SelectQueryBuilder<Tables, 'auditRow', Record<never, never>>

function chosen(look: Look, filter: AuditFilter): Rows {
  let rows: Rows = look.db.selectFrom('auditRow')
  if (filter.event) rows = rows.where('event', '=', filter.event)
  if (filter.subjectType) rows = rows.where('subjectType', '=', filter.subjectType)
  if (filter.subjectId) rows = rows.where('subjectId', '=', filter.subjectId)
  if (filter.from) rows = rows.where('at', '>=', startOfDay(filter.from))
  if (filter.until) rows = rows.where('at', '<', startOfDay(addDays(filter.until, 1)))
  if (filter.q) rows = rows.where(contains(look.db, ['actorName'], filter.q))
  return rows
}

export async function countAuditRows(look: Look, filter: AuditFilter): Promise<number> {
  const { total } = await chosen(look, filter)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

export async function readOrganizationNames(look: Look, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)].filter((one) => one !== null)
  const rows = await look.db.selectFrom('organization').select(['id', 'name']).where('id', 'in', wanted).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

const detailShape = z.record(z.string(), z.unknown())

/** The rows of one page as they were written, the latest first unless asked otherwise. */
export async function listAuditRows(look: Look, filter: AuditFilter) {
  const rows = await chosen(look, filter)
    .selectAll()
    .orderBy('seq', filter.sort === 'seq' ? 'asc' : 'desc')
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size)
    .execute()
  return rows.map((row) => ({ ...row, rawDetail: row.detail, detail: detailShape.parse(JSON.parse(row.detail)) }))
}

/** The events that occur in the log. */
export async function listEventNames(look: Look): Promise<string[]> {
  const rows = await look.db.selectFrom('auditRow').select('event').distinct().orderBy('event').execute()
  return rows.map((one) => one.event)
}
