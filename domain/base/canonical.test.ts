import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonical } from './canonical.ts'

test('the same content gives the same text whatever the order of its keys', () => {
  assert.equal(canonical({ b: [1, { d: null, c: '党' }], a: true }), '{"a":true,"b":[1,{"c":"党","d":null}]}')
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).toReversed())
      assert.equal(canonical(turned), canonical(value))
    }),
  )
})

test('canonical text is JSON of the same content', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonical(value)
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)))
      assert.equal(canonical(JSON.parse(text)), text)
    }),
  )
})

test('what JSON cannot say is refused instead of being lost', () => {
  const hole = [1, 2, 3]
  delete hole[1]
  for (const value of [
    undefined,
    { a: undefined },
    [undefined],
    hole,
    Number.NaN,
    Infinity,
    () => 1,
    1n,
    Symbol('x'),
    new Date(0),
    new Map(),
  ])
    assert.throws(() => canonical(value), TypeError)
})
