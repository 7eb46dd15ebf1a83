import type { Work } from '#server/kernel/work.ts'

export interface NewOrganization {
  level: 'province' | 'city' | 'district' | 'school'
  name: string
  shortName?: string
  code?: string | null
  parentId?: string | null
}

/** Adds a node of the tree; its path holds all ancestors so that a subtree is one prefix. */
export async function addOrganization(work: Work, organization: NewOrganization): Promise<string> {
  const id = work.newId()
  const parent = organization.parentId
    ? await work.tx
        .selectFrom('organization')
        .selectAll()
        .where('id', '=', organization.parentId)
        .executeTakeFirstOrThrow()
    : undefined
  const districtId =
    organization.level === 'district' ? id : parent?.level === 'district' ? parent.id : (parent?.districtId ?? null)
  await work.tx
    .insertInto('organization')
    .values({
      id,
      parentId: organization.parentId ?? null,
      districtId,
      level: organization.level,
      name: organization.name,
      shortName: organization.shortName ?? organization.name,
      code: organization.code ?? null,
      path: `${parent?.path ?? '/'}${id}/`,
      createdAt: work.now,
      retiredAt: null,
    })
    .execute()
  work.record('organization.added', 'organization', id, { name: organization.name, level: organization.level })
  return id
}

export interface NewSchool {
  bureauId: string
  name: string
  stage: string
  ownership: string
  zoneId: string
  code?: string | null
  partyKind: string
  secretaryName: string
  memberCount: number
  staffCount: number
  studentCount: number
}

export async function addSchool(work: Work, school: NewSchool): Promise<string> {
  const { code, ...rest } = school
  const id = await addOrganization(work, {
    level: 'school',
    name: school.name,
    code: code ?? null,
    parentId: school.bureauId,
  })
  await work.tx
    .insertInto('school')
    .values({ id, ...rest, groupId: null, contactName: null, contactPhone: null, updatedAt: work.now, retiredAt: null })
    .execute()
  return id
}

export async function addZone(work: Work, bureauId: string, name: string): Promise<string> {
  const id = work.newId()
  const { last } = await work.tx
    .selectFrom('zone')
    .select((eb) => eb.fn.coalesce(eb.fn.max('sortOrder'), eb.lit(0)).as('last'))
    .where('bureauId', '=', bureauId)
    .executeTakeFirstOrThrow()
  await work.tx
    .insertInto('zone')
    .values({ id, bureauId, name, sortOrder: Number(last) + 1 })
    .execute()
  work.record('zone.added', 'zone', id, { name })
  return id
}

export async function addDepartment(work: Work, bureauId: string, name: string): Promise<string> {
  const id = work.newId()
  await work.tx.insertInto('department').values({ id, bureauId, name, sortOrder: 0 }).execute()
  work.record('department.added', 'department', id, { name })
  return id
}

/** Who of the bureau looks after whom: a leader takes a zone, a department takes a school (M3 联系点制度). */
export async function assignContact(
  work: Work,
  contact: { bureauId: string } & ({ personId: string; zoneId: string } | { departmentId: string; schoolId: string }),
): Promise<string> {
  const id = work.newId()
  const isLeader = 'personId' in contact
  await work.tx
    .insertInto('contact')
    .values({
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
    .execute()
  work.record('contact.assigned', 'contact', id, { ...contact })
  return id
}
