import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHands, openTurns } from './turns.ts'

interface Job {
  owner?: string
  name: string
}

test('security-3 a person with many files waiting has one of them looked at, and the next person comes before the second', () => {
  const turns = openTurns<Job>(10)
  for (const name of ['a1', 'a2', 'a3']) turns.join({ owner: 'a', name })
  turns.join({ owner: 'b', name: 'b1' })
  const first = turns.next()
  assert.equal(first?.name, 'a1')
  assert.equal(turns.next()?.name, 'b1')
  assert.equal(turns.next(), undefined)
  if (first) turns.end(first)
  assert.equal(turns.next()?.name, 'a2')
})

test('security-3 the line has an end, and what the house itself asks for waits for nobody of its own', () => {
  const turns = openTurns<Job>(2)
  assert.equal(turns.join({ name: 'x' }), true)
  assert.equal(turns.join({ name: 'y' }), true)
  assert.equal(turns.join({ name: 'z' }), false)
  assert.equal(turns.next()?.name, 'x')
  assert.equal(turns.next()?.name, 'y')
})

test('security-3 one person has only so many uploads in hand, whatever others do', () => {
  const hands = openHands(2)
  assert.deepEqual([hands.take('a'), hands.take('a'), hands.take('a'), hands.take('b')], [true, true, false, true])
  hands.drop('a')
  assert.equal(hands.take('a'), true)
})
