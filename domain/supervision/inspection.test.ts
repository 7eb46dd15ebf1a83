import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tallyOf } from './inspection.ts'

const at = (answer: string, inspectedOn: string | null = '2026-05-11') => ({ inspectedOn, answers: [answer] })

test('what inspectors wrote for an item is counted by its words; sentences of one school alone are the others', () => {
  const schools = [at('是'), at('是 '), at('否'), at('墙上的公示是去年的，书记说下周更换'), at(''), at('是', null)]
  assert.deepEqual(tallyOf(['方案是否公布'], schools), [
    {
      item: '方案是否公布',
      written: 4,
      answers: [
        { answer: '是', count: 2 },
        { answer: '否', count: 1 },
      ],
      others: 1,
    },
  ])
  assert.deepEqual(
    tallyOf(['一', '二'], []).map((one) => [one.written, one.others]),
    [
      [0, 0],
      [0, 0],
    ],
  )
})

test('a line names five answers at most, the commonest first', () => {
  const [row] = tallyOf(
    ['一'],
    ['甲', '乙', '丙', '丁', '戊', '己', '己'].map((answer) => at(answer)),
  )
  assert.deepEqual([row?.answers[0]?.answer, row?.answers.length, row?.others], ['己', 5, 1])
})
