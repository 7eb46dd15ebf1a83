import { addDays, daysBetween } from '#domain/base/calendar.ts'

/** A holiday of the notice is never longer than this; a span beyond it is a slip of the pen. */
const LONGEST = 30

const DAY = /^(?:(\d{4})[年./-])?(\d{1,2})[月./-](\d{1,2})[日号]?$/
const LAST_DAY = /^(\d{1,2})[日号]?$/
const WEEKDAYS = /[（(]?(?:星期|周)[一二三四五六日天][)）]?/g
const WORDS = /放假调休|放假|调休|上班|补班|共\d+天|[。.；;]$/g

export interface NoticeDays {
  days: string[]
  /** What could not be read, each piece as it was typed. */
  mistakes: string[]
}

/**
 * Days as people copy them from the notice: one to a line or parted by 、，；, a span with 至, 到 or ~, with or without year and
 * weekday: “1月1日（周四）至3日”, “2026-10-01至2026-10-07”. Full-width digits count. A day without a year belongs to `year`;
 * December before January in one span belongs to the year before.
 */
export function daysOfNotice(text: string, year: number): NoticeDays {
  const days = new Set<string>()
  const mistakes: string[] = []
  for (const piece of piecesOf(text)) {
    const read = spanOf(piece.replace(WEEKDAYS, '').replace(WORDS, ''), year)
    if (read) for (const day of read) days.add(day)
    else mistakes.push(piece)
  }
  return { days: [...days].toSorted(), mistakes }
}

const piecesOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .replace(/[ \t]*(至|到|~|—+|–)[ \t]*/g, '至')
    .split(/[\s,，;；、]+/)
    .filter((piece) => piece.replace(WORDS, '') !== '')

function spanOf(piece: string, year: number): string[] | undefined {
  const [first = '', last, ...more] = piece.split('至')
  const from = dayOf(first, year)
  if (!from || more.length > 0) return undefined
  if (last === undefined) return [from]
  const until = endOf(last, from)
  if (!until) return undefined
  // “12月31日至1月3日” of next year's notice begins in the year before.
  const begin = from > until && from.endsWith('-12-31') ? dayOf(first, year - 1) : from
  const length = begin ? daysBetween(begin, until) : -1
  if (!begin || length < 0 || length > LONGEST) return undefined
  return Array.from({ length: length + 1 }, (_, index) => addDays(begin, index))
}

/** The end of a span may leave out its month: “10月1日至7日”. */
function endOf(text: string, from: string): string | undefined {
  const short = LAST_DAY.exec(text)
  if (short) return real(`${from.slice(0, 7)}-${String(short[1]).padStart(2, '0')}`)
  return dayOf(text, Number(from.slice(0, 4)))
}

function dayOf(text: string, year: number): string | undefined {
  const [, own, month, day] = DAY.exec(text) ?? []
  if (!month || !day) return undefined
  return real(`${own ?? year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}

/** A day that stands in the calendar; the 30th of February does not. */
const real = (date: string): string | undefined =>
  !Number.isNaN(Date.parse(`${date}T00:00:00Z`)) && addDays(date, 0) === date ? date : undefined
