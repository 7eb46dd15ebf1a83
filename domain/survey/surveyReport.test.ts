import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AudienceTally, satisfactionOf } from './survey.ts'
import {
  bandOf,
  cellOf,
  countsForSchool,
  hiddenIn,
  meanAlone,
  sourceOfIndex,
  sumTallies,
  whyHidden,
  withoutIndex,
} from './surveyReport.ts'

const counts = (satisfied: number, unknown = 0) => ({
  verySatisfied: 0,
  satisfied,
  fair: 0,
  dissatisfied: 0,
  veryDissatisfied: 0,
  unknown,
})
const tally = (audience: AudienceTally['audience'], cast: number, unknown = 0): AudienceTally => ({
  audience,
  issued: 40,
  cast,
  items: cast < 5 ? [] : [{ item: 'q1', overall: true, counts: counts(cast - unknown, unknown) }],
})

test('the spread of seven schools is told to nobody; of eight the middle half in whole points, never an end or an exact figure', () => {
  assert.equal(bandOf([1, 2, 3, 4, 5, 6, 7]), null)
  assert.deepEqual(bandOf([9_012, 8_449, 8_450, 7_000, 9_500, 8_000, 9_100, 6_000]), {
    schools: 8,
    lowerQuartile: 7_000,
    median: 8_400,
    upperQuartile: 9_000,
  })
})

test('a school reads no counts of a question that one or two answered alike, and below ten ballots no question at all', () => {
  const counts = { verySatisfied: 6, satisfied: 4, fair: 0, dissatisfied: 0, veryDissatisfied: 0, unknown: 0 }
  assert.deepEqual(countsForSchool(counts), counts)
  assert.deepEqual(countsForSchool({ ...counts, satisfied: 3, veryDissatisfied: 1 }), {})
  assert.deepEqual([meanAlone(9), meanAlone(10)], [true, false])
})

test('totals hold only cells that may be shown, so no total minus the rest tells a hidden one', () => {
  const totals = sumTallies([[tally('teacher', 20)], [tally('teacher', 4)], [tally('teacher', 12)]])
  assert.deepEqual(
    totals.map((one) => [one.audience, one.cast, one.items[0]?.counts.satisfied]),
    [['teacher', 32, 32]],
  )
  const hidden = hiddenIn([
    { schoolId: 'a', tallies: [tally('teacher', 20)] },
    { schoolId: 'b', tallies: [tally('teacher', 4)] },
  ])
  assert.deepEqual([...hidden], [cellOf('b', 'teacher')])
})

const hiddenFrom = (total: { cast: number; schools: number }) =>
  (['office', 'schools', 'public'] as const).filter((readers) => whyHidden(total, readers) !== '')

test('a total of seven ballots is shown inside the bureau and not to the public', () => {
  assert.deepEqual(hiddenFrom({ cast: 7, schools: 3 }), ['public'])
})

test('a total of two schools is shown to the office only: less its own figures a school would read the other’s', () => {
  const [total] = sumTallies([[tally('teacher', 20)], [tally('teacher', 4)], [tally('teacher', 12)]])
  assert.equal(total?.schools, 2)
  assert.deepEqual(hiddenFrom({ cast: 32, schools: 2 }), ['schools', 'public'])
  assert.deepEqual(hiddenFrom({ cast: 32, schools: 3 }), [])
})

test('a school without an index is told which audience is short and which gave nothing', () => {
  const satisfaction = satisfactionOf('小学', [tally('teacher', 6), tally('parent', 30)])
  assert.equal(withoutIndex(satisfaction), '样本不足：教师回收不足，学生没有有效答卷')
})

test('the source of points names index, ballots, response rate, 不了解 and the digest', () => {
  const tallies = [tally('teacher', 40, 4), tally('parent', 30)]
  const satisfaction = satisfactionOf('幼儿园', tallies)
  assert.equal(
    sourceOfIndex(satisfaction, tallies, 'abcdef0123456789'),
    '满意度指数 85，有效答卷 70 份，回收率 87.50%，“不了解”占 5.71%，计票摘要 abcdef012345',
  )
})
