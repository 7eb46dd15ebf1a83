import { randomBytes } from 'node:crypto'
import { normalLoginName, SLIP_DAYS } from '#domain/identity/account.ts'
import { needsTwo } from '#domain/identity/accountRequest.ts'
import { type Actor, type Role, system } from '#domain/base/actor.ts'
import { changedOne, found, refuse } from '#server/kernel/problem.ts'
import { endSessions } from '#server/kernel/session.ts'
import { hashPassword } from '#server/kernel/password.ts'
import { type House, inWork, type Look, sha256, type Work } from '#server/kernel/work.ts'

export interface NewPerson {
  bureauId: string
  name: string
  loginName: string
  phone?: string | null
  title?: string | null
  grants: { role: Role; organizationId: string; departmentId?: string | null }[]
}

/** Adds a person with an account that waits for its activation slip. */
export async function addPerson(work: Work<Actor>, person: NewPerson): Promise<string> {
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
      loginName: normalLoginName(person.loginName),
      passwordHash: null,
      state: 'active',
      mustChange: 1,
      passwordChangedAt: null,
      createdAt: work.now,
      resetId: null,
    })
    .execute()
  for (const grant of person.grants) await grantRole(work, id, grant)
  work.record('account.created', 'person', id, { loginName: normalLoginName(person.loginName) })
  return id
}

export async function grantRole(
  work: Work<Actor>,
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

/** Ends a role with effect at the person's next request. */
export async function endRole(work: Work, grantId: string): Promise<void> {
  const grant = found(await work.tx.selectFrom('roleGrant').selectAll().where('id', '=', grantId).executeTakeFirst())
  changedOne(
    await work.tx
      .updateTable('roleGrant')
      .set({ endedAt: work.now })
      .where('id', '=', grantId)
      .where('endedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  work.record('role.revoked', 'person', grant.personId, { role: grant.role, organizationId: grant.organizationId })
}

/** Another writing of a person's name, or the name of the person who took a post; a name that changed meanwhile stays. */
export async function namePerson(work: Work, personId: string, name: { from: string; to: string }): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('person')
      .set({ name: name.to })
      .where('id', '=', personId)
      .where('name', '=', name.from)
      .executeTakeFirstOrThrow(),
  )
  work.record('person.nameCorrected', 'person', personId, name)
}

/** Disables an account, which ends its sessions at once, or enables it again. */
export async function moveAccount(
  work: Work<Actor>,
  personId: string,
  to: 'active' | 'disabled',
  reason?: string,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('account')
      .set({ state: to })
      .where('personId', '=', personId)
      .where('state', '=', to === 'active' ? 'disabled' : 'active')
      .executeTakeFirstOrThrow(),
  )
  const ended = to === 'disabled' ? await endSessions(work, personId) : 0
  work.record(to === 'disabled' ? 'account.disabled' : 'account.enabled', 'person', personId, {
    ended,
    ...(reason ? { reason } : {}),
  })
}

// Letters and digits that nobody mistakes for each other on paper; 16 of 32 are 80 bits.
const SLIP_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

const slipCode = (): string =>
  [...randomBytes(16)]
    .map((byte, index) => `${index % 4 === 0 && index > 0 ? '-' : ''}${SLIP_LETTERS[byte & 31]}`)
    .join('')

/** The code as it is kept, however it was typed. */
export const slipHash = (typed: string): string =>
  sha256(
    typed
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, ''),
  )

/**
 * Makes a one-time activation secret for a slip; an earlier unused one no longer works. Into an account that somebody has used
 * it leads only with the request that another person released (rule 19).
 */
export async function issueActivation(
  work: Work<Actor>,
  personId: string,
  { days = SLIP_DAYS.usual, requestId = null }: { days?: number; requestId?: string | null } = {},
): Promise<{ token: string; expiresAt: string }> {
  if (requestId === null && work.actor.kind !== 'system' && (await isForTwo(work, personId))) throw refuse('twoPeople')
  const token = slipCode()
  const expiresAt = new Date(Date.parse(work.now) + days * 86_400_000).toISOString()
  await work.tx
    .updateTable('activation')
    .set({ usedAt: work.now })
    .where('personId', '=', personId)
    .where('usedAt', 'is', null)
    .execute()
  await work.tx
    .insertInto('activation')
    .values({
      id: work.newId(),
      personId,
      tokenHash: slipHash(token),
      createdAt: work.now,
      expiresAt,
      usedAt: null,
      requestId,
    })
    .execute()
  work.record('account.activationIssued', 'person', personId, { expiresAt, ...(requestId ? { requestId } : {}) })
  return { token, expiresAt }
}

async function isForTwo(work: Work<Actor>, personId: string): Promise<boolean> {
  const account = found(
    await work.tx.selectFrom('account').select('passwordHash').where('personId', '=', personId).executeTakeFirst(),
  )
  const grants = await work.tx
    .selectFrom('roleGrant')
    .select('role')
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .execute()
  return needsTwo({ activated: account.passwordHash !== null, roles: grants.map((one) => one.role) })
}

/** Spends an activation once; of two who try, one wins. */
export async function spendActivation(work: Work, activationId: string): Promise<void> {
  const done = await work.tx
    .updateTable('activation')
    .set({ usedAt: work.now })
    .where('id', '=', activationId)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', work.now)
    .executeTakeFirstOrThrow()
  if (done.numUpdatedRows !== 1n) throw refuse('linkSpent')
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
  await work.tx
    .updateTable('account')
    .set({ passwordHash, mustChange: mustChange ? 1 : 0, passwordChangedAt: work.now })
    .where('personId', '=', personId)
    .execute()
  work.record('account.passwordSet', 'person', personId)
}

/** A password that came with another person's release waits for the owner's word; none waits once it was given. */
export async function askOwner(work: Work, personId: string, requestId: string | null): Promise<void> {
  await work.tx.updateTable('account').set({ resetId: requestId }).where('personId', '=', personId).execute()
}

/** A password too old for the policy must be changed before anything else. */
export async function askForNewPassword(work: Work, personId: string): Promise<void> {
  await work.tx.updateTable('account').set({ mustChange: 1 }).where('personId', '=', personId).execute()
  work.record('account.passwordExpired', 'person', personId)
}

const SETUP_KEY = 'setup'
const SETUP_HOURS = 24

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

/** Whether the link is the last one printed and not a day old. */
export async function isSetupLink(look: Look<Actor>, token: string): Promise<boolean> {
  const kept = await look.db
    .selectFrom('setting')
    .selectAll()
    .where('key', '=', SETUP_KEY)
    .where('value', '=', sha256(token))
    .executeTakeFirst()
  return kept !== undefined && Date.parse(look.now) - Date.parse(kept.updatedAt) < SETUP_HOURS * 3_600_000
}

/** Takes the link out of use in the work that uses it; of two who try, one wins. */
export async function spendSetupLink(work: Work<Actor>, token: string): Promise<void> {
  const spent = (await isSetupLink(work, token))
    ? await work.tx.deleteFrom('setting').where('key', '=', SETUP_KEY).executeTakeFirstOrThrow()
    : undefined
  if (spent?.numDeletedRows !== 1n) throw refuse('linkSpent', '初始化地址已经用过或已过期。')
}
