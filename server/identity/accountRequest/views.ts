import type { z } from 'zod'
import {
  isFreshRelease,
  mayPrintSlip,
  movesOfRequest,
  type RequestKind,
  requestKinds,
} from '#domain/identity/accountRequest.ts'
import { hasRole, type Role, roleLabels } from '#domain/base/actor.ts'
import type { listRequests as listing } from '#contract/identity/accountRequest.ts'
import type { Todo } from '#contract/home/todo.ts'
import type { AccountRequestRow } from '#server/db/tables/foundation.ts'
import type { Look } from '#server/kernel/work.ts'
import { listRequestsAboutMe, listUnsettledRequests, listRequests, type RequestFilter, readRoles } from './queries.ts'

type Item = z.input<(typeof listing)['reply']>['items'][number]

/** A page of requests as the list shows them, with what the actor may do to each. */
export async function readRequestPage(look: Look, filter: RequestFilter) {
  const { total, rows } = await listRequests(look, filter)
  const roles = await readRoles(
    look.db,
    rows.map((row) => row.personId),
  )
  const moves = (row: (typeof rows)[number]) => ({
    ...movesOfRequest(look.actor, { ...row, roles: roles.get(row.personId) ?? [] }),
    ...(hasRole(look.actor, 'auditor') && row.state === 'used' && row.notedAt === null ? { note: [] } : {}),
  })
  return {
    total,
    items: rows.map(
      (row): Item => ({
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
        printable: row.kind === 'slip' && isFreshRelease(row, look.now) && mayPrintSlip(look.actor, row),
        moves: moves(row),
      }),
    ),
  }
}

const wordsOf = (row: { kind: RequestKind; role: Role | null; organizationName: string | null }): string =>
  row.kind === 'grant' && row.role
    ? `${requestKinds.grant}：${roleLabels[row.role]}（${row.organizationName ?? ''}）`
    : requestKinds.slip

const PAGE = '/console/account-requests'

/** What waits for a second person, for printing, for the auditor's eye, and what the owner of an account must know. */
export async function listRequestTodos(look: Look): Promise<Todo[]> {
  const about = (await listRequestsAboutMe(look)).map((one) => ({
    id: `account:about:${one.id}`,
    kind: 'resetAsked',
    title: '有人为您的账号申请重设密码',
    detail: `${one.askedByName}申请，理由：${one.reason}。如果不是您要求的，请立即联系审计员。`,
    href: '/account/sessions',
  }))
  if (!hasRole(look.actor, 'admin', 'security', 'office', 'auditor')) return about
  return [...about, ...keeperTodos(look, await listUnsettledRequests(look))]
}

function keeperTodos(look: Look, rows: readonly AccountRequestRow[]): Todo[] {
  const mine = look.actor.personId
  const todos: Todo[] = []
  const add = (kind: string, count: number, title: string, detail: string, state: string) => {
    if (count > 0) todos.push({ id: `account:${kind}`, kind, title, detail, href: `${PAGE}?state=${state}` })
  }
  if (hasRole(look.actor, 'admin', 'security', 'office')) {
    const waiting = rows.filter((row) => row.state === 'asked' && row.askedBy !== mine && row.personId !== mine)
    add('requestWaits', waiting.length, '双人办理：等您放行', `${waiting.length} 件申请，请核实后放行。`, 'asked')
    const printable = rows.filter((row) => row.kind === 'slip' && row.askedBy === mine && isFreshRelease(row, look.now))
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
