import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EligibilityFacts, eligibilityOf } from './eligibility.ts'

const ready: EligibilityFacts = {
  brandMissing: [],
  planState: 'published',
  planId: 'plan-1',
  pillarCounts: { policy: 1, activity: 2, place: 1, media: 1 },
  summaryState: 'accepted',
  overdueRectifications: 0,
  overdueComments: 0,
  breachedPreconditions: [],
}
const unmet = (change: Partial<EligibilityFacts>) =>
  eligibilityOf({ ...ready, ...change })
    .filter((item) => !item.met)
    .map((item) => item.code)

test('rule 4: a school that has done everything meets all seven conditions', () => {
  const items = eligibilityOf(ready)
  assert.equal(items.length, 7)
  assert.ok(items.every((item) => item.met))
})

test('rule 4: each condition falls alone by its own fact', () => {
  assert.deepEqual(unmet({ brandMissing: ['论证记录'] }), ['brand'])
  for (const planState of [null, 'draft', 'accepted']) assert.deepEqual(unmet({ planState }), ['plan'])
  assert.deepEqual(unmet({ pillarCounts: { ...ready.pillarCounts, media: 0 } }), ['ledger'])
  for (const summaryState of [null, 'draft']) assert.deepEqual(unmet({ summaryState }), ['summary'])
  assert.deepEqual(unmet({ planState: 'submitted', summaryState: 'submitted' }), [], 'what waits for the bureau')
  assert.deepEqual(unmet({ overdueRectifications: 1 }), ['rectification'])
  assert.deepEqual(unmet({ overdueComments: 1 }), ['comment'])
  assert.deepEqual(unmet({ breachedPreconditions: ['师德失范'] }), ['precondition'])
})

test('every condition, met or not, says in words what is the case and where it is mended', () => {
  const nothing: EligibilityFacts = {
    brandMissing: ['品牌'],
    planState: null,
    planId: null,
    pillarCounts: { policy: 0, activity: 0, place: 0, media: 0 },
    summaryState: null,
    overdueRectifications: 2,
    overdueComments: 3,
    breachedPreconditions: ['甲', '乙'],
  }
  const items = eligibilityOf(nothing)
  assert.ok(items.every((item) => !item.met))
  for (const item of [...items, ...eligibilityOf(ready)]) {
    assert.match(item.detail, /。$/)
    if (item.code !== 'precondition') assert.match(item.mendAt, /^\/console\//)
  }
  assert.match(items.find((item) => item.code === 'ledger')?.detail ?? '', /制度、活动、阵地、媒介/)
})
