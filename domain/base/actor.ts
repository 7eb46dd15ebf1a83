import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { quoted } from '#domain/base/text.ts'

export const roleLabels = {
  office: '局党工委办',
  leader: '分包领导',
  department: '联系股室',
  reviewer: '评审专家',
  secretary: '学校书记',
  clerk: '学校党务干事',
  auditor: '审计员',
  admin: '系统管理员',
  security: '安全管理员',
} as const

export type Role = keyof typeof roleLabels
export const roles = Object.keys(roleLabels) as Role[]

/** One role at one organization. `schoolIds` are the schools it reaches where that is fewer than the whole organization. */
export interface Grant {
  role: Role
  organizationId: string
  organizationName: string
  schoolIds?: readonly string[]
  /** Of a secretary who is not the one in the register any more: who is; empty while the post is vacant. */
  successor?: string
}

/** Somebody who is signed in; everybody belongs to one bureau, whatever they may do there. */
export interface Person {
  kind: 'person'
  personId: string
  name: string
  bureauId: string
  grants: readonly Grant[]
}

/** Somebody who reads the portal or posts one of its forms: nobody asks who. */
interface Visitor extends Nobody {
  kind: 'visitor'
}

/** The product itself, at its start and by its schedule. */
interface System extends Nobody {
  kind: 'system'
}

interface Nobody {
  personId: null
  name: string
  bureauId: null
  grants: readonly []
}

/** Who acts. What only somebody signed in may do takes a `Person` and asks for no more. */
export type Actor = Person | Visitor | System

export const visitor: Visitor = { kind: 'visitor', personId: null, name: '访客', bureauId: null, grants: [] }
export const system: System = { kind: 'system', personId: null, name: '系统', bureauId: null, grants: [] }

export const hasRole = (actor: Actor, ...wanted: Role[]): boolean =>
  actor.grants.some((grant) => wanted.includes(grant.role))

export const isOffice = (actor: Actor, bureauId: string): boolean =>
  actor.grants.some((grant) => grant.role === 'office' && grant.organizationId === bureauId)

/** Whether the person works at the school as secretary or clerk. */
export const worksAt = (actor: Actor, schoolId: string, ...wanted: ('secretary' | 'clerk')[]): boolean =>
  actor.grants.some(
    (grant) =>
      grant.organizationId === schoolId &&
      (wanted.length === 0
        ? grant.role === 'secretary' || grant.role === 'clerk'
        : (wanted as Role[]).includes(grant.role)),
  )

/** The school that a secretary or clerk works at, if any. */
export const ownSchoolId = (actor: Actor): string | undefined =>
  actor.grants.find((grant) => grant.role === 'secretary' || grant.role === 'clerk')?.organizationId

/** The schools whose records an actor may list: a whole bureau, or some schools. Lists do not compile without one. */
export type Scope = { bureauId: string } | { schoolIds: readonly string[] }

/** Office sees its district, a leader the schools of own zones, a department its assigned schools, a school itself. */
export function schoolScope(actor: Actor): Scope {
  const office = actor.grants.find((grant) => grant.role === 'office')
  if (office) return { bureauId: office.organizationId }
  const ids = new Set<string>()
  for (const grant of actor.grants) {
    if (grant.role === 'secretary' || grant.role === 'clerk') ids.add(grant.organizationId)
    if (grant.role === 'leader' || grant.role === 'department') for (const id of grant.schoolIds ?? []) ids.add(id)
  }
  return { schoolIds: [...ids] }
}

export interface OfSchool {
  schoolId: string
  bureauId: string
}

export function reachesSchool(actor: Actor, subject: OfSchool): boolean {
  const scope = schoolScope(actor)
  return 'bureauId' in scope ? scope.bureauId === subject.bureauId : scope.schoolIds.includes(subject.schoolId)
}

/** What one may not read answers like what does not exist. */
export function againstReadingSchool(actor: Actor, subject: OfSchool): Refusal[] {
  return reachesSchool(actor, subject) ? [] : [refusal('notFound')]
}

/** Drafting is for the school's clerk or secretary; someone else's school looks like nothing. */
export function againstDrafting(actor: Actor, subject: OfSchool): Refusal[] {
  if (worksAt(actor, subject.schoolId)) return []
  return reachesSchool(actor, subject)
    ? [refusal('roleMissing', '只有本校的书记和干事可以填写。')]
    : [refusal('notFound')]
}

/** The register names the first responsible person; whoever it does not name any more signs nothing (O1). */
export function againstFormerSecretary(actor: Actor, schoolId: string): Refusal[] {
  const grants = actor.grants.filter((one) => one.role === 'secretary' && one.organizationId === schoolId)
  const successor = grants.find((one) => one.successor === undefined) ? undefined : grants[0]?.successor
  if (successor === undefined) return []
  const now = successor === '' ? '空缺' : successor
  return [
    refusal(
      'roleMissing',
      `学校名录里的书记现在是${quoted(now)}，不是${actor.name}，所以这个账号不能签署。名录写错了，请局党工委办改正；已经换人的，请系统管理员停用这个账号，为新书记另建账号。`,
    ),
  ]
}

/** Signing is for the secretary, the first responsible person (O1). */
export function againstSigning(actor: Actor, subject: OfSchool): Refusal[] {
  if (worksAt(actor, subject.schoolId, 'secretary')) return againstFormerSecretary(actor, subject.schoolId)
  return reachesSchool(actor, subject)
    ? [refusal('roleMissing', '须由学校书记（第一责任人）签署。')]
    : [refusal('notFound')]
}

export function againstOffice(actor: Actor, subject: { bureauId: string }): Refusal[] {
  if (isOffice(actor, subject.bureauId)) return []
  return actor.bureauId === subject.bureauId ? [refusal('roleMissing', '须由局党工委办办理。')] : [refusal('notFound')]
}
