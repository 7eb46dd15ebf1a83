import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daysOfNotice } from './noticeDays.ts'

const days = (text: string) => daysOfNotice(text, 2027)

test('days are read as people copy them from the notice, with weekdays, full-width digits and short ends', () => {
  const three = ['2027-01-01', '2027-01-02', '2027-01-03']
  for (const text of [
    '1月1日（周五）至3日',
    '2027-01-01至2027-01-03',
    '１月１日至１月３日',
    '1月1日 ~ 3日（星期日）放假调休，共3天。',
    '2027/1/1\n2027.1.2、1月3号',
  ])
    assert.deepEqual(days(text), { days: three, mistakes: [] }, text)
})

test('a span over New Year begins in the year before', () => {
  assert.deepEqual(days('12月31日至1月2日').days, ['2026-12-31', '2027-01-01', '2027-01-02'])
})

test('what cannot be read is named as it was typed, and no day is guessed', () => {
  assert.deepEqual(days('10月1日至7日，国庆节，2月30日，10月8日至1日'), {
    days: [1, 2, 3, 4, 5, 6, 7].map((day) => `2027-10-0${day}`),
    mistakes: ['国庆节', '2月30日', '10月8日至1日'],
  })
})
