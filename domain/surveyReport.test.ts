import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type AudienceTally, satisfactionOf } from './survey.ts'
import { bandOf, cellOf, hiddenIn, sourceOfIndex, sumTallies, whyHidden, withoutIndex } from './surveyReport.ts'

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

test('the spread of four schools is told to nobody; of five it lies between the lowest and the highest, in order', () => {
  assert.equal(bandOf([1, 2, 3, 4]), null)
  assert.deepEqual(bandOf([5, 3, 1, 4, 2]), {
    schools: 5,
    lowest: 1,
    lowerQuartile: 2,
    median: 3,
    upperQuartile: 4,
    highest: 5,
  })
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { minLength: 5, maxLength: 60 }), (values) => {
      const band = bandOf(values)
      assert.ok(band)
      const order = [band.lowest, band.lowerQuartile, band.median, band.upperQuartile, band.highest]
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
      )
      for (const one of order) assert.ok(values.includes(one))
    }),
  )
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
