import { type Actor, againstOffice } from '#domain/base/actor.ts'
import { againstEditingSchool, againstLeaders } from '#domain/schools/organization.ts'
import { findZone, readDivisions } from '#server/schools/division/queries.ts'
import { readStanding } from '#server/schools/organization/queries.ts'
import { demand, found, notFound, unseen } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { listLeaders, leadersStamp, listContactsOfSchools, listContactsOfZone } from './queries.ts'
import { insertContact, markContactEnded } from './writes.ts'

/** Who of the bureau looks after whom: a leader takes a zone, a department takes a school (M3 联系点制度). */
export async function assignContact(
  work: Work<Actor>,
  contact: { bureauId: string } & ({ personId: string; zoneId: string } | { departmentId: string; schoolId: string }),
): Promise<string> {
  const id = work.newId()
  const isLeader = 'personId' in contact
  await insertContact(work, {
    id,
    bureauId: contact.bureauId,
    kind: isLeader ? 'leader' : 'department',
    zoneId: isLeader ? contact.zoneId : null,
    personId: isLeader ? contact.personId : null,
    departmentId: isLeader ? null : contact.departmentId,
    schoolId: isLeader ? null : contact.schoolId,
    createdAt: work.now,
    endedAt: null,
  })
  const { bureauId: _bureau, ...detail } = contact
  work.record('contact.assigned', 'contact', id, detail)
  return id
}

async function endContact(work: Work, contact: { id: string; schoolId?: string | null }): Promise<void> {
  await markContactEnded(work, contact.id)
  work.record('contact.ended', 'contact', contact.id, contact.schoolId ? { schoolId: contact.schoolId } : {})
}

/** Ends whoever looks after a school that is taken off the list. */
export async function endContactsOf(work: Work, schoolId: string): Promise<void> {
  for (const one of await listContactsOfSchools(work.db, [schoolId])) await endContact(work, one)
}

/** Ends whoever leads a zone that is given up. */
export async function endContactsOfZone(work: Work, zoneId: string): Promise<void> {
  for (const { id } of await listContactsOfZone(work.db, zoneId)) await endContact(work, { id })
}

/** Makes exactly these leaders those of the zone; who stays, stays since when he was. */
export async function setZoneLeaders(
  work: Work,
  zoneId: string,
  { personIds, seen }: { personIds: readonly string[]; seen?: string },
): Promise<void> {
  const zone = await findZone(work.db, zoneId)
  if (zone.retiredAt !== null) throw notFound()
  demand(againstOffice(work.actor, zone))
  const leaders = await listLeaders(work.db, zone.bureauId)
  const wanted = [...new Set(personIds)]
  demand(againstLeaders(wanted, leaders))
  const now = await listContactsOfZone(work.db, zoneId)
  const standing = leadersStamp(now.flatMap((one) => one.personId ?? []))
  demand(unseen(seen, standing, '保存', `${zone.name}的分包领导`))
  for (const one of now) if (!wanted.includes(one.personId ?? '')) await endContact(work, { id: one.id })
  for (const personId of wanted)
    if (!now.some((one) => one.personId === personId))
      await assignContact(work, { bureauId: zone.bureauId, personId, zoneId })
  work.record('zone.leadersSet', 'zone', zoneId, { personIds: wanted })
}

/** Gives schools their department, in one work for many, or takes it away. */
export async function setSchoolDepartment(
  work: Work,
  schoolIds: readonly string[],
  departmentId: string | null,
): Promise<void> {
  const bureauId = work.actor.bureauId
  const { departments } = await readDivisions(work.db, bureauId)
  if (departmentId !== null) found(departments.find((one) => one.id === departmentId))
  const wanted = [...new Set(schoolIds)]
  for (const id of wanted) demand(againstEditingSchool(work.actor, await readStanding(work.db, id)))
  const now = await listContactsOfSchools(work.db, wanted)
  const kept = new Set(now.filter((one) => one.departmentId === departmentId).map((one) => one.schoolId))
  for (const one of now) if (one.departmentId !== departmentId) await endContact(work, one)
  if (departmentId !== null)
    for (const schoolId of wanted)
      if (!kept.has(schoolId)) await assignContact(work, { bureauId, departmentId, schoolId })
  work.record('contact.departmentSet', 'department', departmentId ?? '', { schools: wanted.length })
}
