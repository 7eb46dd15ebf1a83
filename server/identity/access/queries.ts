import type { Role } from '#domain/base/actor.ts'
import { contains } from '#server/kernel/contains.ts'
import { byName } from '#server/kernel/names.ts'
import { found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

/** The secretaries and clerks of schools, with whether each has set a password yet. */
export async function listAccountsOfSchools(db: ReadOnly, schoolIds: readonly string[]) {
  if (schoolIds.length === 0) return []
  const rows = await db
    .selectFrom('roleGrant')
    .innerJoin('person', 'person.id', 'roleGrant.personId')
    .innerJoin('account', 'account.personId', 'person.id')
    .select(['roleGrant.organizationId', 'roleGrant.role', 'person.id as personId', 'person.name', 'account.loginName'])
    .select((eb) => eb.case().when('account.passwordHash', 'is', null).then(0).else(1).end().as('hasPassword'))
    .where('roleGrant.organizationId', 'in', [...schoolIds])
    .where('roleGrant.role', 'in', ['secretary', 'clerk'])
    .where('roleGrant.endedAt', 'is', null)
    .where('account.state', '=', 'active')
    .orderBy('roleGrant.role', 'desc')
    .orderBy('person.id')
    .execute()
  return rows.map(({ hasPassword, ...row }) => ({ ...row, activated: Number(hasPassword) === 1 }))
}

/** The posts that people hold at schools now. */
export async function listGrantsOfSchools(db: ReadOnly, schoolIds: readonly string[]) {
  if (schoolIds.length === 0) return []
  return db
    .selectFrom('roleGrant')
    .select(['id', 'personId', 'role', 'organizationId'])
    .where('organizationId', 'in', [...schoolIds])
    .where('endedAt', 'is', null)
    .execute()
}

/** People of the bureau who hold a role there, for pickers. */
export async function listPeople(look: Look, { role, q }: { role: Role; q: string }) {
  const rows = await look.db
    .selectFrom('roleGrant')
    .innerJoin('person', 'person.id', 'roleGrant.personId')
    .innerJoin('account', 'account.personId', 'person.id')
    .select(['person.id as personId', 'person.name', 'person.title', 'roleGrant.departmentId'])
    .where('person.bureauId', '=', look.actor.bureauId)
    .where('roleGrant.role', '=', role)
    .where('roleGrant.endedAt', 'is', null)
    .where('account.state', '=', 'active')
    .where(contains(look.db, ['person.name'], q))
    .orderBy('person.id')
    .execute()
  return rows.toSorted(byName)
}

export const findGrant = async (db: ReadOnly, id: string) =>
  found(await db.selectFrom('roleGrant').selectAll().where('id', '=', id).executeTakeFirst())

/** The signed-in person with the account and the bureau. */
export const findMyself = async (look: Look) =>
  found(
    await look.db
      .selectFrom('person')
      .innerJoin('account', 'account.personId', 'person.id')
      .innerJoin('organization', 'organization.id', 'person.bureauId')
      .select([
        'person.id as personId',
        'person.name',
        'account.loginName',
        'account.mustChange',
        'person.bureauId',
        'organization.name as bureauName',
      ])
      .where('person.id', '=', look.actor.personId)
      .executeTakeFirst(),
  )

/** The names of these people, by their ids. */
export async function readPersonNames(db: ReadOnly, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)]
  const rows = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', wanted).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}
