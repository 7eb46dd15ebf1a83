import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely'
import { type Scope, schoolScope } from '#domain/base/actor.ts'
import { schoolCountKeys } from '#domain/schools/school.ts'
import type { SchoolItem, SchoolQuery } from '#contract/schools/organization.ts'
import type { Tables } from '#server/db/tables.ts'
import { listAccountsOfSchools } from '#server/identity/access/queries.ts'
import { chosenSort } from '#server/kernel/sorting.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains, inOrder } from '#server/kernel/contains.ts'

type Filter = Partial<Omit<SchoolQuery, 'page' | 'size'>> & {
  /** Nothing holds the words themselves: any school whose name has all their characters in order. */
  nearly?: boolean
}

type OnSchools = ExpressionBuilder<Tables, 'school' | 'organization'>

/** Some people of the school have not set a password yet; one without any account is among those that nobody can reach. */
function isInactive(eb: OnSchools) {
  const accounts = eb
    .selectFrom('roleGrant')
    .innerJoin('account', 'account.personId', 'roleGrant.personId')
    .select('roleGrant.id')
    .whereRef('roleGrant.organizationId', '=', 'school.id')
    .where('roleGrant.role', 'in', ['secretary', 'clerk'])
    .where('roleGrant.endedAt', 'is', null)
    .where('account.state', '=', 'active')
  return eb.or([eb.exists(accounts.where('account.passwordHash', 'is', null)), eb.not(eb.exists(accounts))])
}

/** No department looks after the school. */
const isUncovered = (eb: OnSchools) =>
  eb.not(
    eb.exists(
      eb
        .selectFrom('contact')
        .select('contact.id')
        .whereRef('contact.schoolId', '=', 'school.id')
        .where('contact.endedAt', 'is', null),
    ),
  )

/** The condition of every list of schools: scope first, then what was chosen; the same for page, count and export. */
function schoolsOf(db: ReadOnly, scope: Scope, filter: Filter) {
  return (eb: OnSchools) => {
    const all: Expression<SqlBool>[] = [
      'bureauId' in scope
        ? eb('school.bureauId', '=', scope.bureauId)
        : scope.schoolIds.length === 0
          ? sql<SqlBool>`1 = 0`
          : eb('school.id', 'in', [...scope.schoolIds]),
      eb('school.retiredAt', filter.only === 'retired' ? 'is not' : 'is', null),
    ]
    if (filter.stage) all.push(eb('school.stage', '=', filter.stage))
    if (filter.ownership) all.push(eb('school.ownership', '=', filter.ownership))
    if (filter.zoneId) all.push(eb('school.zoneId', '=', filter.zoneId))
    if (filter.groupId) all.push(eb('school.groupId', '=', filter.groupId))
    if (filter.only === 'unconfirmed') all.push(eb('school.confirmedAt', 'is', null))
    if (filter.only === 'inactive') all.push(isInactive(eb))
    if (filter.only === 'uncovered') all.push(isUncovered(eb))
    const places = ['school.name', 'school.pinyin', 'organization.code', 'school.secretaryName']
    if (filter.q) all.push(filter.nearly ? inOrder(db, 'school.name', filter.q) : contains(db, places, filter.q))
    return eb.and(all)
  }
}

const orders = {
  name: 'school.sortKey',
  code: 'organization.code',
  zone: 'zone.sortOrder',
  stage: 'school.stage',
  memberCount: 'school.memberCount',
  staffCount: 'school.staffCount',
  studentCount: 'school.studentCount',
} as const

/** Every school with what its bureau keeps of it and the names of where it belongs. */
export const selectSchools = (db: ReadOnly) =>
  db
    .selectFrom('school')
    .innerJoin('organization', 'organization.id', 'school.id')
    .innerJoin('zone', 'zone.id', 'school.zoneId')
    .leftJoin('schoolGroup', 'schoolGroup.id', 'school.groupId')
    .select([
      'school.id',
      'organization.code',
      'school.name',
      'school.stage',
      'school.ownership',
      'school.zoneId',
      'zone.name as zoneName',
      'school.groupId',
      'schoolGroup.name as groupName',
      'school.partyKind',
      'school.secretaryName',
      ...schoolCountKeys.map((key) => `school.${key}` as const),
      'school.confirmedAt',
      'school.retiredAt',
      'school.sortOrder',
    ])

