import { type Actor, roleLabels } from '#domain/base/actor.ts'
import type { Look } from '#server/kernel/work.ts'
import { findMyself } from './queries.ts'

/** Who the person is, and in plain words why they see what they see. */
export async function readMyself(look: Look) {
  const person = await findMyself(look)
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
