import { lifecycle } from '#domain/base/lifecycle.ts'

export type SummaryState = 'draft' | 'submitted' | 'accepted'
export type SummaryAction = 'sign' | 'return' | 'accept' | 'amend'

export const summaryLife = lifecycle<SummaryState, SummaryAction>({
  name: 'summary',
  label: '年度总结',
  first: 'draft',
  states: { draft: '起草中', submitted: '已签报', accepted: '已审核通过' },
  actions: { sign: '签报', return: '退回', accept: '审核通过', amend: '退回更正' },
  moves: {
    draft: { sign: 'submitted' },
    submitted: { return: 'draft', accept: 'accepted' },
    accepted: { amend: 'draft' },
  },
})
