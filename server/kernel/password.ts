import { hash, verify } from '@node-rs/argon2'
import { openHands, openTurns } from './files/turns.ts'
import { busy } from './problem.ts'

// OWASP's minimum for argon2id (algorithm 2); a hash takes some 30 ms, so at most four run at once and a rush of sign-ins queues.
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const AT_ONCE = 4
/** Checks that one network may have in hand: a district behind one address signs in at eight, and nobody waits for minutes. */
export const CHECKS_IN_HAND = 100
const RETRY_SECONDS = 5

interface Job {
  owner: string | undefined
  go(): void
}

/** Of each network one password is checked at a time, so that whoever floods from one keeps nobody elsewhere waiting. */
const turns = openTurns<Job>(Number.POSITIVE_INFINITY)
const hands = openHands(CHECKS_IN_HAND)
let running = 0

function startNext(): void {
  while (running < AT_ONCE) {
    const job = turns.next()
    if (!job) return
    running += 1
    job.go()
  }
}

async function inTurn<T>(task: () => Promise<T>, owner?: string): Promise<T> {
  const job: Job = { owner, go: () => undefined }
  const turn = new Promise<void>((go) => (job.go = go))
  turns.join(job)
  startNext()
  await turn
  try {
    return await task()
  } finally {
    running -= 1
    turns.end(job)
    startNext()
  }
}

/** Refuses what one network sends beyond what it may have in hand, before anything of it is written down or checked. */
export async function inHand<T>(owner: string, action: () => Promise<T>): Promise<T> {
  if (!hands.take(owner)) throw busy(RETRY_SECONDS, '您所在的网络同时登录的次数太多，请过几秒再试一次。')
  try {
    return await action()
  } finally {
    hands.drop(owner)
  }
}

/** Chinese passphrases may arrive composed or decomposed; both are the same password (A6). */
const normal = (password: string): string => password.normalize('NFC')

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(normal(password), COST))

let decoy: Promise<string> | undefined

/** Checks a password in the same time whether the account exists or not (A1). `owner` is who waits in line: a network, or a known browser. */
export async function passwordMatches(
  storedHash: string | null | undefined,
  password: string,
  owner?: string,
): Promise<boolean> {
  decoy ??= hash('no account has this password', COST)
  const against = storedHash ?? (await decoy)
  const matches = await inTurn(() => verify(against, normal(password)), owner)
  return matches && storedHash !== null && storedHash !== undefined
}
