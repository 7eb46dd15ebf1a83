import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { pageIn, whyNothing } from './nothing.ts'

test('a page past the end says so, with how many there are and the way back, whatever the conditions', () => {
  const past = whyNothing({ page: 9, size: 20, total: 47, conditions: ['查找“红旗”'] })
  assert.deepEqual(past, { kind: 'past', title: '第 9 页没有内容，共 3 页', hint: '一共 47 条。', last: 3 })
})

test('conditions that left nothing are named, the year among them', () => {
  const left = whyNothing({ page: 1, size: 20, total: 0, conditions: ['查找“红旗”', '状态：已公布'], year: 2025 })
  assert.equal(left.kind, 'filtered')
  assert.match(JSON.stringify(left), /条件是：查找“红旗”，状态：已公布，2025 年度。/)
})

test('a list without rows of a chosen year names the year, and one without any says that there is nothing yet', () => {
  assert.deepEqual(whyNothing({ page: 1, size: 20, total: 0, conditions: [], year: 2025 }), {
    kind: 'year',
    hint: '现在看的是 2025 年度。',
  })
  assert.deepEqual(whyNothing({ page: 3, size: 20, total: 0, conditions: [] }), { kind: 'empty' })
})

test('an address that asks for no page at all shows the first', () => {
  for (const asked of ['page=abc', 'page=0', 'page=-1', 'page=1.5', 'page=', 'size=7', 'size=1000000', ''])
    assert.deepEqual(pageIn(new URLSearchParams(asked)), { page: 1, size: 20 }, asked)
  assert.deepEqual(pageIn(new URLSearchParams('page=9999999&size=50')), { page: 100_000, size: 50 })
})

test('whatever turns pages says the truth by the one component', () => {
  const turning = globSync('console/**/*.tsx').filter((file) => /<Pagination\b/.test(readFileSync(file, 'utf8')))
  assert.ok(turning.length >= 3)
  assert.deepEqual(
    // Where all rows are at hand, no page past the last can be asked for.
    turning.filter((file) => !/<NoRows\b|const at = Math\.min\(page\b/.test(readFileSync(file, 'utf8'))),
    [],
  )
})
