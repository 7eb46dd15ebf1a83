import { againstUnseen, type Refusal, type RefusalCode, refusal, sentenceOf, statusOf } from '#domain/base/refusal.ts'

/** The one error that a person may see; anything else thrown is a defect. */
export class Problem extends Error {
  readonly reasons: readonly Refusal[]
  readonly status: number
  /** Seconds after which trying again makes sense; told in the header that programs read. */
  readonly retryAfter: number | undefined

  constructor(reasons: readonly Refusal[], retryAfter?: number) {
    const first = reasons[0] ?? refusal('invalid')
    super(reasons.length === 1 ? first.message : sentenceOf(first.code))
    this.reasons = reasons.length === 0 ? [first] : reasons
    this.retryAfter = retryAfter
    this.status = statusOf(mostDecisive(reasons.map((one) => one.code)))
  }
}

/** What must not be known to exist wins over what is not allowed, which wins over what is not complete. */
function mostDecisive(codes: RefusalCode[]): RefusalCode {
  const order = [401, 404, 403, 423, 429, 503, 507, 500, 410, 409, 413, 415, 422]
  return codes.toSorted((a, b) => order.indexOf(statusOf(a)) - order.indexOf(statusOf(b)))[0] ?? 'invalid'
}

export function demand(reasons: readonly Refusal[]): void {
  if (reasons.length === 0) return
  const hidden = reasons.find((one) => one.code === 'notFound')
  throw new Problem(hidden ? [refusal('notFound')] : reasons)
}

export function refuse(code: RefusalCode, message?: string, where?: { field?: string; href?: string }): Problem {
  return new Problem([refusal(code, message, where)])
}

/** The line is full; nothing is wrong with what was sent. */
export const busy = (seconds: number, message?: string): Problem => new Problem([refusal('busy', message)], seconds)

export const notFound = (): Problem => refuse('notFound')

/** The row, or 404 when there is none. */
export function found<T>(row: T | undefined | null): T {
  if (row === undefined || row === null) throw notFound()
  return row
}

/** Refuses what is decided on something else than what stands now; who acts without a screen has seen what it just read. */
export const unseen = (seen: string | undefined, now: string, act: string, what?: string): Refusal[] =>
  seen === undefined ? [] : againstUnseen(seen, now, act, what)

/** A conditional update that changed no row lost a race. */
export function changedOne(result: { numUpdatedRows: bigint }): void {
  if (result.numUpdatedRows !== 1n) throw refuse('stateChanged')
}
