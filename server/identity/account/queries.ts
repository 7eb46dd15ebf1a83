import { type Expression, type ExpressionBuilder, type SelectQueryBuilder, sql, type SqlBool } from 'kysely'
import type { z } from 'zod'
import { type AccountState, POST_NAMES } from '#domain/identity/account.ts'
import { type Role, roleLabels } from '#domain/base/actor.ts'
import type { accountFilter } from '#contract/identity/account.ts'
import type { Tables } from '#server/db/tables.ts'
import { lockedNames } from '#server/kernel/attempts.ts'
import { found, notFound } from '#server/kernel/problem.ts'
import { chosenSort } from '#server/kernel/sorting.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains, inOrder } from '#server/kernel/contains.ts'

type Filter = { [K in keyof typeof accountFilter]: z.infer<(typeof accountFilter)[K]> }

type Accounts = SelectQueryBuilder<Tables, 'account' | 'person', Record<never, never>>

type Condition = (eb: ExpressionBuilder<Tables, 'account' | 'person'>) => Expression<SqlBool>

const liveGrants = (eb: ExpressionBuilder<Tables, 'account' | 'person'>) =>
  eb
    .selectFrom('roleGrant')
    .select('roleGrant.id')
    .whereRef('roleGrant.personId', '=', 'account.personId')
    .where('roleGrant.endedAt', 'is', null)

/** Can still sign in although the school was closed or merged. */
const worksAtRetired: Condition = (eb) =>
  eb.and([
    eb('account.state', '=', 'active'),
    eb.exists(
      liveGrants(eb)
        .innerJoin('organization', 'organization.id', 'roleGrant.organizationId')
        .where('organization.retiredAt', 'is not', null),
    ),
  ])

/** A secretary whom the register of schools does not name any more. */
const isFormer: Condition = (eb) =>
  eb.and([
    eb('account.state', '=', 'active'),
    eb.exists(
      liveGrants(eb)
        .innerJoin('school', 'school.id', 'roleGrant.organizationId')
        .where('roleGrant.role', '=', 'secretary')
        .where('school.retiredAt', 'is', null)
        .where(
          sql<SqlBool>`replace(${sql.ref('school.secretaryName')}, ' ', '') <> replace(${sql.ref('person.name')}, ' ', '')`,
        ),
    ),
  ])

/** Signs in under the name of a post, so that nobody can tell who did what. */
const bearsPost: Condition = (eb) =>
  eb.and([
    eb('account.state', '=', 'active'),
    eb('account.passwordHash', 'is not', null),
    eb('person.name', 'in', [...POST_NAMES]),
  ])

const hasNoRole: Condition = (eb) => eb.and([eb('account.state', '=', 'active'), eb.not(eb.exists(liveGrants(eb)))])

/** Whether one of the roles that a person holds is as asked. */
const holds =
  (look: Look, asked: { role: Role } | { at: string }): Condition =>
  (eb) =>
    eb.exists(
      'role' in asked
        ? liveGrants(eb).where('roleGrant.role', '=', asked.role)
        : liveGrants(eb)
            .innerJoin('organization', 'organization.id', 'roleGrant.organizationId')
            .where(contains(look.db, ['organization.name'], asked.at)),
    )

const isLocked = async (look: Look): Promise<Condition> => {
  const names = await look.db.selectFrom('account').select('loginName').execute()
  const locked = await lockedNames(
    look,
    names.map((one) => one.loginName),
  )
  return (eb) => eb('account.loginName', 'in', [...locked])
}

const isIn =
  (state: AccountState): Condition =>
  (eb) =>
    eb('account.state', '=', state)

type Asked = Exclude<Filter['state'], ''>

/** What each state that one can ask for means. */
const states: Record<Asked, (look: Look) => Condition | Promise<Condition>> = {
  active: () => isIn('active'),
  disabled: () => isIn('disabled'),
  waiting: () => (eb) => eb('account.passwordHash', 'is', null),
  locked: isLocked,
  left: () => worksAtRetired,
  bare: () => hasNoRole,
  former: () => isFormer,
  post: () => bearsPost,
}

/** The accounts of the actor's own bureau that the filter lets through. */
async function chosen(look: Look, { q, state, role }: Pick<Filter, 'q' | 'state' | 'role'>): Promise<Accounts> {
  let query: Accounts = look.db
    .selectFrom('account')
    .innerJoin('person', 'person.id', 'account.personId')
    .where('person.bureauId', '=', look.actor.bureauId)
  if (q)
    query = query.where((eb) =>
      eb.or([contains(look.db, ['person.name', 'account.loginName'], q), holds(look, { at: q })(eb)]),
    )
  if (state) query = query.where(await states[state](look))
  if (role) query = query.where(holds(look, { role }))
  return query
}

const sorts = { name: 'person.name', loginName: 'account.loginName', lastSignInAt: 'lastSignInAt' } as const

