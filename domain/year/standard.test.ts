import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { againstStandard, type Indicator, linesOf, maximumOf, methods, type Standard } from './standard.ts'

const standard: Standard = JSON.parse(readFileSync(new URL('./default-standard.json', import.meta.url), 'utf8'))
const withFirst = (change: object): Standard => {
  const copy = structuredClone(standard)
  const first: Indicator | undefined = copy.dimensions[0]?.indicators[0]
  Object.assign(first ?? {}, change)
  return copy
}
const messages = (one: Standard) => againstStandard(one).map((mistake) => mistake.message)

test('the default standard has no mistake and its methods add up to 100 points', () => {
  assert.deepEqual(againstStandard(standard), [])
  assert.equal(
    methods.map((method) => maximumOf(standard, method)).reduce((total, value) => total + value, 0),
    10_000,
  )
  assert.equal(maximumOf(standard, 'survey'), 1900)
})

test('every line of a score sheet belongs to its method and is a scale when nothing is said', () => {
  const lines = linesOf(standard, 'presentation')
  assert.equal(lines.length, new Set(lines.map((line) => line.code)).size)
  assert.ok(lines.every((line) => line.kind === 'scale' && line.maximum > 0))
  assert.ok(!lines.some((line) => line.code === 'B4'))
})

test('points that do not add up are named for the indicator, its dimension and the total at once', () => {
  const copy = withFirst({ points: 5 })
  assert.deepEqual(
    againstStandard({ ...copy, totalPoints: 99 }).map((one) => one.at),
    ['A', 'A1', 'totalPoints'],
  )
})

test('shares of half and tenth points add up without floating point errors', () => {
  const shared = withFirst({ methods: { documents: 0.1, presentation: 0.2, siteVisit: 3.7 } })
  assert.deepEqual(messages(shared), [])
  assert.equal(linesOf(shared, 'documents')[0]?.maximum, 10)
})

test('an unknown method, an empty title, a repeated code and a useless item are named', () => {
  assert.match(messages(withFirst({ methods: { documents: 2, online: 2 } })).join(), /没有的评审方式“online”/)
  assert.match(messages(withFirst({ title: ' ' })).join(), /A1 没有名称/)
  assert.match(messages(withFirst({ code: 'A2' })).join(), /A2 出现了不止一次/)
  assert.match(messages(withFirst({ methods: { documents: 5, presentation: -1 } })).join(), /0 或以上/)
  const bonus = { cap: -1, items: [{ code: 'P1', title: '', points: 0 }] }
  assert.equal(messages({ ...standard, bonus }).length, 3)
})

test('rule 6: each kind of indicator brings what it needs', () => {
  assert.match(messages(withFirst({ kind: 'steps' })).join(), /各档/)
  assert.deepEqual(messages(withFirst({ kind: 'steps', steps: [0, 50, 100] })), [])
  assert.match(messages(withFirst({ kind: 'deductPerMiss' })).join(), /每缺一项/)
  assert.deepEqual(messages(withFirst({ kind: 'deductPerMiss', perMiss: 50 })), [])
  assert.match(messages(withFirst({ kind: 'survey' })).join(), /群众测评/)
})
