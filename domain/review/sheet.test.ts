import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { againstSheet, disagreementOf, readScores, totalOfSheet } from './sheet.ts'
import { linesOf, type Standard } from '#domain/year/standard.ts'

const standard: Standard = JSON.parse(readFileSync(new URL('../year/default-standard.json', import.meta.url), 'utf8'))
const lines = linesOf(standard, 'presentation')
const full = Object.fromEntries(lines.map((line) => [line.code, line.maximum]))
const fields = (scores: Record<string, number>) =>
  againstSheet(standard, 'presentation', scores).map((one) => one.field)

test('a complete sheet is accepted and adds up to the full marks of its method', () => {
  assert.deepEqual(againstSheet(standard, 'presentation', full), [])
  assert.equal(
    totalOfSheet(lines, full),
    lines.reduce((total, line) => total + line.maximum, 0),
  )
})

test('a missing, an unknown, a too large, a negative and a too fine score are all named at once', () => {
  const { A1: _missing, ...rest } = full
  const reasons = againstSheet(standard, 'presentation', { ...rest, A2: 401, A3: -1, C1: 10.5, C4: Number.NaN, Z9: 1 })
  assert.deepEqual(reasons.map((one) => one.field).toSorted(), ['A1', 'A2', 'A3', 'C1', 'C4', 'Z9'])
  assert.equal(reasons.find((one) => one.field === 'A1')?.code, 'incomplete')
})

test('a draft may have gaps but no wrong score', () => {
  assert.deepEqual(againstSheet(standard, 'presentation', {}, { partial: true }), [])
  assert.equal(againstSheet(standard, 'presentation', { A1: 201 }, { partial: true }).length, 1)
})

test('an indicator whose code is a word of the language is no trap', () => {
  assert.deepEqual(fields({ ...full, constructor: 1 }), ['constructor'])
})

test('the survey is never scored on a sheet', () => {
  assert.equal(againstSheet(standard, 'survey', {}).length, 1)
})

test('rule 6: steps and deductions per miss allow their own scores only', () => {
  const copy = structuredClone(standard)
  Object.assign(copy.dimensions[0]?.indicators[0] ?? {}, { kind: 'steps', steps: [0, 50, 100] })
  Object.assign(copy.dimensions[0]?.indicators[1] ?? {}, { kind: 'deductPerMiss', perMiss: 150 })
  const wrong = (change: Record<string, number>) => againstSheet(copy, 'presentation', { ...full, ...change }).length
  assert.equal(wrong({ A1: 100 }), 0)
  assert.equal(wrong({ A1: 150 }), 1)
  for (const score of [400, 250, 100, 0]) assert.equal(wrong({ A2: score }), 0)
  assert.equal(wrong({ A2: 300 }), 1)
})

test('typed scores are read in full width too, and three decimals are told apart from words', () => {
  const { scores, reasons } = readScores({ A1: '１.5', A2: '3', A3: '', C1: '1.255', C4: '很好' })
  assert.deepEqual(scores, { A1: 150, A2: 300 })
  assert.deepEqual(
    reasons.map((one) => one.message),
    ['C1 的分数最多保留两位小数。', 'C4 的分数“很好”不是数字，请重填。'],
  )
})

test('rule 10: sheets more than 15 per cent of full marks apart are flagged, exactly 15 are not', () => {
  const sheets = (...totals: number[]) => totals.map((total, at) => ({ id: `s${at}`, total }))
  assert.equal(disagreementOf(sheets(1000, 1300), 2000), undefined)
  assert.deepEqual(disagreementOf(sheets(1200, 1301, 1000), 2000), {
    lowest: { id: 's2', total: 1000 },
    highest: { id: 's1', total: 1301 },
    spread: 301,
    allowed: 300,
  })
  assert.equal(disagreementOf(sheets(0), 2000), undefined)
  assert.equal(disagreementOf([], 2000), undefined)
})
