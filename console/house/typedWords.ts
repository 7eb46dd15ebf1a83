/** What somebody typed in a dialogue, with the words that stood there when they began. */
export interface TypedWords {
  text: string
  from: string
}

/** What this browser kept, if it is that. */
export function wordsOf(kept: Record<string, unknown> | undefined): TypedWords | undefined {
  const { text, from = '' } = kept ?? {}
  return typeof text === 'string' && typeof from === 'string' ? { text, from } : undefined
}

/** Whether they began from what stands there now; if not, somebody has written something newer since, which must be told. */
export const begunFrom = (typed: TypedWords | undefined, now: string): boolean =>
  typed === undefined || typed.from === now || typed.text === now
