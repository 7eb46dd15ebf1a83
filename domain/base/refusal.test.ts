import assert from 'node:assert/strict'
import { test } from 'node:test'
import { againstUnseen, statusOf } from './refusal.ts'

const shown = '2026-11-30T01:00:00.000Z'

test('an act on what stood on the screen goes through', () => {
  assert.deepEqual(againstUnseen(shown, shown, '签报'), [])
})

test('an act on what changed since it was shown is refused with what to do, as a conflict', () => {
  const [reason, ...more] = againstUnseen(shown, '2026-11-30T01:00:00.001Z', '签报')
  assert.equal(reason?.message, '内容刚才有改动，请看过最新内容再签报。')
  assert.equal(reason?.code, 'unseen')
  assert.equal(statusOf('unseen'), 409)
  assert.equal(againstUnseen(shown, '', '确认', '名册')[0]?.message, '名册刚才有改动，请看过最新内容再确认。')
  assert.deepEqual(more, [])
})

test('an act that does not say what it saw has not seen it', () => {
  assert.equal(againstUnseen(undefined, shown, '签报').length, 1)
  assert.equal(againstUnseen(null, shown, '签报').length, 1)
})
