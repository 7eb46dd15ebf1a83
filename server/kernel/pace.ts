import { createHmac, randomBytes } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { House } from './work.ts'

const HOUR = 3_600_000
/** Beyond so many addresses the oldest are forgotten: memory is bounded whoever knocks. */
const ADDRESSES_AT_MOST = 20_000

export interface Pace {
  /** How many came from the address in the last hour. */
  from(source: string, now: number): number
  count(source: string, now: number): void
}

const paces = new WeakMap<House, Pace>()

/** One count for each running house. */
export function paceOf(house: House): Pace {
  const known = paces.get(house) ?? openPace()
  paces.set(house, known)
  return known
}

/** Counts what comes from one network address, in memory only, under a key that dies with the process: nobody is recorded. */
function openPace(): Pace {
  const secret = randomBytes(32)
  const kept = new Map<string, number[]>()
  // A household's IPv6 addresses share their first half.
  const keyOf = (source: string): string =>
    createHmac('sha256', secret)
      .update(isIPv6(source) && !source.startsWith('::ffff:') ? source.split(':').slice(0, 4).join(':') : source)
      .digest('base64url')
  const recent = (key: string, now: number): number[] =>
    (kept.get(key) ?? []).filter((at) => at > now - HOUR && at <= now)
  return {
    from: (source, now) => recent(keyOf(source), now).length,
    count(source, now) {
      const key = keyOf(source)
      const times = [...recent(key, now), now]
      kept.delete(key)
      kept.set(key, times.slice(-5_000))
      const oldest = kept.size > ADDRESSES_AT_MOST ? kept.keys().next().value : undefined
      if (oldest !== undefined) kept.delete(oldest)
    },
  }
}
