import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Standard } from '#domain/year/standard.ts'
import { type Answer, type Audience, type AudienceTally, satisfactionOf, surveyPoints } from './survey.ts'

const standard: Standard = JSON.parse(readFileSync(new URL('../year/default-standard.json', import.meta.url), 'utf8'))
const none = { verySatisfied: 0, satisfied: 0, fair: 0, dissatisfied: 0, veryDissatisfied: 0, unknown: 0 }
const tally = (audience: AudienceTally['audience'], ...items: Partial<Record<Answer, number>>[]): AudienceTally => ({
  audience,
  issued: 40,
  cast: 30,
  items: items.map((counts, at) => ({ item: `q${at}`, counts: { ...none, ...counts } })),
})

test('rule 7: teachers count 40, parents 35 and pupils 25 per cent, each by the mean of item means', () => {
  const result = satisfactionOf('小学', [
    tally('teacher', { verySatisfied: 30 }, { satisfied: 30 }),
    tally('parent', { fair: 30 }),
    tally('pupil', { dissatisfied: 15, veryDissatisfied: 15 }),
  ])
  assert.deepEqual(
    result.audiences.map((one) => one.mean),
    [9250, 7000, 2000],
  )
  assert.equal(result.index, 3700 + 2450 + 500)
  assert.equal(result.n, 90)
})

test('rule 7: a kindergarten asks teachers and parents, half each, and a stray pupil tally is not counted', () => {
  const asked = [tally('teacher', { verySatisfied: 30 }), tally('parent', { fair: 30 })]
  assert.equal(satisfactionOf('幼儿园', asked).index, 8500)
  assert.deepEqual(
    satisfactionOf('幼儿园', [...asked, tally('pupil', { veryDissatisfied: 30 })]),
    satisfactionOf('幼儿园', asked),
  )
})

test('rule 7: 不了解 is left out of the mean and its share is reported, and so is the response rate', () => {
  const [teacher] = satisfactionOf('小学', [
    tally('teacher', { verySatisfied: 10, unknown: 20 }, { unknown: 30 }),
  ]).audiences
  assert.deepEqual([teacher?.mean, teacher?.unknownShare, teacher?.responseRate, teacher?.n], [10_000, 8333, 7500, 30])
  assert.deepEqual(teacher?.items[1], { item: 'q1', unscored: false, known: 0, mean: null, unknownShare: 10_000 })
})

test('an audience without an answer that counts leaves no index and is named', () => {
  const result = satisfactionOf('小学', [tally('teacher', { fair: 5 }), tally('parent', { unknown: 5 })])
  assert.equal(result.index, null)
  assert.deepEqual(result.missing, ['parent', 'pupil'])
})

test('样本不足: an audience of too few ballots or too small a share leaves no index and is named', () => {
  const enough = { verySatisfied: 30 }
  const others = [tally('parent', enough), tally('pupil', enough)]
  const few = satisfactionOf('小学', [{ ...tally('teacher', enough), issued: 60, cast: 35 }, ...others])
  assert.deepEqual([few.index, few.short], [null, ['teacher']], '35 of 60 teachers are fewer than 60 per cent')
  const just = satisfactionOf('小学', [{ ...tally('teacher', enough), issued: 60, cast: 36 }, ...others])
  assert.deepEqual([just.index, just.short], [10_000, []])
  const tiny = satisfactionOf('小学', [{ ...tally('teacher', { fair: 4 }), issued: 4, cast: 4 }, ...others])
  assert.deepEqual(tiny.short, ['teacher'], 'four of four are still a cell that nobody may see')
})

test('the question on extra paperwork is reported and counts nothing; 满意率 is read from the question on the whole', () => {
  const items = tally('teacher', { verySatisfied: 30 }, { veryDissatisfied: 30 }, { satisfied: 15, fair: 15 }).items
  const marked = items.map((one, at) => ({ ...one, unscored: at === 1, overall: at === 2 }))
  const [teacher] = satisfactionOf('小学', [{ ...tally('teacher'), items: marked }]).audiences
  assert.deepEqual([teacher?.mean, teacher?.satisfied], [8875, 5000])
  assert.equal(teacher?.items[1]?.mean, 0)
})

const counts = fc.record(
  Object.fromEntries(Object.keys(none).map((answer) => [answer, fc.nat(500)])) as Record<Answer, fc.Arbitrary<number>>,
)

