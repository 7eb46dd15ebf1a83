import type { z } from 'zod'
import { isFreshRelease, mayPrintSlip } from '#domain/identity/accountRequest.ts'
import { hasRole, type Role } from '#domain/base/actor.ts'
import type { requestFilter } from '#contract/identity/accountRequest.ts'
import type { AccountRequestRow } from '#server/db/tables/foundation.ts'
import { found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

export type RequestFilter = { [K in keyof typeof requestFilter]: z.infer<(typeof requestFilter)[K]> }

/** Requests of the own bureau; the office sees only those about an administrator, where it may stand in. */
function visible(look: Look) {
  const query = look.db
    .selectFrom('accountRequest')
    .innerJoin('person', 'person.id', 'accountRequest.personId')
    .innerJoin('account', 'account.personId', 'accountRequest.personId')
    .innerJoin('person as asker', 'asker.id', 'accountRequest.askedBy')
    .leftJoin('person as decider', 'decider.id', 'accountRequest.decidedBy')
    .leftJoin('organization', 'organization.id', 'accountRequest.organizationId')
    .where('accountRequest.bureauId', '=', look.actor.bureauId)
  if (hasRole(look.actor, 'admin', 'security', 'auditor')) return query
  return query.where((eb) =>
    eb.or([
      eb('accountRequest.role', 'in', ['admin', 'security']),
      eb.exists(
        eb
          .selectFrom('roleGrant')
          .select('roleGrant.id')
          .whereRef('roleGrant.personId', '=', 'accountRequest.personId')
          .where('roleGrant.endedAt', 'is', null)
          .where('roleGrant.role', 'in', ['admin', 'security']),
      ),
    ]),
  )
}

/** A page of requests with the names of whom they are about and who had part in them. */
export async function listRequests(look: Look, filter: RequestFilter) {
  let query = visible(look)
  if (filter.state === 'unnoted')
    query = query.where('accountRequest.state', '=', 'used').where('accountRequest.notedAt', 'is', null)
  else if (filter.state) query = query.where('accountRequest.state', '=', filter.state)
  if (filter.q) query = query.where(contains(look.db, ['person.name'], filter.q))
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .selectAll('accountRequest')
    .select([
      'person.name',
      'account.loginName',
      'asker.name as askedByName',
      'decider.name as decidedByName',
      'organization.name as organizationName',
    ])
    .orderBy('accountRequest.askedAt', 'desc')
    .orderBy('accountRequest.id', 'desc')
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size)
    .execute()
  return { total: Number(total), rows }
}

export async function readRoles(db: ReadOnly, personIds: readonly string[]): Promise<Map<string, Role[]>> {
  const rows = await db
    .selectFrom('roleGrant')
    .select(['personId', 'role'])
    .where('personId', 'in', personIds)
    .where('endedAt', 'is', null)
    .execute()
  const roles = new Map<string, Role[]>()
  for (const row of rows) roles.set(row.personId, [...(roles.get(row.personId) ?? []), row.role])
  return roles
}

/** A request of the own bureau; any other does not exist. */
export const findRequest = async (look: Look, requestId: string): Promise<AccountRequestRow> =>
  found(await visible(look).selectAll('accountRequest').where('accountRequest.id', '=', requestId).executeTakeFirst())

/** The released request by which the actor may print a slip for this person now. */
export async function findReleased(look: Look, personId: string): Promise<AccountRequestRow | undefined> {
  const rows = await look.db
    .selectFrom('accountRequest')
    .selectAll()
    .where('personId', '=', personId)
    .where('kind', '=', 'slip')
    .where('state', '=', 'released')
    .execute()
  return rows.find((row) => isFreshRelease(row, look.now) && mayPrintSlip(look.actor, row))
}

/** Persons with a request that still waits, or was released and may still be printed. */
export async function withOpenRequest(look: Look, personIds: readonly string[]): Promise<Set<string>> {
  const rows = await look.db
    .selectFrom('accountRequest')
    .selectAll()
    .where('personId', 'in', personIds)
    .where('kind', '=', 'slip')
    .where('state', 'in', ['asked', 'released'])
    .execute()
  return new Set(
    rows.filter((row) => row.state === 'asked' || isFreshRelease(row, look.now)).map((row) => row.personId),
  )
}

/** Slips that others asked for the actor's own account and that are not settled. */
export const listRequestsAboutMe = (look: Look) =>
  look.db
    .selectFrom('accountRequest')
    .innerJoin('person as asker', 'asker.id', 'accountRequest.askedBy')
    .select(['accountRequest.id', 'accountRequest.reason', 'asker.name as askedByName'])
    .where('accountRequest.personId', '=', look.actor.personId)
    .where('accountRequest.kind', '=', 'slip')
    .where('accountRequest.state', 'in', ['asked', 'released'])
    .execute()

/** Requests that somebody has still to do something about, if only to look at. */
export const listUnsettledRequests = (look: Look): Promise<AccountRequestRow[]> =>
  visible(look)
    .selectAll('accountRequest')
    .where((eb) =>
      eb.or([
        eb('accountRequest.state', 'in', ['asked', 'released']),
        eb.and([eb('accountRequest.state', '=', 'used'), eb('accountRequest.notedAt', 'is', null)]),
      ]),
    )
    .execute()

/** Whether this role was asked for already and nobody has decided. */
export const isGrantAsked = async (
  db: ReadOnly,
  wanted: { personId: string; role: Role; organizationId: string },
): Promise<boolean> =>
  (await db
    .selectFrom('accountRequest')
    .select('id')
    .where('personId', '=', wanted.personId)
    .where('role', '=', wanted.role)
    .where('organizationId', '=', wanted.organizationId)
    .where('state', '=', 'asked')
    .executeTakeFirst()) !== undefined

/** Whether anybody else of the bureau but these two keeps accounts or roles. */
export async function hasOtherKeeper(look: Look, personId: string): Promise<boolean> {
  const other = await look.db
    .selectFrom('roleGrant')
    .innerJoin('account', 'account.personId', 'roleGrant.personId')
    .innerJoin('person', 'person.id', 'roleGrant.personId')
    .select('roleGrant.id')
    .where('person.bureauId', '=', look.actor.bureauId)
    .where('roleGrant.role', 'in', ['admin', 'security'])
    .where('roleGrant.endedAt', 'is', null)
    .where('account.state', '=', 'active')
    .where('roleGrant.personId', 'not in', [look.actor.personId, personId])
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}
