import { hash, verify } from '@node-rs/argon2'

// OWASP's minimum for argon2id (algorithm 2); a hash takes some 30 ms, so at most four run at once and a rush of sign-ins queues.
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const AT_ONCE = 4
const waiting: (() => void)[] = []
let running = 0

async function inTurn<T>(task: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go))
  running += 1
  try {
    return await task()
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

/** Chinese passphrases may arrive composed or decomposed; both are the same password (A6). */
const normal = (password: string): string => password.normalize('NFC')

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(normal(password), COST))

let decoy: Promise<string> | undefined

/** Checks a password in the same time whether the account exists or not (A1). */
export async function passwordMatches(storedHash: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hash('no account has this password', COST)
  const against = storedHash ?? (await decoy)
  const matches = await inTurn(() => verify(against, normal(password)))
  return matches && storedHash !== null && storedHash !== undefined
}
