import assert from 'node:assert/strict'
import { test } from 'node:test'
import standard from '#domain/year/default-standard.json' with { type: 'json' }
import { piecesOf } from './evidence.ts'

test('what an indicator says to look at leads into the dossier, to the letter of its words', () => {
  assert.deepEqual(piecesOf('创建方案与本年度任务表'), [
    { text: '创建方案', part: 'plan' },
    { text: '与本年度' },
    { text: '任务表', part: 'plan' },
  ])
  assert.deepEqual(piecesOf('现场展示'), [{ text: '现场展示' }])
  const evidences = [...JSON.stringify(standard).matchAll(/"evidence":"([^"]*)"/g)].map((one) => one[1] ?? '')
  assert.ok(evidences.length > 10)
  for (const evidence of evidences)
    assert.equal(
      piecesOf(evidence)
        .map((one) => one.text)
        .join(''),
      evidence,
    )
  assert.ok(evidences.filter((one) => piecesOf(one).some(({ part }) => part)).length >= 10)
})
