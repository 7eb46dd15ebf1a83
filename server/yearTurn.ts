import type { Actor } from '#domain/base/actor.ts'
import * as contract from '#contract/year/cycle.ts'
import { act } from './kernel/routes.ts'
import type { Work } from './kernel/work.ts'
import { adoptDrafts } from './ledger/entry/actions.ts'
import { settleDueDays } from './plan/comment/actions.ts'
import { closePlans, reopenPlans } from './plan/plan/actions.ts'
import { closeCycle, openCycle, reopenCycle, saveCalendarYear } from './year/cycle/actions.ts'

/**
 * What several rooms do in one work when the year turns. The rooms know the year and the year knows none of them, so
 * these acts stand where the product is put together.
 */

/** Opens a year; drafts of entries that were written while no year was open belong to it. */
export async function openYear(work: Work<Actor>, id: string, seen?: string): Promise<void> {
  await adoptDrafts(work, await openCycle(work, id, seen))
}

/** Closes a year; its plans are put on file. `ticked` names the kinds of unfinished work that the office leaves as it is. */
export async function closeYear(work: Work, id: string, ticked: readonly string[] = []): Promise<void> {
  await closeCycle(work, id, ticked)
  await closePlans(work, id)
}

/** Opens a year that was closed too early; the plans that were in force are in force again. */
async function reopenYear(work: Work, id: string, reason: string): Promise<void> {
  await reopenCycle(work, id, reason)
  await reopenPlans(work, id)
}

/** Keeps the holidays of a year; what came before they were known gets its last day. */
export async function enterHolidays(
  work: Work<Actor>,
  year: number,
  entry: { holidays: string[]; makeUpDays: string[]; source: string; seen?: string },
): Promise<void> {
  await saveCalendarYear(work, year, entry)
  await settleDueDays(work)
}

const ok = { ok: true } as const

export const yearTurnRoutes = [
  act(contract.openCycle, async (work, { params, body }) => {
    await openYear(work, params.id, body.seen)
    return ok
  }),
  act(contract.closeCycle, async (work, { params, body }) => {
    await closeYear(work, params.id, body.ticked)
    return ok
  }),
  act(contract.reopenCycle, async (work, { params, body }) => {
    await reopenYear(work, params.id, body.reason)
    return ok
  }),
  act(contract.saveCalendarYear, async (work, { params, body }) => {
    await enterHolidays(work, params.year, body)
    return ok
  }),
]
