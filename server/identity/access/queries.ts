import { type Actor, type Role, roleLabels } from '#domain/base/actor.ts'
import { contains } from '#server/kernel/contains.ts'
import { byName } from '#server/kernel/names.ts'
import { found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

/** Who the person is, and in plain words why they see what they see. */
export async function readMyself(look: Look) {
  const person = found(
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
  return {
    ...person,
    mustChange: person.mustChange === 1,
    grants: look.actor.grants.map(({ role, organizationId, organizationName }) => ({
      role,
      roleLabel: roleLabels[role],
      organizationId,
      organizationName,
    })),
    explain: explainSight(look.actor),
  }
}

/** The explain line: “you see this because …”, one sentence per role. */
export function explainSight(actor: Actor): string[] {
  return actor.grants.map((grant) => {
    const as = `您是${grant.organizationName}的${roleLabels[grant.role]}`
    switch (grant.role) {
      case 'office':
        return `${as}，可以看到全区各校的内容。`
      case 'leader':
        return `${as}，可以看到所分包片区的 ${grant.schoolIds?.length ?? 0} 所学校。`
      case 'department':
        return `${as}，可以看到所联系的 ${grant.schoolIds?.length ?? 0} 所学校。`
      case 'reviewer':
        return `${as}，只能看到分配给您评审的申报。`
      case 'secretary':
      case 'clerk':
        return `${as}，可以看到本校的全部内容和公开的内容。`
      case 'auditor':
        return `${as}，可以查看审计日志，不能改动业务数据。`
      case 'admin':
        return `${as}，管理账号和参数，看不到业务内容。`
      case 'security':
        return `${as}，管理岗位权限和密码策略，看不到业务内容。`
    }
  })
}

/** The secretaries and clerks of schools, with whether each has set a password yet. */
export async function accountsOfSchools(db: ReadOnly, schoolIds: readonly string[]) {
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
export async function grantsOfSchools(db: ReadOnly, schoolIds: readonly string[]) {
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
    .where('person.bureauId', '=', look.actor.bureauId ?? '')
    .where('roleGrant.role', '=', role)
    .where('roleGrant.endedAt', 'is', null)
    .where('account.state', '=', 'active')
    .where(contains(look.db, ['person.name'], q))
    .orderBy('person.id')
    .execute()
  return rows.toSorted(byName)
}
