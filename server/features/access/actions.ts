import { randomBytes } from 'node:crypto'
import { type Role, system } from '#domain/actor.ts'
import { hashPassword } from '#server/kernel/password.ts'
import { type House, inWork, sha256, type Work } from '#server/kernel/work.ts'

export const ACTIVATION_HOURS = 72

export interface NewPerson {
  bureauId: string
  name: string
  loginName: string
  phone?: string | null
  title?: string | null
  grants: { role: Role; organizationId: string; departmentId?: string | null }[]
}

/** Adds a person with an account that waits for its activation slip. */
export async function addPerson(work: Work, person: NewPerson): Promise<string> {
  const id = work.newId()
  await work.tx
    .insertInto('person')
    .values({
      id,
      bureauId: person.bureauId,
      name: person.name,
      phone: person.phone ?? null,
      title: person.title ?? null,
      createdAt: work.now,
    })
    .execute()
  await work.tx
    .insertInto('account')
    .values({
      personId: id,
      loginName: person.loginName,
      passwordHash: null,
      state: 'active',
      mustChange: 1,
      passwordChangedAt: null,
      createdAt: work.now,
    })
    .execute()
  for (const grant of person.grants) await grantRole(work, id, grant)
  work.record('account.created', 'person', id, { loginName: person.loginName })
  return id
}

export async function grantRole(
  work: Work,
  personId: string,
  grant: { role: Role; organizationId: string; departmentId?: string | null },
): Promise<string> {
  const id = work.newId()
  await work.tx
    .insertInto('roleGrant')
    .values({
      id,
      personId,
      role: grant.role,
      organizationId: grant.organizationId,
      departmentId: grant.departmentId ?? null,
      createdAt: work.now,
      endedAt: null,
    })
    .execute()
  work.record('role.granted', 'person', personId, { role: grant.role, organizationId: grant.organizationId })
  return id
}

/** Makes a one-time activation secret for a slip; an earlier unused one no longer works. */
export async function issueActivation(work: Work, personId: string): Promise<{ token: string; expiresAt: string }> {
  const token = randomBytes(16).toString('base64url')
  const expiresAt = new Date(Date.parse(work.now) + ACTIVATION_HOURS * 3_600_000).toISOString()
  await work.tx
    .updateTable('activation')
    .set({ usedAt: work.now })
    .where('personId', '=', personId)
    .where('usedAt', 'is', null)
    .execute()
  await work.tx
    .insertInto('activation')
    .values({ id: work.newId(), personId, tokenHash: sha256(token), createdAt: work.now, expiresAt, usedAt: null })
    .execute()
  work.record('account.activationIssued', 'person', personId)
  return { token, expiresAt }
}

/** Sets a password that has passed the policy; `mustChange` when somebody else chose it. */
export async function setPassword(work: Work, personId: string, password: string, mustChange = false): Promise<void> {
  const passwordHash = await hashPassword(password)
  await work.tx
    .updateTable('account')
    .set({ passwordHash, mustChange: mustChange ? 1 : 0, passwordChangedAt: work.now })
    .where('personId', '=', personId)
    .execute()
  work.record('account.passwordSet', 'person', personId)
}

const SETUP_KEY = 'setup'

/** While nobody has an account: a link whose secret is kept hashed, made anew at each start. */
export async function firstVisitLink(house: House): Promise<string | undefined> {
  const account = await house.database.reader.selectFrom('account').select('personId').limit(1).executeTakeFirst()
  if (account) return undefined
  const token = randomBytes(16).toString('base64url')
  await inWork(house, system, async (work) => {
    await work.tx.deleteFrom('setting').where('key', '=', SETUP_KEY).execute()
    await work.tx
      .insertInto('setting')
      .values({ key: SETUP_KEY, value: sha256(token), updatedAt: work.now })
      .execute()
    work.record('setup.linkMade', 'setting', SETUP_KEY)
  })
  return `${house.settings.publicUrl}/setup?token=${token}`
}
