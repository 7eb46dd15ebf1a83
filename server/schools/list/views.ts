import { schoolScope } from '#domain/base/actor.ts'
import { readDivisions } from '#server/schools/division/queries.ts'
import { listAncestors } from '#server/schools/organization/queries.ts'
import type { Look } from '#server/kernel/work.ts'
import { listSchoolRows } from './queries.ts'

/** The tree of organizations as far as the actor may see it. */
export async function readTree(look: Look) {
  const bureauId = look.actor.bureauId
  const [above, rows, { zones }] = await Promise.all([
    listAncestors(look.db, bureauId),
    listSchoolRows(look, {}),
    readDivisions(look.db, bureauId),
  ])
  const office = 'bureauId' in schoolScope(look.actor)
  return {
    above,
    zones: zones
      .map((zone) => ({
        ...zone,
        schools: rows
          .filter((row) => row.zoneId === zone.id)
          .map(({ id, name, stage, groupName }) => ({ id, name, stage, groupName })),
      }))
      .filter((zone) => office || zone.schools.length > 0),
  }
}
