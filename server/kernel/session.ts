import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { isSameName } from '#domain/identity/account.ts'
import type { Actor, Grant, Person, Role } from '#domain/base/actor.ts'
import { networkOf } from '#domain/base/address.ts'
import { uuidv7 } from './clock.ts'
import { untilCommit } from './commitCache.ts'
import { type House, type ReadOnly, sha256, type Work } from './work.ts'

export const COOKIE = '__Host-sid'
export const IDLE_MINUTES = 30
export const ABSOLUTE_HOURS = 12
export const SESSIONS_AT_ONCE = 3

/** Who a session belongs to; `mustChange` lets nothing through but the change of the password. */
export interface SignedIn {
  sessionId: string
  personId: string
  loginName: string
  mustChange: boolean
  /** A slip set the password of a used account; nothing goes on before the owner says whether that was them. */
  mustConfirm: boolean
  actor: Person
}

/** Where a request comes from, for audit and lock-outs. Behind a proxy, Fastify's trustProxy decides what `ip` is. */
export const sourceOf = (request: FastifyRequest): string =>
  networkOf(request.ip) ?? networkOf(request.socket.remoteAddress ?? '') ?? 'unknown'
export const deviceOf = (request: FastifyRequest): string => (request.headers['user-agent'] ?? '').slice(0, 200)

/** Opens a session and answers its secret, which only the browser keeps; the oldest one over the limit ends. */
export async function openSession(
  work: Work<Actor>,
  personId: string,
  from: { source: string; device: string },
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const open = await work.tx
    .selectFrom('session')
    .select('id')
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .orderBy('lastSeenAt', 'desc')
    .execute()
  const over = open.slice(SESSIONS_AT_ONCE - 1).map((one) => one.id)
  if (over.length > 0) await work.tx.updateTable('session').set({ endedAt: work.now }).where('id', 'in', over).execute()
  await work.tx
    .insertInto('session')
    .values({
      id: uuidv7(new Date(work.now)),
      tokenHash: sha256(token),
      personId,
      createdAt: work.now,
      lastSeenAt: work.now,
      source: from.source,
      device: from.device,
      endedAt: null,
    })
    .execute()
  return token
}

/** Ends sessions of a person: one, all but one, or all. Answers how many ended. */
export async function endSessions(
  work: Work<Actor>,
  personId: string,
  which: { only?: string; except?: string } = {},
): Promise<number> {
  let query = work.tx
    .updateTable('session')
    .set({ endedAt: work.now })
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
  if (which.only) query = query.where('id', '=', which.only)
  if (which.except) query = query.where('id', '!=', which.except)
  const done = await query.executeTakeFirstOrThrow()
  return Number(done.numUpdatedRows)
}

const KEPT_DAYS = 30

/** A session is over after twelve hours; its address and browser are forgotten a month later, the sign-in stays in the log. */
export async function sweepSessions({ database, clock }: House): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_DAYS * 86_400_000).toISOString()
  const done = await database.writer.deleteFrom('session').where('createdAt', '<', before).executeTakeFirstOrThrow()
  return Number(done.numDeletedRows)
}

/** The signed-in person behind a cookie, or nothing. Rights are those of the last commit, so a change takes effect at once. */
export async function findSignedIn(house: House, token: string | undefined): Promise<SignedIn | undefined> {
  if (!token || token.length > 100) return undefined
  const now = house.clock.now()
  const hash = sha256(token)
  const row = await untilCommit(house.database, `session ${hash}`, () => sessionBehind(house.database.reader, hash))
  if (!row || row.state !== 'active') return undefined
  const idle = now.getTime() - Date.parse(row.lastSeenAt)
  const age = now.getTime() - Date.parse(row.createdAt)
  if (idle > IDLE_MINUTES * 60_000 || age > ABSOLUTE_HOURS * 3_600_000) return undefined
  if (idle > 60_000 || idle < 0) await seen(house, row.sessionId, now)
  const actor = await untilCommit(house.database, `actor ${row.personId}`, () => readActor(house.database.reader, row))
  return {
    sessionId: row.sessionId,
    personId: row.personId,
    loginName: row.loginName,
    mustChange: row.mustChange === 1,
    mustConfirm: row.resetId !== null,
    actor,
  }
}

const sessionBehind = (db: ReadOnly, tokenHash: string) =>
  db
    .selectFrom('session')
    .innerJoin('account', 'account.personId', 'session.personId')
    .innerJoin('person', 'person.id', 'session.personId')
    .select([
      'session.id as sessionId',
      'session.createdAt',
      'session.lastSeenAt',
      'session.personId',
      'account.loginName',
      'account.mustChange',
      'account.resetId',
      'account.state',
      'person.name',
      'person.bureauId',
    ])
    .where('session.tokenHash', '=', tokenHash)
    .where('session.endedAt', 'is', null)
    .executeTakeFirst()

async function seen(house: House, sessionId: string, now: Date): Promise<void> {
  await house.database.writer
    .updateTable('session')
    .set({ lastSeenAt: now.toISOString() })
    .where('id', '=', sessionId)
    .execute()
}

/** Gathers a person's roles with the schools they reach. */
export async function readActor(
  db: ReadOnly,
  person: { personId: string; name: string; bureauId: string },
): Promise<Person> {
  const rows = await db
    .selectFrom('roleGrant')
    .innerJoin('organization', 'organization.id', 'roleGrant.organizationId')
    .leftJoin('school', 'school.id', 'roleGrant.organizationId')
    .select([
      'roleGrant.role',
      'roleGrant.organizationId',
      'roleGrant.departmentId',
      'organization.name',
      'school.secretaryName',
    ])
    .where('roleGrant.personId', '=', person.personId)
    .where('roleGrant.endedAt', 'is', null)
    .orderBy('roleGrant.id')
    .execute()
  const grants: Grant[] = []
  for (const row of rows) {
    const role = row.role as Role
    const grant: Grant = { role, organizationId: row.organizationId, organizationName: row.name }
    if (role === 'secretary' && row.secretaryName !== null && !isSameName(row.secretaryName, person.name))
      grant.successor = row.secretaryName
    if (role === 'leader') grant.schoolIds = await schoolsOfLeader(db, person.personId)
    if (role === 'department') grant.schoolIds = row.departmentId ? await schoolsOfDepartment(db, row.departmentId) : []
    grants.push(grant)
  }
  return { kind: 'person', personId: person.personId, name: person.name, bureauId: person.bureauId, grants }
}

async function schoolsOfLeader(db: ReadOnly, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('contact')
    .innerJoin('school', 'school.zoneId', 'contact.zoneId')
    .select('school.id')
    .where('contact.personId', '=', personId)
    .where('contact.endedAt', 'is', null)
    .where('school.retiredAt', 'is', null)
    .execute()
  return rows.map((one) => one.id)
}

async function schoolsOfDepartment(db: ReadOnly, departmentId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('contact')
    .select('schoolId')
    .where('departmentId', '=', departmentId)
    .where('endedAt', 'is', null)
    .execute()
  return rows.flatMap((one) => (one.schoolId ? [one.schoolId] : []))
}
