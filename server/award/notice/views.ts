import { againstUnconfirmed } from '#domain/award/award.ts'
import { againstMovingNotice } from '#domain/award/notice.ts'
import { noticeLife } from '#domain/award/noticeLife.ts'
import { movesOf } from '#domain/base/lifecycle.ts'
import { countOpenObjections } from '#server/award/objection/queries.ts'
import { againstRecused, barredSchools } from '#server/identity/recusal/queries.ts'
import type { Look } from '#server/kernel/work.ts'
import { readCycle } from '#server/year/cycle/queries.ts'
import { findDecisionOf, findNotice, readLastDay, readNamesSince } from './queries.ts'

/** A notice with what became of its names, and what may be done with it; schools that the reader has recused from are left out. */
export async function readNoticeDetail(look: Look, id: string) {
  const notice = await findNotice(look, id)
  const { outcomeKind } = await readCycle(look.db, notice.cycleId)
  const openObjections = await countOpenObjections(look.db, notice.cycleId)
  const facts = { today: look.today, openObjections }
  const last = notice.state === 'draft' ? await readLastDay(look.db, notice.cycleId, look.today) : ''
  const unconfirmed = notice.state === 'draft' ? againstUnconfirmed(await findDecisionOf(look.db, notice)) : []
  const recused = await againstRecused(look, notice.cycleId)
  const barred = await barredSchools(look, notice.cycleId)
  const names = await readNamesSince(look.db, notice)
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
