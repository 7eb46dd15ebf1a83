import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  againstAdjustment,
  type ApplicationInput,
  disagreements,
  explain,
  rank,
  rubricOf,
  scoreOfMethod,
  pointsByInterview,
  type SheetInput,
  standingOf,
} from './review.ts'
import { mean, sum } from '#domain/base/score.ts'
import type { ScoredMethod } from './sheet.ts'
import type { Standard } from '#domain/year/standard.ts'
import { effortOf } from '#tests/world/effort.ts'

const standard: Standard = JSON.parse(readFileSync(new URL('../year/default-standard.json', import.meta.url), 'utf8'))
const rubric = rubricOf(standard)

/** A sheet that gives every indicator the same share of its full marks. */
const sheet = (id: string, method: ScoredMethod, percent: number): SheetInput => ({
  id,
  reviewerId: `r-${id}`,
  method,
  scores: Object.fromEntries(
    (rubric.methods.find((one) => one.method === method)?.lines ?? []).map((line) => [
      line.code,
      (line.maximum * percent) / 100,
    ]),
  ),
})
const application = (applicationId: string, change: Partial<ApplicationInput> = {}): ApplicationInput => ({
  applicationId,
  schoolId: `school-${applicationId}`,
  sheets: rubric.methods.map(({ method }) => sheet(`${applicationId}-${method}`, method, 80)),
  survey: { points: 1500, source: '测评汇总表' },
  adjustments: [],
  ...change,
})
const placesOf = (...applications: ApplicationInput[]) =>
  rank(applications, standard).map((one) => [one.place, one.applicationId, one.decidedBy])

test('rule 7: the total is methods plus survey plus bonus minus deduction', () => {
  const adjustments = [
    { id: '1', kind: 'bonus' as const, code: 'P1', points: 100, reason: '市级采用' },
    { id: '2', kind: 'deduction' as const, code: 'N2', points: 300, reason: '核查不实' },
  ]
  assert.equal(rank([application('a', { adjustments })], standard)[0]?.total, (8100 * 80) / 100 + 1500 + 100 - 300)
})

test('bonus and deduction stop at the caps of the standard', () => {
  const many = (kind: 'bonus' | 'deduction', code: string) =>
    Array.from({ length: 9 }, (_, at) => ({ id: `${kind}${at}`, kind, code, points: 300, reason: '依据' }))
  const [place] = rank(
    [application('a', { adjustments: [...many('bonus', 'P3'), ...many('deduction', 'N2')] })],
    standard,
  )
  assert.deepEqual([place?.bonus, place?.deduction], [500, 1000])
})

test('rule 7: of five sheets the highest and the lowest total are dropped, of four none', () => {
  const sheets = [1000, 2000, 2000, 2000, 2900].map((total, at) => ({ id: `s${at}`, total }))
  assert.equal(scoreOfMethod(sheets).score, 2000)
  assert.deepEqual([scoreOfMethod(sheets).lowest?.id, scoreOfMethod(sheets).highest?.id], ['s0', 's4'])
  assert.equal(scoreOfMethod(sheets.slice(0, 4)).score, 1750)
  assert.equal(scoreOfMethod([]).score, 0)
})

test('rule 8: equal totals are decided by the survey, then dimension D, then the documents, else they share the place', () => {
  const shift = (id: string, changes: Record<string, Record<string, number>>, points = 1500) => {
    const base = application(id, { survey: { points, source: '测评' } })
    const sheets = base.sheets.map((one) => {
      const scores: Record<string, number> = { ...one.scores }
      for (const [code, more] of Object.entries(changes[one.method] ?? {})) scores[code] = (scores[code] ?? 0) + more
      return { ...one, scores }
    })
    return { ...base, sheets }
  }
  const plain = application('b')
  const survey = shift('z-survey', { documents: { A1: -40 } }, 1540)
  const dimension = shift('z-dimension', { documents: { A1: -40, D3: 40 } })
  const documents = shift('z-documents', { documents: { A1: 20 }, presentation: { A1: -20 } })
  assert.deepEqual(placesOf(plain, documents, application('c'), survey, dimension), [
    [1, 'z-survey', 'first'],
    [2, 'z-dimension', 'survey'],
    [3, 'z-documents', 'dimension'],
    [4, 'b', 'documents'],
    [4, 'c', 'same'],
  ])
  assert.deepEqual(placesOf(application('c'), plain, shift('d', { documents: { A1: -80 } })).at(-1), [3, 'd', 'total'])
})

