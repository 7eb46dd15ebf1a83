import { againstGranting } from '#domain/identity/account.ts'
import { againstAskingSlip, againstRequest, isCrown } from '#domain/identity/accountRequest.ts'
import { hasRole, type Role } from '#domain/base/actor.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { accountRequestLife, type RequestAction } from '#domain/identity/accountRequestLife.ts'
import type { Refusal } from '#domain/base/refusal.ts'
import type { AccountRequestRow } from '#server/db/tables/foundation.ts'
import { grantRole } from '#server/identity/access/actions.ts'
import { findPerson } from '#server/identity/account/queries.ts'
import { demand, refuse } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { findRequest, hasOtherKeeper, isGrantAsked, readRoles, withOpenRequest } from './queries.ts'
import { insertRequest, markRequestNoted, updateOwnersWord, updateRequest } from './writes.ts'

/** Asks for new passwords of accounts that somebody has used; nothing is printed before another person has released it. */
export async function askSlips(work: Work, personIds: readonly string[], reason: string): Promise<{ ids: string[] }> {
  const wanted = [...new Set(personIds)]
  const open = await withOpenRequest(work, wanted)
  const reasons: Refusal[] = []
  for (const personId of wanted) {
    const person = await findPerson(work, personId)
    const subject = { ...person, activated: person.passwordHash !== null, open: open.has(personId) }
    reasons.push(...againstAskingSlip(work.actor, subject))
  }
  demand(reasons)
  const ids: string[] = []
  for (const personId of wanted) ids.push(await ask(work, { kind: 'slip', personId, reason }))
  return { ids }
}

interface Asked {
  kind: 'slip' | 'grant'
  personId: string
  reason: string
  role?: Role
  organizationId?: string
  departmentId?: string | null
}

async function ask(work: Work, wanted: Asked): Promise<string> {
  const row: AccountRequestRow = {
    id: work.newId(),
    bureauId: work.actor.bureauId,
    kind: wanted.kind,
    state: accountRequestLife.first,
    personId: wanted.personId,
    role: wanted.role ?? null,
    organizationId: wanted.organizationId ?? null,
    departmentId: wanted.departmentId ?? null,
    reason: wanted.reason,
    askedBy: work.actor.personId,
    askedAt: work.now,
    decidedBy: null,
    decidedAt: null,
    decision: null,
    usedAt: null,
    confirmedAt: null,
    notedAt: null,
  }
  await insertRequest(work, row)
  const { kind, reason, role } = wanted
  work.record('accountRequest.asked', 'person', wanted.personId, { kind, reason, requestId: row.id, role })
  // A bureau so small that one person holds both administrations has nobody to ask; the record says so (rule 19).
  if (await isAlone(work, wanted.personId)) await releaseRequest(work, row.id)
  return row.id
}

/** A role that rules over others is asked for here and given when another person has released it. */
export async function askGrant(work: Work, wanted: Required<Omit<Asked, 'kind'>>): Promise<{ id: string }> {
  if (!isCrown(wanted.role)) throw new Error('the role needs one person only')
  if (await isGrantAsked(work.db, wanted)) throw refuse('alreadyExists', '已经申请过授予这个岗位，正等另一人放行。')
  return { id: await ask(work, { ...wanted, kind: 'grant' }) }
}

/** Whether the actor holds both administrations and nobody else of the bureau holds either. */
const isAlone = async (work: Work, personId: string): Promise<boolean> =>
  hasRole(work.actor, 'admin') && hasRole(work.actor, 'security') && !(await hasOtherKeeper(work, personId))

export async function releaseRequest(work: Work, requestId: string): Promise<void> {
  const request = await findRequest(work, requestId)
  const alone = request.askedBy === work.actor.personId && (await isAlone(work, request.personId))
  await moveRequest(work, request, 'release', { alone })
  const { role } = request
  if (request.kind !== 'grant' || role === null) return
  const organizationId = request.organizationId ?? ''
  const person = await findPerson(work, request.personId)
  // Asked days ago: what is true of the person now decides.
  if (person.grants.some((one) => one.role === role && one.organizationId === organizationId))
    throw refuse('alreadyExists', '这个人已经有这个岗位。')
  demand(againstGranting(work.actor, person, { role, isSchool: false, departmentId: request.departmentId }))
  await grantRole(work, request.personId, { role, organizationId, departmentId: request.departmentId })
  const both = new Set([...person.roles, role])
  if (both.has('admin') && both.has('security'))
    work.record('role.merged', 'person', person.personId, { alsoAdmin: true })
  await useRequest(work, { ...request, state: 'released' })
}

/** Takes a released request out of use in the work that does what was asked; of two who try, one wins. */
export async function useRequest(work: Work, request: AccountRequestRow): Promise<void> {
  await changeState(work, request, 'use', { usedAt: work.now })
}

export const refuseRequest = async (work: Work, requestId: string, reason: string): Promise<void> =>
  moveRequest(work, await findRequest(work, requestId), 'refuse', { reason })

export const withdrawRequest = async (work: Work, requestId: string): Promise<void> =>
  moveRequest(work, await findRequest(work, requestId), 'withdraw', {})

async function moveRequest(
  work: Work,
  request: AccountRequestRow,
  action: Exclude<RequestAction, 'use'>,
  { alone = false, reason }: { alone?: boolean; reason?: string },
): Promise<void> {
  const roles = (await readRoles(work.db, [request.personId])).get(request.personId) ?? []
  demand(againstRequest(work.actor, { ...request, roles }, action, alone))
  await changeState(
    work,
    request,
    action,
    action === 'withdraw' ? {} : { decidedBy: work.actor.personId, decidedAt: work.now, decision: reason ?? null },
    { ...(alone ? { alone } : {}), ...(reason ? { reason } : {}) },
  )
}

async function changeState(
  work: Work,
  request: AccountRequestRow,
  action: RequestAction,
  values: Partial<Pick<AccountRequestRow, 'decidedBy' | 'decidedAt' | 'decision' | 'usedAt'>>,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const from = request.state
  const to = nextState(accountRequestLife, from, action)
  if (!to) throw refuse('stateChanged')
  await updateRequest(work, request, { ...values, state: to })
  work.record(`accountRequest.${action}`, 'person', request.personId, { requestId: request.id, from, to, ...detail })
}

export async function noteRequest(work: Work, requestId: string): Promise<void> {
  const request = await findRequest(work, requestId)
  await markRequestNoted(work, request.id)
  work.record('accountRequest.noted', 'person', request.personId, { requestId: request.id })
}

/** What the owner said of the new password; the auditor looks again after it. */
export async function keepOwnersWord(
  work: Work,
  { requestId, personId, isMine }: { requestId: string; personId: string; isMine: boolean },
): Promise<void> {
  await updateOwnersWord(work, requestId, isMine)
  work.record(`accountRequest.${isMine ? 'confirmed' : 'denied'}`, 'person', personId, { requestId })
}