test('the index stays between 0 and 100 and never falls when an answer gets better', () => {
  fc.assert(
    fc.property(counts, (one) => {
      const index = (given: typeof one) =>
        satisfactionOf('幼儿园', [tally('teacher', given), tally('parent', { fair: 1 })]).index ?? 0
      const before = index(one)
      assert.ok(before >= 0 && before <= 10_000)
      if (one.dissatisfied > 0)
        assert.ok(index({ ...one, dissatisfied: one.dissatisfied - 1, satisfied: one.satisfied + 1 }) >= before)
    }),
  )
})

test('survey points are the index of the full marks, and the parts add up to them exactly', () => {
  assert.equal(surveyPoints(10_000, standard).points, 1900)
  assert.equal(surveyPoints(9025, standard).points, 1715)
  fc.assert(
    fc.property(fc.nat(10_000), (index) => {
      const { points, parts } = surveyPoints(index, standard)
      assert.equal(
        parts.reduce((total, part) => total + part.points, 0),
        points,
      )
      assert.ok(parts.every((part) => part.points >= 0 && part.points <= part.maximum))
    }),
  )
  assert.deepEqual(
    surveyPoints(5000, standard).parts.map((part) => part.code),
    ['C2', 'C3', 'D1', 'D2', 'D4'],
  )
})

/** Rule 7 as a school clerk would do it with fractions on paper, in an own small arithmetic of numerator and denominator. */
function indexOnPaper(counts: Record<'teacher' | 'parent' | 'pupil', Partial<Record<Answer, number>>[]>): number {
  const worth = { verySatisfied: 100n, satisfied: 85n, fair: 70n, dissatisfied: 40n, veryDissatisfied: 0n }
  let [over, under] = [0n, 1n]
  for (const [audience, weight] of [
    ['teacher', 40n],
    ['parent', 35n],
    ['pupil', 25n],
  ] as const)
    for (const item of counts[audience]) {
      let [value, known] = [0n, 0n]
      for (const [answer, points] of Object.entries(worth)) {
        const many = BigInt(item[answer as keyof typeof worth] ?? 0)
        value += many * points
        known += many
      }
      const [more, part] = [weight * value, known * BigInt(counts[audience].length)]
      over = over * part + more * under
      under *= part
    }
  return Number((2n * over + under) / (2n * under))
}

test('rule 7: the index is reckoned in exact fractions and rounded once, whatever was answered', () => {
  const item = fc.record({
    verySatisfied: fc.integer({ min: 1, max: 200 }),
    satisfied: fc.nat(200),
    fair: fc.nat(200),
    dissatisfied: fc.nat(50),
    veryDissatisfied: fc.nat(50),
  })
  const items = fc.array(item, { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(fc.record({ teacher: items, parent: items, pupil: items }), (counts) => {
      const audiences = ['teacher', 'parent', 'pupil'] as const
      const { index } = satisfactionOf(
        '小学',
        audiences.map((audience) => tally(audience, ...counts[audience])),
      )
      assert.equal(index, indexOnPaper(counts))
    }),
  )
})

test('rule 7: three rounded levels would lift this index by 0.01; reckoned exactly it stays', () => {
  const third = { verySatisfied: 1, satisfied: 0, fair: 1, dissatisfied: 1 }
  const same = [third, third, third]
  const { index } = satisfactionOf('小学', [
    tally('teacher', { verySatisfied: 2, satisfied: 1 }),
    tally('parent', ...same),
    tally('pupil', ...same),
  ])
  assert.equal(index, indexOnPaper({ teacher: [{ verySatisfied: 2, satisfied: 1 }], parent: same, pupil: same }))
})

test('what is shown as the least share is enough, and one ballot fewer is not', () => {
  const items = [{ item: 't1', counts: { ...none, satisfied: 1 } }]
  const short = (audience: Audience, issued: number, cast: number) =>
    satisfactionOf('小学', [{ audience, issued, cast, items }]).short.includes(audience)
  assert.deepEqual([short('teacher', 60, 36), short('teacher', 60, 35)], [false, true])
  assert.deepEqual([short('parent', 120, 36), short('parent', 120, 35)], [false, true])
  assert.deepEqual([short('pupil', 31, 10), short('pupil', 31, 9)], [false, true])
  // A share that is shown as the limit is the limit, for as many codes as a school can get.
  for (let issued = 1; issued <= 120; issued += 1)
    for (let cast = 5; cast <= issued; cast += 1) {
      const shown = Math.round((cast * 10_000) / issued)
      if (shown === 6_000) assert.equal(short('teacher', issued, cast), false, `${cast}/${issued}`)
      if (shown === 3_000) assert.equal(short('parent', issued, cast), false, `${cast}/${issued}`)
    }
})
