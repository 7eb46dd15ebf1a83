/** Scores are integers in hundredths of a point; nothing here touches floating point. */

/** Divides rounding half up; both may be any integers, the divisor above 0. */
export function divideHalfUp(dividend: number, divisor: number): number {
  return divideDown(2 * dividend + divisor, 2 * divisor)
}

/** Division that takes the remainder away first, so that no fraction ever exists. */
function divideDown(dividend: number, divisor: number): number {
  const rest = ((dividend % divisor) + divisor) % divisor
  return (dividend - rest) / divisor
}

/**
 * Divides a sum by weights into whole hundredths that add up to it again: each part rounded down, what is left given to the
 * largest remainders, the earlier part first.
 */
export function shareOut(amount: number, weights: readonly number[]): number[] {
  const whole = sum(weights)
  if (whole === 0) return weights.map(() => 0)
  const parts = weights.map((weight) => divideDown(amount * weight, whole))
  const rests = weights.map((weight, at) => ({ at, rest: amount * weight - (parts[at] ?? 0) * whole }))
  const receivers = rests.toSorted((a, b) => b.rest - a.rest || a.at - b.at).slice(0, amount - sum(parts))
  for (const { at } of receivers) parts[at] = (parts[at] ?? 0) + 1
  return parts
}

/** Points as a standard prints them (2 or 0.5) in hundredths; the only place where a fraction may enter. */
export const toHundredths = (points: number): number => Math.round(points * 100)

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** The mean in hundredths, half up; 0 for no values. */
export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : divideHalfUp(sum(values), values.length)

export const TRIM_FROM = 5

/** With five or more values the highest and the lowest (one each) are dropped before the mean (rule 7). */
export function trimmedMean(values: readonly number[]): number {
  if (values.length < TRIM_FROM) return mean(values)
  const sorted = values.toSorted((a, b) => a - b)
  return mean(sorted.slice(1, -1))
}

/** 1850 → "18.50": always two decimals, so that a column of points stands in line. */
export function showFixed(hundredths: number): string {
  const amount = Math.abs(hundredths)
  return `${hundredths < 0 ? '-' : ''}${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`
}

/** 390 → "3.90%", as every figure of a survey is told; a dash for what is not told. */
export const showPercent = (hundredths: number | null): string =>
  hundredths === null ? '—' : `${showFixed(hundredths)}%`

/** 1850 → "18.5", 1800 → "18". */
export const showScore = (hundredths: number): string => showFixed(hundredths).replace(/\.?0+$/, '')

/** "18.75" → 1875; nothing for what is no number of at most two decimals. */
export function parseScore(text: string): number | undefined {
  const match = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (!match) return undefined
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}
