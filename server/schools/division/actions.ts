import { type Actor, againstOffice } from '#domain/base/actor.ts'
import { stampOf } from '#domain/base/stamp.ts'
import { quoted } from '#domain/base/text.ts'
import { againstEditingSchool, againstZoneGoing } from '#domain/schools/organization.ts'
import { endContactsOfZone } from '#server/schools/contact/actions.ts'
import { countSchoolsOfZone, readStanding } from '#server/schools/organization/queries.ts'
import { joinGroup, leaveGroup, moveSchoolsToZone } from '#server/schools/organization/writes.ts'
import { demand, found, refuse, unseen } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { findDivision, findGroup, findZone, lastPlaceOfZones, listGroups, readDivisions } from './queries.ts'
import {
  insertDepartment,
  insertGroup,
  insertZone,
  markZoneRetired,
  updateDivisionName,
  updateGroupName,
} from './writes.ts'

export async function addZone(work: Work<Actor>, bureauId: string, name: string): Promise<string> {
  const id = work.newId()
  const sortOrder = (await lastPlaceOfZones(work.db, bureauId)) + 1
  await insertZone(work, { id, bureauId, name, sortOrder, retiredAt: null })
  work.record('zone.added', 'zone', id, { name })
  return id
}

export async function addDepartment(work: Work<Actor>, bureauId: string, name: string): Promise<string> {
  const { departments } = await readDivisions(work.db, bureauId)
  if (departments.some((one) => one.name === name))
    throw refuse('alreadyExists', `已经有${quoted(name)}。`, { field: 'name' })
  const id = work.newId()
  await insertDepartment(work, { id, bureauId, name, sortOrder: departments.length + 1 })
  work.record('department.added', 'department', id, { name })
  return id
}

export async function renameDivision(
  work: Work,
  { kind, id }: { kind: 'zones' | 'departments'; id: string },
  name: string,
): Promise<void> {
  const table = kind === 'zones' ? 'zone' : 'department'
  const row = await findDivision(work.db, table, id)
  demand(againstOffice(work.actor, row))
  await updateDivisionName(work, table, { id, name })
  work.record(`${table}.renamed`, table, id, { from: row.name, to: name })
}

/** Gives a zone up: its schools go into another zone, or it has none. Its leaders' contact ends. */
export async function removeZone(
  work: Work,
  id: string,
  { intoId, reason }: { intoId: string | null; reason: string },
): Promise<void> {
  const zone = await findZone(work.db, id)
  const { zones } = await readDivisions(work.db, zone.bureauId)
  const into = zones.find((one) => one.id === intoId && one.id !== id)
  const schools = await countSchoolsOfZone(work.db, id)
  const asked = { wanted: intoId !== null, into: into?.name, schools, others: zones.length - 1 }
  demand([...againstOffice(work.actor, zone), ...againstZoneGoing(zone, asked)])
  // Schools that were closed go along with the others, wherever they are still listed by zone.
  const target = into ?? found(zones.find((one) => one.id !== id))
  await moveSchoolsToZone(work, { fromId: id, intoId: target.id })
  await endContactsOfZone(work, id)
  await markZoneRetired(work, zone)
  const { name } = zone
  if (into) work.record('zone.combined', 'zone', id, { name, into: into.name, schools, reason })
  else work.record('zone.deleted', 'zone', id, { name, reason })
}

/** Makes an education group, or changes its name and members; a school belongs to one group at most. */
export async function keepGroup(
  work: Work,
  bureauId: string,
  group: { id?: string; name: string; schoolIds: readonly string[]; seen?: string },
): Promise<string> {
  const { name, schoolIds } = group
  const id = group.id ?? work.newId()
  if (group.id) {
    const row = await findGroup(work.db, id)
    const shown = found((await listGroups(work)).find((one) => one.id === id))
    const now = stampOf([shown.name, shown.schools.map((one) => one.id).toSorted()])
    demand([...againstOffice(work.actor, row), ...unseen(group.seen, now, '保存')])
    await updateGroupName(work, { id, name })
  } else await insertGroup(work, { id, bureauId, name })
  for (const schoolId of schoolIds) demand(againstEditingSchool(work.actor, await readStanding(work.db, schoolId)))
  // A school's own form shows its group too: whoever has that form open must be told.
  await leaveGroup(work, id, schoolIds)
  await joinGroup(work, id, schoolIds)
  work.record(group.id ? 'schoolGroup.changed' : 'schoolGroup.added', 'schoolGroup', id, { name, schoolIds })
  return id
}
