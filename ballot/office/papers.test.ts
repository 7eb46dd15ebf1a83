import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answersOf, batchBody, openSurvey, testBox } from '#tests/world/testBox.ts'
import type { Queue } from '../box/writeQueue.ts'
import { enterPaper } from './paper.ts'

test('of three who typed one paper any two who agree count, whichever of them came first', async (t) => {
  const { box } = await testBox(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 6, size: 6 })])
  for (const [at, code] of codes.entries()) {
    const entry = { code: code.typed, answers: answersOf('parent', 'satisfied'), text: '' }
    const wrong = { ...entry, answers: { ...entry.answers, p2: 'fair' as const, p3: 'fair' as const } }
    const [first, second] = at % 2 ? [entry, wrong] : [wrong, entry]
    await box.calls.enterPaper(survey.id, { ...first, enteredBy: 'one' })
    const differs = await box.calls.enterPaper(survey.id, { ...second, enteredBy: 'two' })
    assert.deepEqual(differs, { state: 'differs', questions: ['p2', 'p3'] })
    const third = at % 3 ? 'three' : 'a'
    assert.deepEqual(await box.calls.enterPaper(survey.id, { ...entry, enteredBy: third }), { state: 'counted' })
  }
})

test('a paper that was typed after the office had counted them is not given up unseen: nothing is closed', async (t) => {
  const { box } = await testBox(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 2, size: 2 })])
  const entry = { code: codes[0]?.typed ?? '', answers: answersOf('parent', 'satisfied'), text: '' }
  await box.calls.enterPaper(survey.id, { ...entry, enteredBy: 'one' })
  await assert.rejects(box.calls.close(survey.id, 0), /刚才又有人录入纸质问卷，现在还有 1 份/)
  assert.deepEqual(await box.calls.enterPaper(survey.id, { ...entry, enteredBy: 'two' }), { state: 'counted' })
  assert.deepEqual(await box.calls.close(survey.id, 0), { cast: 1 })
})

test('a paper whose second typing meets the closing is told that the survey has closed, not that its code was used', async (t) => {
  const { box } = await testBox(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 2, size: 2 })])
  const entry = { code: codes[0]?.typed ?? '', answers: answersOf('parent', 'satisfied'), text: '' }
  await box.calls.enterPaper(survey.id, { ...entry, enteredBy: 'one' })
  const closing: Queue = { cast: async () => ({ state: 'closed' }), busy: () => false, idle: async () => undefined }
  const told = await enterPaper(box.context, closing, survey.id, { ...entry, enteredBy: 'two' })
  assert.deepEqual(told, { state: 'refused', reason: '测评刚刚截止，这份问卷没有计入。' })
})
