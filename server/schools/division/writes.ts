import type { Actor } from '#domain/base/actor.ts'
import type { DepartmentRow } from '#server/db/tables/foundation.ts'
import type { SchoolGroupRow, ZoneRow } from '#server/db/tables/school.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

export async function insertZone(work: Work<Actor>, row: ZoneRow): Promise<void> {
  await work.tx.insertInto('zone').values(row).execute()
}

export async function insertDepartment(work: Work<Actor>, row: DepartmentRow): Promise<void> {
  await work.tx.insertInto('department').values(row).execute()
}

export async function updateDivisionName(work: Work, table: 'zone' | 'department', row: { id: string; name: string }) {
  changedOne(
    await work.tx.updateTable(table).set({ name: row.name }).where('id', '=', row.id).executeTakeFirstOrThrow(),
  )
}

/** The row stays, for past contacts point at it, under a name that leaves its own name free. */
export async function markZoneRetired(work: Work, { id, name }: { id: string; name: string }): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('zone')
      .set({ retiredAt: work.now, name: `${name}（已撤销 ${id}）` })
      .where('id', '=', id)
      .where('retiredAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

export async function insertGroup(work: Work, row: SchoolGroupRow): Promise<void> {
  await work.tx.insertInto('schoolGroup').values(row).execute()
}

export async function updateGroupName(work: Work, { id, name }: { id: string; name: string }): Promise<void> {
  changedOne(await work.tx.updateTable('schoolGroup').set({ name }).where('id', '=', id).executeTakeFirstOrThrow())
}