test('a method without a sheet and a survey without points are named as missing, not taken for zero in silence', () => {
  const base = application('a', { survey: null })
  const [place] = rank([{ ...base, sheets: base.sheets.filter((one) => one.method !== 'interview') }], standard)
  assert.deepEqual(place?.missing, ['interview', 'survey'])
})

test('a submitted sheet with a gap stops the ranking', () => {
  assert.throws(
    () => rank([application('a', { sheets: [{ ...sheet('s', 'documents', 50), scores: {} }] })], standard),
    /no score/,
  )
})

const anySheet = fc
  .record({
    method: fc.constantFrom(...rubric.methods.map((one) => one.method)),
    percents: fc.array(fc.nat(100), { minLength: 17, maxLength: 17 }),
  })
  .map(({ method, percents }) => ({
    method,
    scores: Object.fromEntries(
      (rubric.methods.find((one) => one.method === method)?.lines ?? []).map((line, at) => [
        line.code,
        (line.maximum * (percents[at] ?? 0)) / 100,
      ]),
    ),
  }))
const anyApplications = fc
  .array(
    fc.record({
      sheets: fc.array(anySheet, { maxLength: 14 }),
      points: fc.nat(1900),
      adjustments: fc.array(
        fc.record({ kind: fc.constantFrom('bonus' as const, 'deduction' as const), points: fc.nat(300) }),
        { maxLength: 5 },
      ),
    }),
    { maxLength: 8 },
  )
  .map((list) =>
    list.map(
      (one, at): ApplicationInput => ({
        applicationId: `a${at}`,
        schoolId: `s${at}`,
        sheets: one.sheets.map((sheet, index) => ({ ...sheet, id: `${at}-${index}`, reviewerId: `r${index}` })),
        survey: { points: one.points, source: '测评' },
        adjustments: one.adjustments.map((item, index) => ({
          ...item,
          id: String(index),
          code: item.kind === 'bonus' ? 'P1' : 'N1',
          reason: '依据',
        })),
      }),
    ),
  )

test('the ranking and its explanation are the same whatever the order of applications, sheets and adjustments', () => {
  fc.assert(
    fc.property(anyApplications, fc.infiniteStream(fc.nat()), (applications, dice) => {
      const shuffled = <T>(items: readonly T[]): T[] =>
        items
          .map((item) => ({ item, key: dice.next().value }))
          .toSorted((a, b) => a.key - b.key)
          .map((one) => one.item)
      const mixed = shuffled(applications).map((one) => ({
        ...one,
        sheets: shuffled(one.sheets),
        adjustments: shuffled(one.adjustments),
      }))
      assert.deepEqual(rank(mixed, standard), rank(applications, standard))
      for (const one of mixed) {
        const before = applications.find((other) => other.applicationId === one.applicationId)
        assert.deepEqual(explain(one, standard), before && explain(before, standard))
      }
    }),
  )
})

test('every number of an explanation is made from the numbers below it, down to single scores', () => {
  fc.assert(
    fc.property(anyApplications, (applications) => {
      for (const place of rank(applications, standard)) {
        const input = applications.find((one) => one.applicationId === place.applicationId)
        assert.ok(input)
        const opened = explain(input, standard)
        assert.equal(opened.total, place.total)
        assert.equal(
          opened.total,
          sum(opened.methods.map((one) => one.score)) +
            opened.survey.points +
            opened.bonus.counted -
            opened.deduction.counted,
        )
        assert.equal(opened.dimension, sum(opened.methods.map((one) => one.dimension)) + opened.survey.dimension)
        assert.equal(sum(opened.survey.parts.map((part) => part.score)), opened.survey.points)
        for (const method of opened.methods) {
          const counted = method.sheets.filter((one) => one.dropped === null)
          assert.equal(method.sheets.length - counted.length, method.sheets.length >= 5 ? 2 : 0)
          assert.equal(method.score, mean(counted.map((one) => one.total)))
          for (const one of method.sheets) assert.equal(one.total, sum(one.scores.map((score) => score.score)))
        }
      }
    }),
  )
})

