import { normalLoginName } from '#domain/identity/account.ts'
import type { Actor, Role } from '#domain/base/actor.ts'
import { endSessions } from '#server/kernel/session.ts'
import { hashPassword } from '#server/kernel/password.ts'
import type { Work } from '#server/kernel/work.ts'
import { findGrant } from './queries.ts'
import {
  insertAccount,
  insertGrant,
  insertPerson,
  markGrantEnded,
  markPasswordOld,
  updateAccountState,
  updatePassword,
  updatePersonName,
  updateReset,
} from './writes.ts'

interface NewGrant {
  role: Role
  organizationId: string
  departmentId?: string | null
}

export interface NewPerson {
  bureauId: string
  name: string
  loginName: string
  phone?: string | null
  title?: string | null
  grants: NewGrant[]
}

/** Adds a person with an account that waits for its activation slip. */
export async function addPerson(work: Work<Actor>, person: NewPerson): Promise<string> {
  const id = work.newId()
  const { bureauId, name, phone = null, title = null } = person
  const loginName = normalLoginName(person.loginName)
  await insertPerson(work, { id, bureauId, name, phone, title, createdAt: work.now })
  await insertAccount(work, {
    personId: id,
    loginName,
    passwordHash: null,
    state: 'active',
    mustChange: 1,
    passwordChangedAt: null,
    createdAt: work.now,
    resetId: null,
  })
  for (const grant of person.grants) await grantRole(work, id, grant)
  work.record('account.created', 'person', id, { loginName })
  return id
}

export async function grantRole(work: Work<Actor>, personId: string, grant: NewGrant): Promise<string> {
  const id = work.newId()
  const { role, organizationId, departmentId = null } = grant
  await insertGrant(work, { id, personId, role, organizationId, departmentId, createdAt: work.now, endedAt: null })
  work.record('role.granted', 'person', personId, { role, organizationId })
  return id
}

/** Ends a role with effect at the person's next request. */
export async function endRole(work: Work, grantId: string): Promise<void> {
  const grant = await findGrant(work.db, grantId)
  await markGrantEnded(work, grantId)
  work.record('role.revoked', 'person', grant.personId, { role: grant.role, organizationId: grant.organizationId })
}

/** Another writing of a person's name, or the name of the person who took a post; a name that changed meanwhile stays. */
export async function namePerson(work: Work, personId: string, name: { from: string; to: string }): Promise<void> {
  await updatePersonName(work, personId, name)
  work.record('person.nameCorrected', 'person', personId, name)
}

/** Disables an account, which ends its sessions at once, or enables it again. */
export async function moveAccount(
  work: Work<Actor>,
  personId: string,
  to: 'active' | 'disabled',
  reason?: string,
): Promise<void> {
  await updateAccountState(work, personId, to)
  const ended = to === 'disabled' ? await endSessions(work, personId) : 0
  work.record(to === 'disabled' ? 'account.disabled' : 'account.enabled', 'person', personId, {
    ended,
    ...(reason ? { reason } : {}),
  })
}

/** Sets a password that has passed the policy; `mustChange` when somebody else chose it. */
export async function setPassword(
  work: Work<Actor>,
  personId: string,
  password: string,
  mustChange = false,
): Promise<void> {
  await keepPassword(work, personId, await hashPassword(password), mustChange)
}

/** Keeps a password hashed before the work began, so that no transaction waits for the hashing. */
export async function keepPassword(
  work: Work<Actor>,
  personId: string,
  passwordHash: string,
  mustChange = false,
): Promise<void> {
  await updatePassword(work, personId, { passwordHash, mustChange })
  work.record('account.passwordSet', 'person', personId)
}

/** A password that came with another person's release waits for the owner's word; none waits once it was given. */
export const askOwner = (work: Work, personId: string, requestId: string | null): Promise<void> =>
  updateReset(work, personId, requestId)

/** A password too old for the policy must be changed before anything else. */
export async function askForNewPassword(work: Work, personId: string): Promise<void> {
  await markPasswordOld(work, personId)
  work.record('account.passwordExpired', 'person', personId)
}
