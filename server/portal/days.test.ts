import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { rooms } from '../../scripts/floorPlan.ts'
import { dayInWords } from '#domain/base/calendar.ts'

test('every day on a page is Shanghai’s: no instant is cut to its day where pages and lists are made', () => {
  const cut = /\w+(?:At|Instant)(?: \?\? '')?\)?\.slice\(0, ?10\)/
  const files = globSync([
    'server/**/*.ts',
    'ballot/*.ts',
    'console/{home,house,shell,' + rooms.join(',') + '}/**/*.{ts,tsx}',
  ])
  const guilty = files.filter((file) => !file.endsWith('.test.ts') && cut.test(readFileSync(file, 'utf8')))
  assert.deepEqual(guilty, [])
})

test('an instant of the evening in UTC is the next day in Shanghai', () => {
  assert.equal(dayInWords('2026-10-26T20:30:00.000Z'), '2026年10月27日')
  assert.equal(dayInWords('2026-10-26'), '2026年10月26日')
  assert.equal(dayInWords(''), '')
})
