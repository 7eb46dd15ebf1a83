import assert from 'node:assert/strict'
import { test } from 'node:test'
import { grouped } from './grouped.ts'

const item = (id: string, dueDate: string | null, overdue = false) => ({
  id,
  title: id,
  detail: '',
  dueDate,
  overdue,
  href: '/console/',
  kind: 'x',
})

test('the to-do list puts overdue first, then what is due until Sunday, then what has no day, then the rest, earliest first', () => {
  // 2026-10-14 is a Wednesday; its week ends on Sunday the 18th.
  const groups = grouped(
    [
      item('later', '2026-10-19'),
      item('never', null),
      item('sunday', '2026-10-18'),
      item('today', '2026-10-14'),
      item('old', '2026-10-01', true),
    ],
    '2026-10-14',
  )
  assert.deepEqual(
    groups.map((group) => [group.title, group.items.map((one) => one.id)]),
    [
      ['已逾期', ['old']],
      ['本周', ['today', 'sunday']],
      ['等您办，没有规定日期', ['never']],
      ['以后', ['later']],
    ],
  )
})

test('on a Sunday the week ends the same day, across the end of a year', () => {
  const groups = grouped([item('a', '2028-01-02'), item('b', '2028-01-03')], '2028-01-02')
  assert.deepEqual(
    groups.map((group) => group.title),
    ['本周', '以后'],
  )
})
