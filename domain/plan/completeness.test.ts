import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BrandContent, missingOfBrand, missingOfPlan, type PlanContent } from './completeness.ts'

const brand: BrandContent = {
  name: '红烛先锋',
  categoryId: 'c',
  concept: '育人',
  connotation: '照亮',
  argumentationCount: 1,
}
const area = { highlights: '有亮点', weakPoints: '有短板' }
const task = { content: '内容', measure: '措施', ownerName: '演示老师', dueOn: '2026-06-30', expectedResult: '成果' }
const plan: PlanContent = {
  diagnosis: { membership: area, education: area, democracy: area, institutions: area },
  entryPoint: '切入点',
  goals: '目标',
  tasks: ['policy', 'activity', 'place', 'media'].map((pillar) => ({ ...task, pillar })),
  budgetLines: [{ item: '阵地建设', amountFen: 100_000 }],
  noBudgetReason: '',
  promises: [{ content: '承诺' }],
}
const fields = (change: Partial<PlanContent>) => missingOfPlan({ ...plan, ...change }).map((one) => one.field)

test('R1: a brand lacks whatever is empty or only spaces, everything named at once', () => {
  assert.deepEqual(missingOfBrand(brand), [])
  assert.deepEqual(missingOfBrand(undefined), ['品牌'])
  assert.deepEqual(
    missingOfBrand({ name: ' ', categoryId: null, concept: '　', connotation: '', argumentationCount: 0 }),
    ['品牌名称', '品牌类别', '品牌理念', '品牌内涵', '论证记录'],
  )
})

test('M1: a complete plan lacks nothing', () => {
  assert.deepEqual(missingOfPlan(plan), [])
})

test('M1: each gap of a plan is named alone by its own field', () => {
  const diagnosis = { ...plan.diagnosis, democracy: { highlights: '', weakPoints: ' ' } }
  assert.deepEqual(fields({ diagnosis }), ['diagnosis.democracy.highlights', 'diagnosis.democracy.weakPoints'])
  assert.deepEqual(fields({ entryPoint: '' }), ['entryPoint'])
  assert.deepEqual(fields({ goals: '' }), ['goals'])
  assert.deepEqual(fields({ promises: [] }), ['promises'])
  assert.deepEqual(fields({ promises: [{ content: ' ' }] }), ['promises'])
  assert.match(missingOfPlan({ ...plan, tasks: plan.tasks.slice(0, 3) })[0]?.message ?? '', /媒介/)
})

test('M1: a task without owner, date or result is named with its number and all its gaps', () => {
  const tasks = plan.tasks.map((one, at) =>
    at === 1 ? { ...one, ownerName: '', dueOn: null, expectedResult: '' } : one,
  )
  const [gap, ...others] = missingOfPlan({ ...plan, tasks })
  assert.equal(others.length, 0)
  assert.equal(gap?.field, 'tasks.1')
  assert.match(gap?.message ?? '', /第 2 项任务还缺：责任人、完成时限、预期成果。/)
})

test('a budget is a line with an amount, or a reason why there is none', () => {
  assert.deepEqual(fields({ budgetLines: [] }), ['budgetLines'])
  assert.deepEqual(fields({ budgetLines: [], noBudgetReason: '利用现有条件' }), [])
  assert.deepEqual(fields({ budgetLines: [...plan.budgetLines, { item: ' ', amountFen: 0 }] }), ['budgetLines.1'])
})

test('an empty plan names every gap at once', () => {
  const empty = { highlights: '', weakPoints: '' }
  const gaps = missingOfPlan({
    diagnosis: { membership: empty, education: empty, democracy: empty, institutions: empty },
    entryPoint: '',
    goals: '',
    tasks: [],
    budgetLines: [],
    noBudgetReason: '',
    promises: [],
  })
  assert.equal(gaps.length, 8 + 2 + 4 + 1 + 1)
})
