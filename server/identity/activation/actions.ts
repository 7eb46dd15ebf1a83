import { randomBytes } from 'node:crypto'
import type { Actor } from '#domain/base/actor.ts'
import { SLIP_DAYS } from '#domain/identity/account.ts'
import { needsTwo } from '#domain/identity/accountRequest.ts'
import { refuse } from '#server/kernel/problem.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import { readStandingOf } from './queries.ts'
import { insertActivation, markActivationsUsed, markActivationUsed } from './writes.ts'

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
  if (requestId === null && work.actor.kind !== 'system' && needsTwo(await readStandingOf(work.db, personId)))
    throw refuse('twoPeople')
  const token = slipCode()
  const expiresAt = new Date(Date.parse(work.now) + days * 86_400_000).toISOString()
  await markActivationsUsed(work, personId)
  await insertActivation(work, {
    id: work.newId(),
    personId,
    tokenHash: slipHash(token),
    createdAt: work.now,
    expiresAt,
    usedAt: null,
    requestId,
  })
  work.record('account.activationIssued', 'person', personId, { expiresAt, ...(requestId ? { requestId } : {}) })
  return { token, expiresAt }
}

/** Spends an activation once; of two who try, one wins. */
export async function spendActivation(work: Work<Actor>, activationId: string): Promise<void> {
  if (!(await markActivationUsed(work, activationId))) throw refuse('linkSpent')
}
