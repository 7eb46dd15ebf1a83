import { type Refusal, refusal } from '#domain/base/refusal.ts'

/** One year's holidays and make-up working days, as the State Council's yearly notice sets them. */
export interface CalendarYear {
  year: number
  holidays: readonly string[]
  makeUpDays: readonly string[]
}

export type Calendar = readonly CalendarYear[]

const DAY = 86_400_000

/** The date `days` after a date; plain calendar days. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

/** The same day so many years later; the 29th of February ends on the 28th where the year has none. */
export function addYears(date: string, years: number): string {
  const later = `${Number(date.slice(0, 4)) + years}${date.slice(4)}`
  return addDays(later, 0) === later ? later : addDays(`${later.slice(0, 7)}-28`, 0)
}

export const daysBetween = (from: string, until: string): number =>
  Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY)

/** `2026-09-01` as 2026年9月1日. */
export function dateInWords(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

/** An instant as 2026-05-11 10:00 in Shanghai, which has kept UTC+8 without summer time since 1992. */
export const shanghaiTime = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/** The date in Shanghai of an instant. */
export const shanghaiDate = (instant: string): string => shanghaiTime(instant).slice(0, 10)

/** The instant at which a date begins in Shanghai. */
export const startOfDay = (date: string): string => new Date(`${date}T00:00:00+08:00`).toISOString()

/** The hour of an instant in Shanghai, 0 to 23. */
export const shanghaiHour = (instant: string): number => Number(shanghaiTime(instant).slice(11, 13))

/** The minute of an instant in Shanghai: 2026年11月17日 12:00. */
export const timeInWords = (instant: string): string =>
  `${dateInWords(shanghaiDate(instant))} ${shanghaiTime(instant).slice(11)}`

/** The day of a date or of an instant as every public page writes it, in Shanghai: 2026年9月1日. */
export const dayInWords = (at: string): string => (at === '' ? '' : dateInWords(at.length > 10 ? shanghaiDate(at) : at))

const span = (from: string, until: string): string[] =>
  Array.from({ length: daysBetween(from, until) + 1 }, (_, index) => addDays(from, index))

/** The years whose notices are known to the product; the office adds later ones. */
export const knownCalendar: Calendar = [
  {
    year: 2025,
    holidays: [
      '2025-01-01',
      ...span('2025-01-28', '2025-02-04'),
      ...span('2025-04-04', '2025-04-06'),
      ...span('2025-05-01', '2025-05-05'),
      ...span('2025-05-31', '2025-06-02'),
      ...span('2025-10-01', '2025-10-08'),
    ],
    makeUpDays: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  {
    year: 2026,
    holidays: [
      ...span('2026-01-01', '2026-01-03'),
      ...span('2026-02-15', '2026-02-23'),
      ...span('2026-04-04', '2026-04-06'),
      ...span('2026-05-01', '2026-05-05'),
      ...span('2026-06-19', '2026-06-21'),
      ...span('2026-09-25', '2026-09-27'),
      ...span('2026-10-01', '2026-10-07'),
    ],
    makeUpDays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
]

const yearOf = (date: string): number => Number(date.slice(0, 4))

/**
 * Whether a day is worked; nothing when its year is not in the calendar, for a guess would be worse (rule 12).
 * The notice of the following year is asked first: New Year's days off and their make-up days often lie in December.
 */
export function isWorkingDay(date: string, calendar: Calendar): boolean | undefined {
  const own = yearOf(date)
  if (!calendar.some((one) => one.year === own)) return undefined
  for (const year of [own + 1, own]) {
    const notice = calendar.find((one) => one.year === year)
    if (notice?.makeUpDays.includes(date)) return true
    if (notice?.holidays.includes(date)) return false
  }
  const weekday = weekdayOf(date)
  return weekday !== 0 && weekday !== 6
}

/** 0 is Sunday. */
const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay()

/** The statutory days off of a year (全国年节及纪念日放假办法) are 13; a notice never lists fewer, with the year before 2025 in mind 11. */
const FEWEST_HOLIDAYS = 11

/** Every reason why these days cannot be a year's notice; days of the December before belong to it. */
export function againstCalendarYear(entry: CalendarYear): Refusal[] {
  const { year, holidays, makeUpDays } = entry
  const belongs = (day: string) => day.startsWith(`${year}-`) || day.startsWith(`${year - 1}-12-`)
  const outside = (days: readonly string[], field: string) =>
    days
      .filter((day) => !belongs(day))
      .map((day) =>
        refusal('invalid', `${dateInWords(day)}不属于 ${year} 年的放假通知，请录入 ${yearOf(day)} 年的工作日历。`, {
          field,
        }),
      )
  const both = makeUpDays.filter((day) => holidays.includes(day))
  const weekdays = makeUpDays.filter((day) => ![0, 6].includes(weekdayOf(day)))
  const few =
    new Set(holidays).size < FEWEST_HOLIDAYS
      ? `全年的节假日不会少于 ${FEWEST_HOLIDAYS} 天，现在是 ${new Set(holidays).size} 天，请照放假通知补齐。`
      : undefined
  return [
    ...(few ? [refusal('incomplete', few, { field: 'holidays' })] : []),
    ...outside(holidays, 'holidays'),
    ...outside(makeUpDays, 'makeUpDays'),
    ...both.map((day) => refusal('invalid', `${dateInWords(day)}不能既放假又上班。`, { field: 'makeUpDays' })),
    ...weekdays.map((day) =>
      refusal('invalid', `${dateInWords(day)}不是周末，不用写成调休上班日。`, { field: 'makeUpDays' }),
    ),
  ]
}

/** The years whose notice must be entered by this day: its own, and from November on the next one. */
export function calendarYearsWanted(today: string, calendar: Calendar): number[] {
  const year = yearOf(today)
  const wanted = today.slice(5) >= '11-01' ? [year, year + 1] : [year]
  return wanted.filter((one) => !calendar.some((known) => known.year === one))
}

/** The last of `count` working days after a date, which is itself not counted (rule 12). */
export function addWorkingDays(date: string, count: number, calendar: Calendar): string | { refused: Refusal } {
  let day = date
  for (let left = count; left > 0; ) {
    day = addDays(day, 1)
    const working = isWorkingDay(day, calendar)
    if (working === undefined) return { refused: yearMissing(yearOf(day)) }
    if (working) left -= 1
  }
  return day
}

export function yearMissing(year: number): Refusal {
  return refusal(
    'incomplete',
    `工作日历里还没有 ${year} 年的节假日安排，无法计算工作日。请局党工委办先在“工作日历”录入 ${year} 年的放假通知。`,
    { field: 'calendar', href: '/console/calendar' },
  )
}