export async function readAccountPage(look: Look, filter: Filter) {
  const query = await chosen(look, filter)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const { column, direction } = chosenSort(sorts, filter.sort)
  const rows = await query
    .select(['account.personId', 'person.name', 'account.loginName', 'account.state', 'account.passwordHash'])
    .select((eb) =>
      eb
        .selectFrom('session')
        .select((inner) => inner.fn.max('session.createdAt').as('at'))
        .whereRef('session.personId', '=', 'account.personId')
        .as('lastSignInAt'),
    )
    .orderBy(column ?? sorts.loginName, direction)
    .orderBy('account.personId')
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size)
    .execute()
  const grants = await grantsOf(
    look,
    rows.map((row) => row.personId),
  )
  const locked = await lockedNames(
    look,
    rows.map((row) => row.loginName),
  )
  return {
    total: Number(total),
    items: rows.map(({ passwordHash, ...row }) => ({
      ...row,
      waiting: passwordHash === null,
      locked: locked.has(row.loginName),
      roles: grants
        .filter((one) => one.personId === row.personId)
        .map((one) => `${one.roleLabel}（${one.organizationName}）`),
    })),
  }
}

async function grantsOf(look: Look, personIds: readonly string[]) {
  const rows = await look.db
    .selectFrom('roleGrant')
    .innerJoin('organization', 'organization.id', 'roleGrant.organizationId')
    .leftJoin('department', 'department.id', 'roleGrant.departmentId')
    .select([
      'roleGrant.id',
      'roleGrant.personId',
      'roleGrant.role',
      'roleGrant.organizationId',
      'roleGrant.departmentId',
      'roleGrant.createdAt',
      'organization.name as organizationName',
      'department.name as departmentName',
    ])
    .where('roleGrant.personId', 'in', personIds)
    .where('roleGrant.endedAt', 'is', null)
    .orderBy('roleGrant.id')
    .execute()
  return rows.map((row) => ({ ...row, roleLabel: roleLabels[row.role] }))
}

/** A person of the actor's own bureau; everybody else does not exist. */
export async function findPerson(look: Look, personId: string) {
  const person = found(
    await look.db
      .selectFrom('person')
      .innerJoin('account', 'account.personId', 'person.id')
      .select([
        'person.id as personId',
        'person.name',
        'person.phone',
        'person.title',
        'person.createdAt',
        'account.loginName',
        'account.state',
        'account.passwordHash',
      ])
      .select((eb) =>
        eb
          .selectFrom('session')
          .select((inner) => inner.fn.max('session.createdAt').as('at'))
          .whereRef('session.personId', '=', 'person.id')
          .as('lastSignInAt'),
      )
      .where('person.id', '=', personId)
      .where('person.bureauId', '=', look.actor.bureauId)
      .executeTakeFirst(),
  )
  const grants = await grantsOf(look, [personId])
  return { ...person, grants, roles: grants.map((one) => one.role) }
}

const PLACES_AT_ONCE = 50

/** Where a role may be given: the bureau, its departments, and the schools whose name is typed. */
export async function listPlaces(look: Look, q: string) {
  const bureauId = look.actor.bureauId
  const bureau = found(
    await look.db.selectFrom('organization').select(['id', 'name']).where('id', '=', bureauId).executeTakeFirst(),
  )
  const schoolsOf = (named: Expression<SqlBool>) =>
    look.db
      .selectFrom('school')
      .select(['id', 'name'])
      .where('bureauId', '=', bureauId)
      .where('retiredAt', 'is', null)
      .where(named)
      .orderBy('sortKey')
      .limit(PLACES_AT_ONCE)
      .execute()
  const named = await schoolsOf(contains(look.db, ['name', 'pinyin'], q))
  const schools = named.length > 0 ? named : await schoolsOf(inOrder(look.db, 'name', q))
  const departments = await look.db
    .selectFrom('department')
    .select(['id', 'name'])
    .where('bureauId', '=', bureauId)
    .orderBy('sortOrder')
    .orderBy('name')
    .execute()
  return { bureau, schools, departments }
}

/** How many accounts of the bureau are in a state that asks for a decision. */
export async function countAccounts(look: Look, state: 'left' | 'bare' | 'former' | 'post'): Promise<number> {
  const query = await chosen(look, { q: '', state, role: '' })
  return Number((await query.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n)
}

export const isLoginNameTaken = async (db: ReadOnly, loginName: string): Promise<boolean> =>
  (await db.selectFrom('account').select('personId').where('loginName', '=', loginName).executeTakeFirst()) !==
  undefined

/** Whether the organization is a school of the own bureau (or the bureau itself); any other does not exist. */
export async function isOwnSchool(look: Look, organizationId: string): Promise<boolean> {
  const bureauId = look.actor.bureauId
  const organization = found(
    await look.db
      .selectFrom('organization')
      .select(['level', 'districtId'])
      .where('id', '=', organizationId)
      .executeTakeFirst(),
  )
  if (organizationId !== bureauId && organization.districtId !== bureauId) throw notFound()
  return organization.level === 'school'
}

/** The department if it is one of the own bureau. */
export const findOwnDepartment = async (look: Look, id: string) =>
  found(
    await look.db
      .selectFrom('department')
      .select('id')
      .where('id', '=', id)
      .where('bureauId', '=', look.actor.bureauId)
      .executeTakeFirst(),
  )
