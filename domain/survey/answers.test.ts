import assert from 'node:assert/strict'
import { test } from 'node:test'
import { againstAnswers } from './answers.ts'
import { questionnaireOf } from './questionBank.ts'
import { type Answer, REMARK_LENGTH } from './survey.ts'

const parents = questionnaireOf('parent')
const whole = Object.fromEntries(parents.questions.map(({ id }): [string, Answer] => [id, 'satisfied']))
const reasonsOf = (answers: Record<string, string>, text = '') =>
  againstAnswers(parents, { answers, text }).map(({ code, field }) => [code, field])

test('a ballot is whole when each of its questions has an answer that its audience can choose', () => {
  assert.deepEqual(reasonsOf(whole), [])
  const [first, second] = parents.questions.map((one) => one.id)
  const { [first ?? '']: _left, ...rest } = whole
  assert.deepEqual(reasonsOf({ ...rest, [second ?? '']: '开心' }), [
    ['incomplete', first],
    ['incomplete', second],
  ])
})

test('its text names nobody by a number and keeps to its room, by characters and by bytes', () => {
  assert.deepEqual(reasonsOf(whole, '很好。'), [])
  assert.deepEqual(reasonsOf(whole, '打 13800138000 找我'), [['invalid', 'text']])
  assert.deepEqual(reasonsOf(whole, ` ${'好'.repeat(REMARK_LENGTH)} `), [])
  assert.deepEqual(reasonsOf(whole, '好'.repeat(REMARK_LENGTH + 1)), [['tooLarge', 'text']])
  assert.deepEqual(reasonsOf(whole, '👨‍👩‍👧‍👦'.repeat(REMARK_LENGTH - 1)), [['tooLarge', 'text']])
})
