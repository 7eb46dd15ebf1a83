import type { Actor } from '#domain/base/actor.ts'
import type { CalendarYearRow, CycleRow, StandardRow } from '#server/db/tables/school.ts'
import type { Work } from '#server/kernel/work.ts'
import { sealRow } from '#server/kernel/seal.ts'
import type { Cycle } from './queries.ts'

export const addCycle = (work: Work<Actor>, row: CycleRow) => work.tx.insertInto('cycle').values(row).execute()

/** Changes a year only if it is still in the state it was read in. */
export const changeCycle = (work: Work<Actor>, cycle: Pick<Cycle, 'id' | 'state'>, change: Partial<CycleRow>) =>
  work.tx
    .updateTable('cycle')
    .set(change)
    .where('id', '=', cycle.id)
    .where('state', '=', cycle.state)
    .executeTakeFirstOrThrow()

export async function addStandardRow(work: Work<Actor>, row: StandardRow): Promise<void> {
  await work.tx.insertInto('standard').values(row).execute()
  await sealRow(work, 'standard', row.id)
}

export const removeCycle = (work: Work, id: string) => work.tx.deleteFrom('cycle').where('id', '=', id).execute()

export const putCalendarYear = (work: Work<Actor>, row: CalendarYearRow) =>
  work.tx
    .insertInto('calendarYear')
    .values(row)
    .onConflict((oc) => oc.column('year').doUpdateSet(row))
    .execute()
