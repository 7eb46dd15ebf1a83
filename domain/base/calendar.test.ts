import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, addWorkingDays, daysBetween, isWorkingDay, knownCalendar, shanghaiDate } from './calendar.ts'

const after = (date: string, count: number) => addWorkingDays(date, count, knownCalendar)

test('rule 12: the posting day is not counted and weekends are skipped', () => {
  assert.equal(after('2026-11-23', 5), '2026-11-30')
  assert.equal(after('2026-11-27', 1), '2026-11-30')
  assert.equal(after('2026-11-28', 1), '2026-11-30')
})

test('rule 12: holidays are skipped and make-up Saturdays and Sundays are worked', () => {
  assert.equal(after('2026-09-30', 1), '2026-10-08')
  assert.equal(after('2026-09-30', 3), '2026-10-10')
  assert.equal(after('2025-12-31', 1), '2026-01-04')
  assert.equal(after('2025-01-24', 1), '2025-01-26')
  for (const day of ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'])
    assert.equal(isWorkingDay(day, knownCalendar), true, day)
  for (const day of ['2026-02-16', '2026-06-19', '2026-09-25', '2025-05-31', '2025-10-08', '2025-11-22'])
    assert.equal(isWorkingDay(day, knownCalendar), false, day)
})

test('rule 12: a year that is not loaded is refused, never guessed', () => {
  assert.equal(isWorkingDay('2027-03-01', knownCalendar), undefined)
  const reached = after('2026-12-30', 2)
  assert.ok(typeof reached === 'object')
  assert.match(reached.refused.message, /2027 年/)
  assert.equal(after('2026-12-30', 1), '2026-12-31')
})

test('every make-up day falls on a weekend and every holiday table stays within its year', () => {
  for (const { year, holidays, makeUpDays } of knownCalendar) {
    for (const day of [...holidays, ...makeUpDays]) assert.equal(day.slice(0, 4), String(year))
    for (const day of makeUpDays) assert.ok([0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()), day)
    assert.ok(!makeUpDays.some((day) => holidays.includes(day)))
  }
})

test('the years known have the number of working days that a person counts', () => {
  const worked = (year: number) =>
    Array.from({ length: 365 }, (_, at) => addDays(`${year}-01-01`, at)).filter((day) =>
      isWorkingDay(day, knownCalendar),
    ).length
  assert.equal(worked(2025), 248)
  assert.equal(worked(2026), 248)
})

const dates = fc.integer({ min: 0, max: 700 }).map((days) => addDays('2025-01-01', days))

test('counting working days back gives the count again', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: 1, max: 10 }), (date, count) => {
      const until = after(date, count)
      if (typeof until !== 'string') return
      const between = Array.from({ length: daysBetween(date, until) }, (_, at) => addDays(date, at + 1))
      assert.equal(between.filter((day) => isWorkingDay(day, knownCalendar)).length, count)
      assert.equal(isWorkingDay(until, knownCalendar), true)
    }),
  )
})

test('a day begins in Shanghai at 16:00 UTC, and the end of February is right', () => {
  assert.equal(shanghaiDate('2026-12-31T15:59:59.999Z'), '2026-12-31')
  assert.equal(shanghaiDate('2026-12-31T16:00:00Z'), '2027-01-01')
  assert.equal(addDays('2028-02-28', 1), '2028-02-29')
  assert.equal(addDays('2026-03-01', -1), '2026-02-28')
  assert.equal(daysBetween('2026-12-31', '2027-01-01'), 1)
})
