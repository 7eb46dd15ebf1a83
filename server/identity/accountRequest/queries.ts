import type { z } from 'zod'
import { movesOfRequest, RELEASE_DAYS, requestKinds, type RequestSubject } from '#domain/identity/accountRequest.ts'
import { hasRole, type Role, roleLabels } from '#domain/base/actor.ts'
import type { listRequests, requestFilter } from '#contract/identity/accountRequest.ts'
import type { AccountRequestRow } from '#server/db/tables/foundation.ts'
import type { Todo } from '#contract/home/todo.ts'
import { found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

type Filter = { [K in keyof typeof requestFilter]: z.infer<(typeof requestFilter)[K]> }
type Item = z.input<(typeof listRequests)['reply']>['items'][number]

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

export async function pageOfRequests(look: Look, filter: Filter) {
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
  const roles = await rolesOf(
    look.db,
    rows.map((row) => row.personId),
  )
  return {
    total: Number(total),
    items: rows.map((row): Item => {
      const subject = subjectOf(row, roles.get(row.personId) ?? [])
      return {
        id: row.id,
        kind: row.kind,
        what: wordsOf(row),
        state: row.state,
        personId: row.personId,
        name: row.name,
        loginName: row.loginName,
        reason: row.reason,
        askedByName: row.askedByName,
        askedAt: row.askedAt,
        decidedByName: row.decidedByName,
        decidedAt: row.decidedAt,
        decision: row.decision,
        alone: row.decidedBy === row.askedBy && row.state !== 'withdrawn',
        confirmedAt: row.confirmedAt,
        notedAt: row.notedAt,
        printable: row.kind === 'slip' && isFresh(row, look.now) && mayPrint(look, row),
        moves: {
          ...movesOfRequest(look.actor, subject),
          ...(hasRole(look.actor, 'auditor') && row.state === 'used' && row.notedAt === null ? { note: [] } : {}),
        },
      }
    }),
  }
}

const wordsOf = (row: { kind: string; role: string | null; organizationName: string | null }): string =>
  row.kind === 'grant'
    ? `${requestKinds.grant}：${roleLabels[row.role as Role] ?? row.role}（${row.organizationName ?? ''}）`
    : requestKinds.slip

export const subjectOf = (row: AccountRequestRow, roles: readonly Role[]): RequestSubject => ({
  kind: row.kind as RequestSubject['kind'],
  state: row.state as RequestSubject['state'],
  personId: row.personId,
  askedBy: row.askedBy,
  role: row.role as Role | null,
  roles,
})

/** Released, and not longer ago than a slip may be printed. */
const isFresh = (row: AccountRequestRow, now: string): boolean =>
  row.state === 'released' && Date.parse(now) - Date.parse(row.decidedAt ?? '') <= RELEASE_DAYS * 86_400_000

/** Who prints slips for everybody, or who asked for this one. */
const mayPrint = (look: Look, row: { askedBy: string; personId: string }): boolean =>
  row.personId !== look.actor.personId && (hasRole(look.actor, 'admin') || row.askedBy === look.actor.personId)

export async function rolesOf(db: ReadOnly, personIds: readonly string[]): Promise<Map<string, Role[]>> {
  const rows = await db
    .selectFrom('roleGrant')
    .select(['personId', 'role'])
    .where('personId', 'in', personIds)
    .where('endedAt', 'is', null)
    .execute()
  const roles = new Map<string, Role[]>()
  for (const row of rows) roles.set(row.personId, [...(roles.get(row.personId) ?? []), row.role as Role])
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
  return rows.find((row) => isFresh(row, look.now) && mayPrint(look, row))
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
  return new Set(rows.filter((row) => row.state === 'asked' || isFresh(row, look.now)).map((row) => row.personId))
}

const PAGE = '/console/account-requests'

/** What waits for a second person, for printing, for the auditor's eye, and what the owner of an account must know. */
export async function listRequestTodos(look: Look): Promise<Todo[]> {
  const mine = look.actor.personId
  const todos: Todo[] = []
  const add = (kind: string, count: number, title: string, detail: string, state: string) => {
    if (count > 0) todos.push({ id: `account:${kind}`, kind, title, detail, href: `${PAGE}?state=${state}` })
  }
  const about = await look.db
    .selectFrom('accountRequest')
    .innerJoin('person as asker', 'asker.id', 'accountRequest.askedBy')
    .select(['accountRequest.id', 'accountRequest.reason', 'asker.name as askedByName'])
    .where('accountRequest.personId', '=', mine)
    .where('accountRequest.kind', '=', 'slip')
    .where('accountRequest.state', 'in', ['asked', 'released'])
    .execute()
  for (const one of about)
    todos.push({
      id: `account:about:${one.id}`,
      kind: 'resetAsked',
      title: '有人为您的账号申请重设密码',
      detail: `${one.askedByName}申请，理由：${one.reason}。如果不是您要求的，请立即联系审计员。`,
      href: '/account/sessions',
    })
  if (!hasRole(look.actor, 'admin', 'security', 'office', 'auditor')) return todos
  const rows = await visible(look)
    .selectAll('accountRequest')
    .where((eb) =>
      eb.or([
        eb('accountRequest.state', 'in', ['asked', 'released']),
        eb.and([eb('accountRequest.state', '=', 'used'), eb('accountRequest.notedAt', 'is', null)]),
      ]),
    )
    .execute()
  if (hasRole(look.actor, 'admin', 'security', 'office')) {
    const waiting = rows.filter((row) => row.state === 'asked' && row.askedBy !== mine && row.personId !== mine)
    add('requestWaits', waiting.length, '双人办理：等您放行', `${waiting.length} 件申请，请核实后放行。`, 'asked')
    const printable = rows.filter((row) => row.kind === 'slip' && row.askedBy === mine && isFresh(row, look.now))
    add(
      'slipReleased',
      printable.length,
      '激活单已放行，可以打印',
      `${printable.length} 张，请当面交给本人。`,
      'released',
    )
  }
  if (hasRole(look.actor, 'auditor')) {
    const unseen = rows.filter((row) => row.state === 'used')
    add(
      'requestUnnoted',
      unseen.length,
      '双人办理：请查看',
      `${unseen.length} 件已办理，请核对后标记已查看。`,
      'unnoted',
    )
  }
  return todos
}
