import { canonical } from './canonical.ts'

/** A short stamp of what is shown, for records that keep none of their own: equal content has an equal stamp. */
export function stampOf(shown: unknown): string {
  let one = 0xdeadbeef
  let other = 0x41c6ce57
  for (const char of canonical(shown)) {
    const code = char.codePointAt(0) ?? 0
    one = Math.imul(one ^ code, 2654435761)
    other = Math.imul(other ^ code, 1597334677)
  }
  return `${(one >>> 0).toString(36)}-${(other >>> 0).toString(36)}`
}

/** The stamp of a new save: two saves within one millisecond are still two versions. */
export const stampAfter = (before: string, now: string): string =>
  now > before ? now : new Date(Date.parse(before) + 1).toISOString()
