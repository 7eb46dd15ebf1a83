import { z } from 'zod'
import { addWorkingDays } from '#domain/base/calendar.ts'
import type { NoticeState } from '#domain/award/noticeLife.ts'
import { readCalendar, readCycle } from '#server/year/cycle/queries.ts'
import { found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

const namesShape = z.array(
  z.object({
    stage: z.string(),
    schools: z.array(z.object({ schoolId: z.string(), schoolName: z.string(), brandName: z.string() })),
  }),
)

export type NamesOfStage = z.infer<typeof namesShape>[number]

const parsed = <R extends { names: string }>(row: R) => ({ ...row, names: namesShape.parse(JSON.parse(row.names)) })

export async function findNotice(look: Look, id: string) {
  const row = await look.db
    .selectFrom('notice')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', look.actor.bureauId)
    .executeTakeFirst()
  return parsed(found(row))
}

/** What became of each name of a notice since: taken back, made public with its certificate, or nothing yet. */
export async function readNamesSince(db: ReadOnly, notice: { decisionId: string | null; names: NamesOfStage[] }) {
  const rows = await db
    .selectFrom('award')
    .select(['schoolId', 'state', 'revokedReason', 'certificateNumber', 'documentNumber', 'conferredOn'])
    .where('decisionId', '=', notice.decisionId ?? '')
    .execute()
  const of = new Map(rows.map((row) => [row.schoolId, row]))
  return notice.names.map(({ stage, schools }) => ({
    stage,
    schools: schools.map((one) => ({ ...one, award: of.get(one.schoolId) })),
  }))
}

/** Whom a decision chose and whose notice is still to be posted, by stage and name. */
export const listChosen = (db: ReadOnly, decisionId: string) =>
  db
    .selectFrom('award')
    .innerJoin('school', 'school.id', 'award.schoolId')
    .leftJoin('brand', 'brand.schoolId', 'award.schoolId')
    .innerJoin('application', 'application.id', 'award.applicationId')
    .select(['award.schoolId', 'school.name as schoolName', 'school.stage', 'brand.name as brandName'])
    .select('application.frozen')
    .where('award.decisionId', '=', decisionId)
    .where('award.state', '=', 'decided')
    .orderBy('school.stage')
    .orderBy('school.sortKey')
    .execute()

/** The bureau's last notice, of whatever year: its contact is taken over. */
export const findLastNotice = (db: ReadOnly, bureauId: string) =>
  db
    .selectFrom('notice')
    .select('body')
    .where('bureauId', '=', bureauId)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()

/** The decision that a notice tells of. */
export const findDecisionOf = (db: ReadOnly, notice: { decisionId: string | null }) =>
  db
    .selectFrom('decision')
    .select('confirmedAt')
    .where('id', '=', notice.decisionId ?? '')
    .executeTakeFirst()

/** The last day of a notice that is posted today, or why none can be told. */
export async function readLastDay(db: ReadOnly, cycleId: string, today: string) {
  const { settings } = await readCycle(db, cycleId)
  return addWorkingDays(today, settings.noticeDays, await readCalendar(db))
}

const PUBLIC_STATES = ['posted', 'ended', 'superseded'] as const satisfies NoticeState[]

/** Notices for the public, newest first; one that was superseded stays readable and says so. */
export function listPublicNotices(db: ReadOnly) {
  return db
    .selectFrom('notice')
    .select(['id', 'title', 'state', 'postedOn', 'endsOn'])
    .where('state', 'in', PUBLIC_STATES)
    .orderBy('postedOn', 'desc')
    .orderBy('createdAt', 'desc')
    .limit(100)
    .execute()
}

export async function findPublicNotice(db: ReadOnly, id: string) {
  const row = await db
    .selectFrom('notice')
    .selectAll()
    .where('id', '=', id)
    .where('state', 'in', PUBLIC_STATES)
    .executeTakeFirst()
  return parsed(found(row))
}

/** The public notice that came after a superseded one, if it is out already. */
export function findSuccessor(db: ReadOnly, notice: { id: string; cycleId: string; createdAt: string }) {
  return db
    .selectFrom('notice')
    .select(['id', 'title'])
    .where('cycleId', '=', notice.cycleId)
    .where('state', 'in', PUBLIC_STATES)
    .where('createdAt', '>', notice.createdAt)
    .orderBy('createdAt', 'desc')
    .executeTakeFirst()
}
