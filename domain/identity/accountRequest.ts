import { type Actor, hasRole, type Role } from '#domain/base/actor.ts'
import { againstMoving, movesFrom } from '#domain/base/lifecycle.ts'
import { accountRequestLife, type RequestAction, type RequestState } from './accountRequestLife.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'

/** Whoever holds one of these can change what others may do or what the whole bureau decides. */
const crownRoles: readonly Role[] = ['office', 'admin', 'security', 'auditor']
const keepers: readonly Role[] = ['admin', 'security']

export const isCrown = (role: Role): boolean => crownRoles.includes(role)

/** Days for which a released slip may be printed; after that it is asked for anew. */
const RELEASE_DAYS = 7

/** A slip that lets somebody into what another person did or rules: only the first slip of a new account is one person's act. */
export const needsTwo = (person: { activated: boolean; roles: readonly Role[] }): boolean =>
  person.activated || person.roles.some(isCrown)

export interface RequestSubject {
  kind: RequestKind
  state: RequestState
  personId: string
  askedBy: string
  /** The role that is asked for, if one is. */
  role: Role | null
  /** Roles that the person holds now. */
  roles: readonly Role[]
}

export const requestKinds = { slip: '重设密码（激活单）', grant: '授予岗位' } as const
export type RequestKind = keyof typeof requestKinds

/** Released, and not longer ago than a slip may be printed. */
export const isFreshRelease = (request: { state: RequestState; decidedAt: string | null }, now: string): boolean =>
  request.state === 'released' && Date.parse(now) - Date.parse(request.decidedAt ?? '') <= RELEASE_DAYS * 86_400_000

/** Who prints slips for everybody, or who asked for this one. */
export const mayPrintSlip = (actor: Actor, request: { askedBy: string; personId: string }): boolean =>
  request.personId !== actor.personId && (hasRole(actor, 'admin') || request.askedBy === actor.personId)

export function againstAskingSlip(
  actor: Actor,
  person: { personId: string; name: string; state: string; activated: boolean; roles: readonly Role[]; open: boolean },
): Refusal[] {
  const reasons: Refusal[] = []
  if (person.personId === actor.personId)
    reasons.push(refusal('sameDoer', '自己的密码请在“修改密码”里改。', { href: '/account/password' }))
  if (person.state !== 'active') reasons.push(refusal('notInThisState', `${person.name}的账号已停用，请先恢复。`))
  if (!needsTwo(person))
    reasons.push(refusal('notInThisState', `${person.name}的账号还没有启用过，可以直接打印激活单，不用申请。`))
  if (person.open) reasons.push(refusal('alreadyExists', `${person.name}已有一份没有办完的申请。`))
  return reasons
}

/**
 * The second person is neither who asked nor whom it is about, and keeps accounts or roles; where one of the keepers is the
 * subject the office may stand in, so that a bureau with one of each is never locked out. `alone`: no other keeper exists and
 * the asker holds both administrations on record (rule 19).
 */
function againstDeciding(actor: Actor, request: RequestSubject, alone = false): Refusal[] {
  const reasons: Refusal[] = []
  const concerned = request.role ? [...request.roles, request.role] : request.roles
  const standsIn = hasRole(actor, 'office') && concerned.some((role) => keepers.includes(role))
  if (!hasRole(actor, ...keepers) && !standsIn)
    reasons.push(refusal('roleMissing', '须由系统管理员或安全管理员放行；对象是管理员本人的，也可由局党工委办放行。'))
  if (actor.personId === request.personId) reasons.push(refusal('sameDoer', '不能放行办给自己的事，请由另一人办理。'))
  if (actor.personId === request.askedBy && !alone)
    reasons.push(refusal('sameDoer', '申请人不能自己放行，请由另一位管理员办理。'))
  return reasons
}

export function againstRequest(
  actor: Actor,
  request: RequestSubject,
  action: Exclude<RequestAction, 'use'>,
  alone = false,
): Refusal[] {
  const state = againstMoving(accountRequestLife, request.state, action)
  if (action === 'withdraw')
    return [...state, ...(actor.personId === request.askedBy ? [] : [refusal('roleMissing', '只有申请人可以撤回。')])]
  return [...state, ...againstDeciding(actor, request, alone)]
}

/** The moves that a person sees as buttons. */
export function movesOfRequest(actor: Actor, request: RequestSubject): Record<string, Refusal[]> {
  const moves: Record<string, Refusal[]> = {}
  for (const action of movesFrom(accountRequestLife, request.state)) {
    if (action === 'use') continue
    const isAsker = actor.personId === request.askedBy
    if (action === 'withdraw' ? isAsker : !isAsker && !hasRole(actor, 'auditor'))
      moves[action] = againstRequest(actor, request, action)
  }
  return moves
}
