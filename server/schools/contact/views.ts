import { hasRole } from '#domain/base/actor.ts'
import { readDivisions } from '#server/schools/division/queries.ts'
import { listSchoolRows } from '#server/schools/list/queries.ts'
import type { Look } from '#server/kernel/work.ts'
import { listContactsInSight, listLeaders, leadersStamp, readServing } from './queries.ts'

/** The whole division of work as far as the actor sees it, with what is still open. */
export async function readDuties(look: Look) {
  const bureauId = look.actor.bureauId
  const [rows, { zones, departments }, contacts, leaders, serving] = await Promise.all([
    listSchoolRows(look, {}),
    readDivisions(look.db, bureauId),
    listContactsInSight(look, bureauId),
    listLeaders(look.db, bureauId),
    readServing(look.db, bureauId),
  ])
  const office = hasRole(look.actor, 'office')
  const departmentOf = new Map(contacts.map((one) => [one.schoolId, one.departmentId]))
  const shown = zones
    .map((zone) => ({
      ...zone,
      ...ledBy(
        contacts.filter((one) => one.zoneId === zone.id),
        serving.leaders,
      ),
      schools: rows
        .filter((row) => row.zoneId === zone.id)
        .map(({ id, name, stage, departmentName }) => ({
          id,
          name,
          stage,
          departmentId: departmentOf.get(id) ?? null,
          departmentName,
          departmentGone: departmentName !== null && !serving.departments.has(departmentOf.get(id) ?? null),
        })),
    }))
    .filter((zone) => office || zone.schools.length > 0)
  return {
    zones: shown,
    schoolTotal: rows.length,
    coveredTotal: rows.filter((row) => serving.departments.has(departmentOf.get(row.id) ?? '')).length,
    leaders: office ? leaders : [],
    departments: office ? departments : [],
  }
}

/** The leaders of a zone, whether each can still act, and the stamp of who they are. */
function ledBy(contacts: readonly { personId: string | null; name: string | null }[], serving: ReadonlySet<string>) {
  const leaders = contacts.flatMap(({ personId, name }) =>
    personId ? [{ personId, name: name ?? '', gone: !serving.has(personId) }] : [],
  )
  return { leaders, stamp: leadersStamp(leaders.map((one) => one.personId)) }
}
