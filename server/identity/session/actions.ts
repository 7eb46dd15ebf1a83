import { againstNewPassword, againstOwnName, isPostName, normalLoginName } from '#domain/identity/account.ts'
import { gradedProtection } from '#domain/identity/password.ts'
import { refusal } from '#domain/base/refusal.ts'
import { askForNewPassword, askOwner, keepPassword, namePerson } from '#server/identity/access/actions.ts'
import { slipHash, spendActivation } from '#server/identity/activation/actions.ts'
import { findActivation } from '#server/identity/activation/queries.ts'
import {
  type Attempt,
  claimTry,
  countOfSource,
  dropOldTries,
  forgetDevices,
  forgetFailures,
  isKnownDevice,
  rememberDevice,
  ROWS_PER_SOURCE,
} from '#server/kernel/attempts.ts'
import { hashPassword, inHand, passwordMatches } from '#server/kernel/password.ts'
import { demand, found, Problem, refuse } from '#server/kernel/problem.ts'
import { endSessions, openSession, readActor, type SignedIn } from '#server/kernel/session.ts'
import { type House, inWork, lookAround, type Work } from '#server/kernel/work.ts'
import { visitor } from '#domain/base/actor.ts'
import { findAccount } from './queries.ts'

export interface From {
  source: string
  device: string
  /** What the browser keeps to be known again; empty when it keeps nothing. */
  browser: string
  /** The session that the browser brought along; it does not outlive a new sign-in (S2). */
  before: SignedIn | undefined
}

export interface Opened {
  token: string
  mustChange: boolean
  mustConfirm: boolean
  /** Wrong tries that others made since the owner was in last. */
  others: number
}

type Account = NonNullable<Awaited<ReturnType<typeof findAccount>>>

/** Lets a person in by name and password. A failed try is committed first and refused after, so that it counts. */
export async function signIn(
  house: House,
  typed: { loginName: string; password: string },
  from: From,
): Promise<Opened> {
  const { account, attempt } = await findTrying(house, typed.loginName, from)
  const owner = lineOf(attempt)
  return inHand(owner, async () => {
    await demandTry(house, attempt)
    const matches = await passwordMatches(account?.passwordHash, typed.password, owner)
    if (!account || !matches) throw await failed(house, attempt, account, 'password')
    if (account.state !== 'active') throw await failed(house, attempt, account, 'disabled')
    return letIn(house, attempt, account, from)
  })
}

/** A browser in which the owner was signed in before waits behind nobody; all others of a network share one line. */
const lineOf = ({ known, device, source }: Attempt): string => (known ? `device:${device}` : `source:${source}`)

/** Sets the first password, or a new one after a reset, by the code of an activation slip; the code works once (A8). */
export async function activateAccount(
  house: House,
  typed: { loginName: string; code: string; personName?: string; password: string; again: string },
  from: From,
): Promise<Opened> {
  const { account, attempt } = await findTrying(house, typed.loginName, from)
  // Nobody guesses 80 bits: a right code gets in whatever was tried before it.
  const activation = account && (await findActivation(house.database.reader, account.personId, slipHash(typed.code)))
  if (!account || !activation) throw await failed(house, attempt, account, 'code')
  if (account.state !== 'active') throw await failed(house, attempt, account, 'disabled')
  const now = house.clock.now().toISOString()
  if (activation.usedAt !== null || activation.expiresAt <= now)
    throw refuse('linkSpent', '激活码已经用过或过了有效期，请联系管理员重新发放激活单。')
  const ownName = (typed.personName ?? '').trim()
  demand([...againstOwnName(account.name, ownName), ...againstNewPassword(typed, contextOf(account))])
  const passwordHash = await hashPassword(typed.password)
  return letIn(house, attempt, account, from, async (work) => {
    await spendActivation(work, activation.id)
    await keepPassword(work, account.personId, passwordHash)
    if (isPostName(account.name)) await namePerson(work, account.personId, { from: account.name, to: ownName })
    if (activation.requestId) await askOwner(work, account.personId, activation.requestId)
    await endSessions(work, account.personId)
    work.record('account.activated', 'person', account.personId)
  })
}

/** Changes one's own password; every session ends (S7), and this browser goes on under a new token: an old cookie is worth nothing after it. */
export async function changePassword(
  house: House,
  signedIn: SignedIn,
  typed: { current: string; password: string; again: string },
  from: Pick<From, 'source' | 'device'>,
): Promise<{ token: string }> {
  const attempt = { loginName: signedIn.loginName, source: from.source, device: signedIn.sessionId, known: true }
  const account = found(await findAccount(house.database.reader, signedIn.loginName))
  await demandTry(house, attempt)
  if (!(await passwordMatches(account.passwordHash, typed.current))) {
    const problem = await failed(house, attempt, account, 'password')
    if (problem.status !== 401) throw problem
    throw refuse('invalid', '现在的密码不对。', { field: 'current' })
  }
  const reasons = againstNewPassword(typed, contextOf(account))
  if (typed.current === typed.password)
    reasons.push(refusal('tooWeak', '新密码不能与现在的相同。', { field: 'password' }))
  demand(reasons)
  const passwordHash = await hashPassword(typed.password)
  return inWork(house, signedIn.actor, async (work) => {
    await keepPassword(work, account.personId, passwordHash)
    const ended = (await endSessions(work, account.personId)) - 1
    await forgetFailures(work, attempt)
    work.record('account.passwordChanged', 'person', account.personId, { ended })
    return { token: await openSession(work, account.personId, from) }
  })
}

