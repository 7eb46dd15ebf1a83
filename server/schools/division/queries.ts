import { schoolScope } from '#domain/base/actor.ts'
import { listSchoolRows } from '#server/schools/list/queries.ts'
import { found } from '#server/kernel/problem.ts'
import { byName } from '#server/kernel/names.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

/** The zones, departments and education groups of a bureau. */
export async function readDivisions(db: ReadOnly, bureauId: string) {
  const [zones, departments, groups] = await Promise.all([
    db
      .selectFrom('zone')
      .select(['id', 'name'])
      .where('bureauId', '=', bureauId)
      .where('retiredAt', 'is', null)
      .orderBy('sortOrder')
      .execute(),
    db
      .selectFrom('department')
      .select(['id', 'name'])
      .where('bureauId', '=', bureauId)
      .orderBy('sortOrder')
      .orderBy('id')
      .execute(),
    db.selectFrom('schoolGroup').select(['id', 'name']).where('bureauId', '=', bureauId).execute(),
  ])
  return { zones, departments, groups: groups.toSorted(byName) }
}

/** A zone, given up or not. */
export const findZone = async (db: ReadOnly, id: string) =>
  found(await db.selectFrom('zone').selectAll().where('id', '=', id).executeTakeFirst())

export const findDivision = async (db: ReadOnly, table: 'zone' | 'department', id: string) =>
  found(await db.selectFrom(table).select(['bureauId', 'name']).where('id', '=', id).executeTakeFirst())

export const findGroup = async (db: ReadOnly, id: string) =>
  found(await db.selectFrom('schoolGroup').select(['bureauId', 'name']).where('id', '=', id).executeTakeFirst())

/** The highest place that a zone of the bureau ever had; given up ones keep theirs. */
export async function lastPlaceOfZones(db: ReadOnly, bureauId: string): Promise<number> {
  const { last } = await db
    .selectFrom('zone')
    .select((eb) => eb.fn.coalesce(eb.fn.max('sortOrder'), eb.lit(0)).as('last'))
    .where('bureauId', '=', bureauId)
    .executeTakeFirstOrThrow()
  return Number(last)
}

/** The education groups with their schools, as far as the actor reaches them. */
export async function listGroups(look: Look) {
  const bureauId = look.actor.bureauId
  const [{ groups }, rows] = await Promise.all([readDivisions(look.db, bureauId), listSchoolRows(look, {})])
  const office = 'bureauId' in schoolScope(look.actor)
  return groups
    .map((group) => ({
      ...group,
      schools: rows.filter((row) => row.groupId === group.id).map(({ id, name }) => ({ id, name })),
    }))
    .filter((group) => office || group.schools.length > 0)
}
