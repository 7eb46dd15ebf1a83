import type { CycleSettings } from '#domain/cycle.ts'
import { defaultCycleSettings } from '#domain/cycle.ts'
import type { CycleState } from '#domain/lifecycles/cycle.ts'
import type { CycleRow } from '#server/db/tables/school.ts'
import { found } from '#server/kernel/problem.ts'
import type { ReadOnly } from '#server/kernel/work.ts'

export type Cycle = Omit<CycleRow, 'settings' | 'state'> & { state: CycleState; settings: CycleSettings }

const parsed = (row: CycleRow): Cycle => ({
  ...row,
  state: row.state as CycleState,
  settings: { ...defaultCycleSettings, ...(JSON.parse(row.settings) as Partial<CycleSettings>) },
})

export async function readCycle(db: ReadOnly, id: string): Promise<Cycle> {
  return parsed(found(await db.selectFrom('cycle').selectAll().where('id', '=', id).executeTakeFirst()))
}

/** The open year of a bureau, or its latest one when none is open; nothing before the first. */
export async function currentCycle(db: ReadOnly, bureauId: string): Promise<Cycle | undefined> {
  const rows = await db
    .selectFrom('cycle')
    .selectAll()
    .where('bureauId', '=', bureauId)
    .orderBy('year', 'desc')
    .execute()
  const row = rows.find((one) => one.state === 'open') ?? rows[0]
  return row && parsed(row)
}
