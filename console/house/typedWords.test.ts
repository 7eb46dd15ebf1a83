import assert from 'node:assert/strict'
import { test } from 'node:test'
import { begunFrom, wordsOf } from './typedWords.ts'

test('words typed over an answer that somebody has corrected since are known for older ones, and nobody’s words are thrown away', () => {
  const typed = wordsOf({ text: '我改的', from: '原来的答复' })
  assert.deepEqual(typed, { text: '我改的', from: '原来的答复' })
  assert.equal(begunFrom(typed, '原来的答复'), true)
  assert.equal(begunFrom(typed, '同事更正后的答复'), false)
  assert.equal(begunFrom(typed, '我改的'), true, 'they are what stands there now')
  assert.equal(begunFrom(undefined, '同事更正后的答复'), true)
})

test('what a browser kept before it noted where words began counts as begun from nothing', () => {
  assert.deepEqual(wordsOf({ text: '理由' }), { text: '理由', from: '' })
  assert.equal(begunFrom(wordsOf({ text: '理由' }), ''), true)
  assert.equal(begunFrom(wordsOf({ text: '理由' }), '已有的'), false)
  assert.equal(wordsOf(undefined), undefined)
  assert.equal(wordsOf({ base: {} }), undefined)
})