test('places only ever grow down the list, and equal places are equal in every criterion', () => {
  fc.assert(
    fc.property(anyApplications, (applications) => {
      const places = rank(applications, standard)
      for (const [at, one] of places.entries()) {
        const before = places[at - 1]
        if (!before) continue
        const key = (place: typeof one) => [place.total, place.survey, place.dimension, place.methods.documents]
        if (one.place === before.place) assert.deepEqual(key(one), key(before))
        else assert.equal(one.place, at + 1)
        assert.ok(one.total <= before.total)
      }
    }),
  )
})

test('rule 10: each method of an application is compared on its own', () => {
  const sheets = [
    sheet('1', 'documents', 50),
    sheet('2', 'documents', 90),
    sheet('3', 'interview', 80),
    sheet('4', 'interview', 90),
  ]
  assert.deepEqual(
    disagreements(application('a', { sheets }), rubric).map((one) => [one.method, one.lowest.id, one.highest.id]),
    [['documents', '1', '2']],
  )
})

test('an adjustment that names no item, passes its points or has no reason is refused with every reason', () => {
  const against = (code: string, points: number, reason: string) =>
    againstAdjustment(standard, { kind: 'bonus', code, points, reason })
  assert.deepEqual(against('P1', 100, '豫教〔2026〕1 号'), [])
  assert.deepEqual(
    against('N1', 100, '').map((one) => one.field),
    ['code', 'reason'],
  )
  assert.deepEqual(
    against('P1', 101, '').map((one) => one.field),
    ['points', 'reason'],
  )
})

test('50,000 schools with five sheets of every indicator are ranked from a stream without growing out of hand', async () => {
  const template = application('x')
  function* stream(): Generator<ApplicationInput> {
    for (let at = 0; at < 50_000; at += 1) {
      const sheets = Array.from({ length: 5 }, (_, index) =>
        sheet(`${at}-${index}`, 'documents', (at * 7 + index * 13) % 101),
      )
      yield { ...template, applicationId: `a${at}`, sheets }
    }
  }
  const effort = await effortOf(() => assert.equal(rank(stream(), standard).length, 50_000))
  assert.ok(effort < 2_000, `${effort}`)
})

test('survey points follow the index; without one the interviews’ share of full marks, and only when the office has ruled', () => {
  const sheets = [sheet('a', 'interview', 80), sheet('b', 'interview', 60), sheet('c', 'documents', 100)]
  assert.equal(pointsByInterview(sheets, rubric), 1330)
  assert.equal(pointsByInterview([], rubric), null)
  const own = { index: 9_000, source: '满意度指数 90', without: '' }
  const without = { index: null, source: '', without: '样本不足：家长回收不足' }
  const standing = (facts: Partial<Parameters<typeof standingOf>[1]>) =>
    standingOf(sheets, { tallied: true, own, ruling: null, ...facts }, rubric)
  assert.deepEqual(standing({ ruling: '不起作用' }).survey, { points: 1710, source: '满意度指数 90' })
  assert.deepEqual(standing({ tallied: false }), { survey: null, lack: '满意度测评还没有计票', rulable: false })
  assert.deepEqual(standing({ own: without }), {
    survey: null,
    lack: '群众测评样本不足：家长回收不足，待裁定',
    rulable: true,
  })
  assert.equal(standing({ own: without, ruling: '学校很小' }).survey?.points, 1330)
  assert.equal(standing({ own: null, ruling: '校舍搬迁' }).survey?.points, 1330)
})
