import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  divideHalfUp,
  mean,
  parseScore,
  shareOut,
  showFixed,
  showPercent,
  showScore,
  sum,
  trimmedMean,
} from './score.ts'

const scores = fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 30 })

test('a percent has two decimals always, so that two beside each other read alike', () => {
  assert.deepEqual([390, 426, 10_000, 0, null].map(showPercent), ['3.90%', '4.26%', '100.00%', '0.00%', '—'])
})

test('a mean is rounded half up to whole hundredths', () => {
  assert.equal(mean([1875, 1876]), 1876)
  assert.equal(mean([100, 100, 101]), 100)
  assert.equal(mean([-1, -2]), -1)
  assert.equal(mean([]), 0)
})

test('rounding half up equals exact arithmetic with big integers', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 1, max: 1e5 }), (dividend, divisor) => {
      const [n, d] = [2n * BigInt(dividend) + BigInt(divisor), 2n * BigInt(divisor)]
      const exact = n >= 0n ? n / d : -((-n + d - 1n) / d)
      assert.equal(divideHalfUp(dividend, divisor), Number(exact))
    }),
  )
})

test('rule 7: with five or more values one highest and one lowest are dropped, with four none is', () => {
  assert.equal(trimmedMean([0, 100, 100, 100]), 75)
  assert.equal(trimmedMean([0, 100, 100, 100, 400]), 100)
  assert.equal(trimmedMean([500, 500, 100, 100, 100]), 233)
})

test('a mean does not depend on the order of its values', () => {
  fc.assert(
    fc.property(scores, (values) => {
      assert.equal(trimmedMean(values.toReversed()), trimmedMean(values))
      assert.equal(mean(values.toSorted((a, b) => a - b)), mean(values))
    }),
  )
})

test('a score is shown and read back as itself, and more than two decimals are refused', () => {
  assert.equal(showScore(1875), '18.75')
  assert.equal(showScore(1850), '18.5')
  assert.equal(showScore(1805), '18.05')
  assert.equal(showScore(-5), '-0.05')
  assert.equal(parseScore('18.75'), 1875)
  assert.equal(parseScore(' 18.5 '), 1850)
  for (const text of ['', '18.755', '1e3', '-1', '.5', '18.', '十八', 'NaN', '1234567'])
    assert.equal(parseScore(text), undefined)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), (value) => assert.equal(parseScore(showScore(value)), value)),
  )
})

test('a sum shared out adds up to itself again, and no part passes its weight', () => {
  assert.deepEqual(shareOut(1000, [1, 1, 1]), [334, 333, 333])
  assert.deepEqual(shareOut(5, [0, 0]), [0, 0])
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 17 }),
      fc.nat(100),
      (weights, percent) => {
        const whole = sum(weights)
        const amount = Math.floor((whole * percent) / 100)
        const parts = shareOut(amount, weights)
        assert.equal(sum(parts), whole === 0 ? 0 : amount)
        assert.ok(parts.every((part, at) => part >= 0 && part <= (weights[at] ?? 0)))
      },
    ),
  )
})

test('points in a column always have two decimals, in a sentence only those that say something', () => {
  assert.deepEqual([1800, 1850, 1805, 5, 0, -150, 100_000].map(showFixed), [
    '18.00',
    '18.50',
    '18.05',
    '0.05',
    '0.00',
    '-1.50',
    '1000.00',
  ])
  assert.deepEqual([1800, 1850, 1805, 5, 0, -150, 100_000].map(showScore), [
    '18',
    '18.5',
    '18.05',
    '0.05',
    '0',
    '-1.5',
    '1000',
  ])
})
