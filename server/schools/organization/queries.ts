import type { SchoolStanding } from '#domain/schools/organization.ts'
import type { KnownSchool } from '#domain/schools/schoolPlan.ts'
import { listAccountsOfSchools } from '#server/identity/access/queries.ts'
import { readDepartmentNames, selectSchools } from '#server/schools/list/queries.ts'
import { found } from '#server/kernel/problem.ts'
import type { ReadOnly } from '#server/kernel/work.ts'

/** What the rules need of a school; 404 when there is none. */
export async function readStanding(db: ReadOnly, id: string): Promise<SchoolStanding> {
  const row = found(
    await db
      .selectFrom('school')
      .select(['id as schoolId', 'bureauId', 'name', 'retiredAt'])
      .where('id', '=', id)
      .executeTakeFirst(),
  )
  return row
}

export async function readSchoolRecord(db: ReadOnly, id: string) {
  const [row, names, leaders, contact, accounts] = await Promise.all([
    selectSchools(db).where('school.id', '=', id).executeTakeFirst(),
    readDepartmentNames(db, [id]),
    db
      .selectFrom('contact')
      .innerJoin('school', 'school.zoneId', 'contact.zoneId')
      .innerJoin('person', 'person.id', 'contact.personId')
      .select('person.name')
      .where('school.id', '=', id)
      .where('contact.endedAt', 'is', null)
      .orderBy('contact.id')
      .execute(),
    db
      .selectFrom('school')
      .leftJoin('school as heir', 'heir.id', 'school.successorId')
      .select(['school.contactName', 'school.contactPhone', 'school.updatedAt'])
      .select(['heir.id as successorId', 'heir.name as successorName'])
      .where('school.id', '=', id)
      .executeTakeFirst(),
    listAccountsOfSchools(db, [id]),
  ])
  return {
    school: { ...found(row), departmentName: names.get(id) ?? null },
    updatedAt: contact?.updatedAt ?? '',
    contactName: contact?.contactName ?? null,
    contactPhone: contact?.contactPhone ?? null,
    successor: contact?.successorId ? { id: contact.successorId, name: contact.successorName ?? '' } : null,
    leaders: leaders.map((one) => one.name),
    accounts,
  }
}

/** Every school of the bureau as a list can change it, retired ones included. */
export async function listKnownSchools(db: ReadOnly, bureauId: string): Promise<KnownSchool[]> {
  const rows = await selectSchools(db)
    .select('school.contactPhone')
    .where('school.bureauId', '=', bureauId)
    .orderBy('school.id')
    .execute()
  return rows.map(({ zoneName, retiredAt, ...row }) => ({ ...row, zone: zoneName, retired: retiredAt !== null }))
}

export const findOrganization = async (db: ReadOnly, id: string) =>
  found(await db.selectFrom('organization').selectAll().where('id', '=', id).executeTakeFirst())

/** The organizations above the bureau and itself, from the top. */
export async function listAncestors(db: ReadOnly, bureauId: string) {
  const bureau = await findOrganization(db, bureauId)
  const ids = bureau.path.split('/').filter(Boolean)
  const nodes = await db
    .selectFrom('organization')
    .select(['id', 'level', 'name', 'path'])
    .where('id', 'in', ids)
    .execute()
  return nodes.toSorted((a, b) => a.path.length - b.path.length).map(({ id, level, name }) => ({ id, level, name }))
}

/** Schools in the register with their names, whatever the actor sees of them. */
export const listNamesInRegister = (db: ReadOnly, bureauId: string) =>
  db
    .selectFrom('school')
    .select(['id', 'name'])
    .where('bureauId', '=', bureauId)
    .where('retiredAt', 'is', null)
    .execute()

/** The place that the bureau gave the school, if any. */
export async function readPlace(db: ReadOnly, id: string): Promise<number | null> {
  const row = await db.selectFrom('school').select('sortOrder').where('id', '=', id).executeTakeFirst()
  return row?.sortOrder ?? null
}

export async function countSchoolsOfZone(db: ReadOnly, zoneId: string): Promise<number> {
  const { schools } = await db
    .selectFrom('school')
    .select((eb) => eb.fn.countAll<number>().as('schools'))
    .where('zoneId', '=', zoneId)
    .where('retiredAt', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(schools)
}