/** The rows of a list or of its export, with each school's department. */
export async function listSchoolRows(
  look: Look,
  filter: Filter,
  cut?: { limit: number; offset: number },
): Promise<SchoolItem[]> {
  const { column, direction } = chosenSort(orders, filter.sort ?? '')
  const listed = selectSchools(look.db)
    .where(schoolsOf(look.db, schoolScope(look.actor), filter))
    .orderBy(column ?? orders.zone, direction)
    .orderBy('school.sortKey')
    .orderBy('school.id')
  const rows = await (cut ? listed.limit(cut.limit).offset(cut.offset) : listed).execute()
  const few = cut !== undefined || rows.length <= NAMED_AT_ONCE
  const names = await readDepartmentNames(look.db, few ? rows.map((row) => row.id) : undefined)
  return rows.map((row) => ({ ...row, departmentName: names.get(row.id) ?? null }))
}

/** The rows of the register as it is saved: with whom to call at the school and at the bureau. */
export async function readRegister(look: Look, asked: Filter) {
  const { filter } = await asFound(look, asked)
  const rows = await listSchoolRows(look, filter)
  const ids = rows.map((row) => row.id)
  const clerks = namesBy(
    (await listAccountsOfSchools(look.db, ids)).filter((one) => one.role === 'clerk'),
    (one) => one.organizationId,
  )
  const leaders = namesBy(await zoneLeaders(look.db, look.actor.bureauId), (one) => one.zoneId ?? '')
  const numbers = await look.db
    .selectFrom('school')
    .innerJoin('organization', 'organization.id', 'school.id')
    .select(['school.id', 'school.contactPhone'])
    .where(schoolsOf(look.db, schoolScope(look.actor), filter))
    .execute()
  const phones = new Map(numbers.map((one) => [one.id, one.contactPhone]))
  return rows.map((row) => ({
    ...row,
    clerkName: clerks.get(row.id) ?? null,
    leaderNames: leaders.get(row.zoneId) ?? null,
    contactPhone: phones.get(row.id) ?? null,
  }))
}

const zoneLeaders = (db: ReadOnly, bureauId: string) =>
  db
    .selectFrom('contact')
    .innerJoin('zone', 'zone.id', 'contact.zoneId')
    .innerJoin('person', 'person.id', 'contact.personId')
    .select(['contact.zoneId', 'person.name'])
    .where('zone.bureauId', '=', bureauId)
    .where('contact.endedAt', 'is', null)
    .orderBy('contact.id')
    .execute()

/** Names that belong to one key, as one text. */
function namesBy<One extends { name: string }>(all: readonly One[], key: (one: One) => string): Map<string, string> {
  const names = new Map<string, string>()
  for (const one of all) {
    const before = names.get(key(one))
    names.set(key(one), before ? `${before}、${one.name}` : one.name)
  }
  return names
}

/** More schools than this are a whole bureau, whose contacts are read together. */
const NAMED_AT_ONCE = 500

/** The department that looks after each school. */
export async function readDepartmentNames(db: ReadOnly, schoolIds: string[] | undefined): Promise<Map<string, string>> {
  let asked = db
    .selectFrom('contact')
    .innerJoin('department', 'department.id', 'contact.departmentId')
    .select(['contact.schoolId', 'department.name'])
    .where('contact.endedAt', 'is', null)
    .where('contact.schoolId', 'is not', null)
  if (schoolIds) asked = asked.where('contact.schoolId', 'in', schoolIds)
  return namesBy(await asked.orderBy('contact.id').execute(), (row) => row.schoolId ?? '')
}

export async function listSchools(look: Look, query: SchoolQuery) {
  const { page, size, ...asked } = query
  const { filter, total } = await asFound(look, asked)
  return { items: await listSchoolRows(look, filter, { limit: size, offset: (page - 1) * size }), total }
}

/** How many schools there are of those asked for; 红旗小学 means 红旗路小学 where no school is called so. */
async function asFound(look: Look, filter: Filter): Promise<{ filter: Filter; total: number }> {
  const total = await countSchools(look, filter)
  if (total > 0 || !filter.q) return { filter, total }
  const nearly = { ...filter, nearly: true }
  return { filter: nearly, total: await countSchools(look, nearly) }
}

async function countSchools(look: Look, filter: Filter): Promise<number> {
  const { total } = await look.db
    .selectFrom('school')
    .innerJoin('organization', 'organization.id', 'school.id')
    .select(({ fn }) => fn.countAll().as('total'))
    .where(schoolsOf(look.db, schoolScope(look.actor), filter))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** The schools whose name is searched for, where the rows themselves are put together in memory. */
export async function schoolsNamed(db: ReadOnly, bureauId: string, words: string): Promise<(id: string) => boolean> {
  if (words.trim() === '') return () => true
  const rows = await db
    .selectFrom('school')
    .select('id')
    .where('bureauId', '=', bureauId)
    .where(contains(db, ['name', 'pinyin'], words))
    .execute()
  const ids = new Set(rows.map((one) => one.id))
  return (id) => ids.has(id)
}