/** Ends the session of this browser on the server too (S3). */
export async function signOut(house: House, signedIn: SignedIn): Promise<void> {
  await inWork(house, signedIn.actor, async (work) => {
    await endSessions(work, signedIn.personId, { only: signedIn.sessionId })
    work.record('session.signedOut', 'person', signedIn.personId)
  })
}

/** The account that is tried; a browser in which its owner was signed in before is told from all others. */
async function findTrying(
  house: House,
  typed: string,
  from: From,
): Promise<{ account: Account | undefined; attempt: Attempt }> {
  const db = lookAround(house, visitor).db
  const loginName = normalLoginName(typed)
  const account = await findAccount(db, loginName)
  const known = account !== undefined && (await isKnownDevice(db, account.personId, from.browser))
  return { account, attempt: { loginName, source: from.source, device: from.browser, known } }
}

/** Waits are told, not recorded: a stranger who goes on trying writes nothing. */
async function demandTry(house: House, attempt: Attempt): Promise<void> {
  const seconds = await claimTry(house, attempt)
  if (seconds === 0) return
  throw refuse(
    'tooManyTries',
    `连续输错多次，请 ${seconds} 秒后再试。在您以前登录过的电脑或手机上可以照常登录；也可以请安全管理员解除，或请管理员发放激活单。`,
  )
}

type Why = 'password' | 'code' | 'disabled'

/** Commits one audit row for the failed try and answers what to throw, the same for known and unknown accounts. */
async function failed(house: House, attempt: Attempt, account: Account | undefined, why: Why): Promise<Problem> {
  const count = await countOfSource(house, attempt.source)
  if (count <= ROWS_PER_SOURCE)
    await inWork(house, visitor, async (work) => {
      await dropOldTries(work)
      // A name that belongs to nobody is not kept: it may be a password typed into the wrong field.
      work.record('signIn.failed', 'person', account?.personId ?? 'unknown', {
        why,
        source: attempt.source,
        ...(account ? { loginName: account.loginName } : {}),
        ...(count === ROWS_PER_SOURCE ? { locked: 'source' } : {}),
      })
    })
  if (why === 'disabled') return refuse('signInFailed', '这个账号已停用，请联系系统管理员。')
  return refuse('signInFailed', why === 'code' ? '登录名或激活码不对，请重新输入。' : '登录名或密码不对，请重新输入。')
}

async function letIn(
  house: House,
  attempt: Attempt,
  account: Account,
  from: From,
  first?: (work: Work) => Promise<void>,
): Promise<Opened> {
  const actor = await readActor(house.database.reader, account)
  const opened = await inWork(house, actor, async (work) => {
    // While the password was checked, the account may have been disabled or given another password: those ended its sessions.
    const still = await findAccount(work.tx, attempt.loginName)
    if (still?.state !== 'active' || (!first && still.passwordHash !== account.passwordHash)) {
      work.record('signIn.failed', 'person', account.personId, { why: 'changed', source: attempt.source })
      return 'changed' as const
    }
    await first?.(work)
    const others = await forgetFailures(work, attempt)
    if (first) await forgetDevices(work, account.personId)
    if (from.browser !== '') await rememberDevice(work, account.personId, from.browser)
    if (from.before) await endSessions(work, from.before.personId, { only: from.before.sessionId })
    const isOld = !first && isTooOld(account.passwordChangedAt, work.now)
    if (isOld) await askForNewPassword(work, account.personId)
    const token = await openSession(work, account.personId, from)
    work.record('signIn.succeeded', 'person', account.personId, { source: from.source })
    const mustConfirm = (await findAccount(work.tx, attempt.loginName))?.resetId !== null
    return { token, others, mustConfirm, mustChange: isOld || (!first && account.mustChange === 1) }
  })
  if (opened === 'changed') throw refuse('signInFailed', '这个账号刚刚被停用或改了密码，请核对后重新登录。')
  return opened
}

function isTooOld(changedAt: string | null, now: string): boolean {
  return changedAt !== null && Date.parse(now) - Date.parse(changedAt) > gradedProtection.days * 86_400_000
}

const contextOf = (account: Account) => ({
  loginName: account.loginName,
  personName: account.name,
  names: [account.bureauName, account.shortName],
})
