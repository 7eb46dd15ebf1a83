import {
  againstGranting,
  againstKeepingAccount,
  againstLoginName,
  againstRenaming,
  normalLoginName,
} from '#domain/identity/account.ts'
import { isCrown, needsTwo } from '#domain/identity/accountRequest.ts'
import { hasRole, type Role } from '#domain/base/actor.ts'
import { againstUnseen, refusal } from '#domain/base/refusal.ts'
import { addPerson, endRole, grantRole, moveAccount, namePerson } from '#server/identity/access/actions.ts'
import { issueActivation } from '#server/identity/activation/actions.ts'
import { askGrant, useRequest } from '#server/identity/accountRequest/actions.ts'
import { findReleased } from '#server/identity/accountRequest/queries.ts'
import { unlockName } from '#server/kernel/attempts.ts'
import { demand, notFound, refuse } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { findOwnDepartment, findPerson, isLoginNameTaken, isOwnSchool } from './queries.ts'

interface NewAccount {
  name: string
  loginName: string
  phone: string
  title: string
}

/** Adds a person without any role: roles are for the security administrator to give. */
export async function addAccount(work: Work, typed: NewAccount): Promise<{ id: string }> {
  const loginName = normalLoginName(typed.loginName)
  const taken = await isLoginNameTaken(work.db, loginName)
  demand([
    ...againstLoginName(loginName),
    ...(taken ? [refusal('alreadyExists', '这个登录名已有人使用，请换一个。', { field: 'loginName' })] : []),
  ])
  const id = await addPerson(work, {
    bureauId: work.actor.bureauId,
    name: typed.name,
    loginName,
    phone: typed.phone || null,
    title: typed.title || null,
    grants: [],
  })
  return { id }
}

export async function disableAccount(work: Work, personId: string, reason: string): Promise<void> {
  demand(againstKeepingAccount(work.actor, await findPerson(work, personId), 'disable'))
  await moveAccount(work, personId, 'disabled', reason)
}

export async function renamePerson(work: Work, personId: string, typed: { name: string; seen: string }): Promise<void> {
  const person = await findPerson(work, personId)
  const { name, seen } = typed
  demand([...againstUnseen(seen, person.name, '更正', '姓名'), ...againstRenaming(work.actor, name, person.name)])
  await namePerson(work, personId, { from: person.name, to: name })
}

export async function enableAccount(work: Work, personId: string): Promise<void> {
  demand(againstKeepingAccount(work.actor, await findPerson(work, personId), 'enable'))
  await moveAccount(work, personId, 'active')
}

/** Gives a role with effect at once; one that rules over others waits for a second person (rule 19). */
export async function giveRole(
  work: Work,
  personId: string,
  wanted: { role: Role; organizationId: string; departmentId: string; reason: string },
): Promise<{ id: string; waits: boolean }> {
  const person = await findPerson(work, personId)
  const isSchool = await isOwnSchool(work, wanted.organizationId)
  const departmentId = wanted.departmentId || null
  if (departmentId) await findOwnDepartment(work, departmentId)
  const otherSchool = person.grants.find(
    (one) => (one.role === 'secretary' || one.role === 'clerk') && one.organizationId !== wanted.organizationId,
  )?.organizationName
  demand(againstGranting(work.actor, person, { role: wanted.role, isSchool, departmentId, otherSchool }))
  const same = person.grants.some(
    (one) =>
      one.role === wanted.role &&
      one.organizationId === wanted.organizationId &&
      (wanted.role !== 'department' || one.departmentId === departmentId),
  )
  if (same) throw refuse('alreadyExists', '这个人已经有这个岗位。')
  const { role, organizationId } = wanted
  if (isCrown(role)) {
    if (wanted.reason === '') throw refuse('reasonMissing', undefined, { field: 'reason' })
    const { id } = await askGrant(work, { personId, role, organizationId, departmentId, reason: wanted.reason })
    return { id, waits: true }
  }
  return { id: await grantRole(work, personId, { role, organizationId, departmentId }), waits: false }
}

export async function takeRole(work: Work, personId: string, grantId: string): Promise<void> {
  const person = await findPerson(work, personId)
  demand(againstGranting(work.actor, person))
  if (!person.grants.some((grant) => grant.id === grantId)) throw notFound()
  await endRole(work, grantId)
}

export async function unlockAccount(work: Work, personId: string): Promise<void> {
  const person = await findPerson(work, personId)
  const sources = await unlockName(work, person.loginName)
  if (sources === 0) throw refuse('stateChanged', '这个账号没有锁定。')
  work.record('account.unlocked', 'person', personId, { sources })
}

export interface Slip {
  name: string
  organization: string
  loginName: string
  code: string
  expiresAt: string
}

/** Makes activation slips; their codes are shown this one time only. */
export async function issueSlips(work: Work, personIds: readonly string[], days?: number): Promise<Slip[]> {
  const people = []
  for (const personId of personIds) {
    const person = await findPerson(work, personId)
    const request = await findReleased(work, personId)
    const forTwo = !request && needsTwo({ activated: person.passwordHash !== null, roles: person.roles })
    people.push({ ...person, request, forTwo })
  }
  demand(people.flatMap((person) => againstKeepingAccount(work.actor, person, 'issueActivation')))
  // The security administrator prints what was released to them; first slips are the administrator's.
  if (!hasRole(work.actor, 'admin') && people.some((person) => !person.request)) throw refuse('roleMissing')
  const slips: Slip[] = []
  for (const person of people) {
    const { personId, request } = person
    if (request) await useRequest(work, request)
    const { token, expiresAt } = await issueActivation(work, personId, {
      ...(days ? { days } : {}),
      requestId: request?.id ?? null,
    })
    const organization = person.grants[0]?.organizationName ?? ''
    slips.push({ name: person.name, organization, loginName: person.loginName, code: token, expiresAt })
  }
  return slips
}
