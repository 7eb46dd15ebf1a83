import { addWorkingDays } from '#domain/base/calendar.ts'
import { againstUnconfirmed } from '#domain/award/award.ts'
import { movesOf } from '#domain/base/lifecycle.ts'
import { noticeLife, type NoticeState } from '#domain/award/noticeLife.ts'
import { againstMovingNotice } from '#domain/award/notice.ts'
import { readCalendar, readCycle } from '#server/year/cycle/queries.ts'
import { countOpenObjections } from '#server/award/objection/queries.ts'
import { againstRecused, barredSchools } from '#server/identity/recusal/queries.ts'
import { found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

export interface NamesOfStage {
  stage: string
  schools: { schoolId: string; schoolName: string; brandName: string }[]
}

const parsed = <R extends { state: string; names: string }>(row: R) => ({
  ...row,
  state: row.state,
  names: JSON.parse(row.names) as NamesOfStage[],
})

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
export async function namesSince(db: ReadOnly, notice: { decisionId: string | null; names: NamesOfStage[] }) {
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

/** The decision that a notice tells of. */
export const decisionOf = (db: ReadOnly, notice: { decisionId: string | null }) =>
  db
    .selectFrom('decision')
    .select('confirmedAt')
    .where('id', '=', notice.decisionId ?? '')
    .executeTakeFirst()

export async function lastDay(db: ReadOnly, cycleId: string, today: string) {
  const { settings } = await readCycle(db, cycleId)
  return addWorkingDays(today, settings.noticeDays, await readCalendar(db))
}

export async function readNoticeDetail(look: Look, id: string) {
  const notice = await findNotice(look, id)
  const { outcomeKind } = await readCycle(look.db, notice.cycleId)
  const openObjections = await countOpenObjections(look.db, notice.cycleId)
  const facts = { today: look.today, openObjections }
  const last = notice.state === 'draft' ? await lastDay(look.db, notice.cycleId, look.today) : ''
  const unconfirmed = notice.state === 'draft' ? againstUnconfirmed(await decisionOf(look.db, notice)) : []
  const recused = await againstRecused(look, notice.cycleId)
  const barred = await barredSchools(look, notice.cycleId)
  const names = await namesSince(look.db, notice)
  return {
    id: notice.id,
    title: notice.title,
    body: notice.body,
    state: notice.state,
    outcomeKind,
    postedOn: notice.postedOn,
    endsOn: notice.endsOn,
    wouldEndOn: typeof last === 'string' ? last || null : null,
    wouldEndLack: typeof last === 'string' ? '' : last.refused.message,
    closedReason: notice.closedReason,
    updatedAt: notice.updatedAt,
    names: names.map(({ stage, schools }) => ({
      stage,
      schools: schools
        .filter((one) => !barred.has(one.schoolId))
        .map(({ schoolName, brandName, award }) => ({
          schoolName,
          brandName,
          note: award?.state === 'revoked' ? `已撤销：${award.revokedReason ?? ''}` : '',
        })),
    })),
    openObjections,
    moves: movesOf(noticeLife, notice.state, (action) => [
      ...recused,
      ...againstMovingNotice(look.actor, notice, action, facts),
      ...(action === 'post' ? unconfirmed : []),
    ]),
  }
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
