import { quoted } from '#domain/base/text.ts'
/** Digits, signs and points as a Chinese keyboard writes them, in the width that a computer reads. */
const halfWidth = (text: string): string => text.normalize('NFKC').replace(/。/g, '.').replace(/[−–—]/g, '-').trim()

/** A whole number as typed, or why it is none; nothing typed is nothing. */
export function wholeNumber(text: string, least: number, most: number): { value: number | null; wrong?: string } {
  const typed = halfWidth(text).replace(/^(-?\d{1,3})(,\d{3})+$/, (all) => all.replace(/,/g, ''))
  if (typed === '') return { value: null }
  if (!/^-?\d+$/.test(typed)) return { value: null, wrong: `${quoted(text.trim())}不是整数，请只写数字` }
  const value = Number(typed)
  if (value < least) return { value: null, wrong: `不能小于 ${least}` }
  if (value > most) return { value: null, wrong: `不能大于 ${most}` }
  return { value }
}

/** A date as documents write it (2026年5月9日, 2026.5.9, full width), as a date field holds it. */
export function dateIn(text: string): string | undefined {
  const found = /^(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?$/.exec(halfWidth(text))
  if (!found) return undefined
  const date = `${found[1]}-${found[2]?.padStart(2, '0')}-${found[3]?.padStart(2, '0')}`
  const time = Date.parse(date)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? date : undefined
}
