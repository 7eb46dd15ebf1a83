import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { drawBatches, gradesOf, inOrder, lots, pupilsAnswer, type Roster, sampleOf, sampleSize } from './sampling.ts'
import { sum } from '#domain/base/score.ts'
import { audiences } from './survey.ts'

const seed = fc.stringMatching(/^[0-9a-f]{32}$/)
const roster = fc
  .record({
    stage: fc.constantFrom('小学', '幼儿园', '九年一贯制', '高中'),
    teachers: fc.integer({ min: 0, max: 400 }),
    sizes: fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 70 })), { maxLength: 80 }),
  })
  .map(
    ({ stage, teachers, sizes }): Roster => ({
      schoolId: 'school',
      teachers,
      classes: sizes.map(([grade, pupils], at) => ({
        grade: gradesOf(stage)[grade % gradesOf(stage).length] ?? '',
        name: `${at + 1} 班`,
        pupils,
      })),
    }),
  )

test('teachers are all asked up to 60; of parents and pupils a tenth, at least 30, at most 120 and never more than there are', () => {
  assert.deepEqual(
    [0, 59, 60, 61, 400].map((all) => sampleSize('teacher', all)),
    [0, 59, 60, 60, 60],
  )
  assert.deepEqual(
    [0, 12, 30, 299, 301, 1195, 1201, 3000].map((all) => sampleSize('parent', all)),
    [0, 12, 30, 30, 31, 120, 120, 120],
  )
})

test('the codes of all classes add up to the sample, none has more codes than people, and nobody below grade 3 is asked', () => {
  fc.assert(
    fc.property(seed, roster, (seed, roster) => {
      const sample = sampleOf(roster, audiences)
      const batches = drawBatches(seed, roster, audiences)
      for (const audience of audiences)
        assert.equal(sum(batches.filter((one) => one.audience === audience).map((one) => one.codes)), sample[audience])
      for (const one of batches) {
        assert.ok(one.codes > 0 && one.codes <= one.size)
        if (one.audience === 'pupil') assert.ok(pupilsAnswer(one.grade))
      }
      const keys = batches.map((one) => `${one.audience}:${one.grade}:${one.className}`)
      assert.equal(new Set(keys).size, keys.length)
    }),
  )
})

test('two classes of a grade are drawn, more only where these are too small', () => {
  fc.assert(
    fc.property(seed, roster, (seed, roster) => {
      const batches = drawBatches(seed, roster, audiences)
      for (const audience of ['parent', 'pupil'] as const)
        for (const grade of new Set(batches.map((one) => one.grade))) {
          const drawn = batches.filter((one) => one.audience === audience && one.grade === grade)
          if (drawn.length <= 2) continue
          const largest = drawn.map((one) => one.size).toSorted((a, b) => a - b)
          assert.ok(sum(largest.slice(0, 2)) < sum(drawn.map((one) => one.codes)))
        }
    }),
  )
})

test('the same seed draws the same classes whatever the order of the roster, and another seed draws others', () => {
  fc.assert(
    fc.property(seed, roster, (seed, roster) => {
      const again = { ...roster, classes: roster.classes.toReversed() }
      assert.deepEqual(drawBatches(seed, again, audiences), drawBatches(seed, roster, audiences))
    }),
  )
  const classes = Array.from({ length: 20 }, (_, at) => ({ grade: '三年级', name: `${at + 1} 班`, pupils: 40 }))
  const roster20: Roster = { schoolId: 'school', teachers: 0, classes }
  const drawn = Array.from({ length: 50 }, (_, at) =>
    drawBatches(`${at}`, roster20, ['pupil'])
      .map((one) => one.className)
      .join(),
  )
  assert.ok(new Set(drawn).size > 30)
})

test('the draw of a known seed is fixed for ever, so that an old one can be repeated', () => {
  const next = lots('00112233445566778899aabbccddeeff:school:parent:一年级')
  assert.deepEqual(
    Array.from({ length: 8 }, () => next(100)),
    [57, 37, 30, 31, 40, 38, 6, 82],
  )
})

test('every lot falls about equally often', () => {
  const next = lots('even')
  const hits = [0, 0, 0, 0, 0, 0]
  for (let at = 0; at < 60_000; at += 1) {
    const drawn = next(6)
    hits[drawn] = (hits[drawn] ?? 0) + 1
  }
  for (const one of hits) assert.ok(Math.abs(one - 10_000) < 500, hits.join())
})

test('pupils of a kindergarten and of grades 1 and 2 are not asked', () => {
  assert.deepEqual([...gradesOf('幼儿园'), '一年级', '二年级', '三年级', '高一'].filter(pupilsAnswer), [
    '三年级',
    '高一',
  ])
})

test('classes stand as people look for them: teachers, parents, pupils, from the lowest grade up, the tenth class after the second', () => {
  const place = (audience: (typeof audiences)[number], grade: string, className: string) => ({
    audience,
    grade,
    className,
  })
  const sorted = [
    place('teacher', '', ''),
    place('parent', '小班', '月亮班'),
    place('parent', '一年级', '2 班'),
    place('parent', '一年级', '10 班'),
    place('parent', '二年级', '1 班'),
    place('parent', '三年级', '1 班'),
    place('parent', '九年级', '1 班'),
    place('parent', '高一', '1 班'),
    place('pupil', '三年级', '1 班'),
  ]
  assert.deepEqual(inOrder(sorted.toReversed()), sorted)
})
