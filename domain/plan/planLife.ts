import { lifecycle } from '#domain/base/lifecycle.ts'

export type PlanState = 'draft' | 'submitted' | 'accepted' | 'published' | 'closed'
export type PlanAction = 'sign' | 'return' | 'accept' | 'publish' | 'close' | 'reopen'

/** Revising a published plan makes a draft of the next version beside it, so it is no move of this version. */
export const planLife = lifecycle<PlanState, PlanAction>({
  name: 'plan',
  label: '创建方案',
  first: 'draft',
  states: { draft: '起草中', submitted: '已签报', accepted: '已审核通过', published: '已公布', closed: '已归档' },
  actions: { sign: '签报', return: '退回', accept: '审核通过', publish: '公布', close: '归档', reopen: '恢复执行' },
  moves: {
    draft: { sign: 'submitted' },
    submitted: { return: 'draft', accept: 'accepted' },
    accepted: { publish: 'published' },
    published: { close: 'closed' },
    // With the year that is opened again, the version that was in force.
    closed: { reopen: 'published' },
  },
})
