import { lifecycle } from '#domain/base/lifecycle.ts'

export type RectificationState = 'issued' | 'acknowledged' | 'planned' | 'reported' | 'closed' | 'withdrawn'
export type RectificationAction =
  | 'acknowledge'
  | 'plan'
  | 'report'
  | 'pass'
  | 'fail'
  | 'ask'
  | 'extend'
  | 'declineExtension'
  | 'withdraw'

export const rectificationLife = lifecycle<RectificationState, RectificationAction>({
  name: 'rectification',
  label: '整改通知',
  first: 'issued',
  states: {
    issued: '已下达',
    acknowledged: '已签收',
    planned: '已定措施',
    reported: '已报结果',
    closed: '已销号',
    withdrawn: '已撤回',
  },
  actions: {
    acknowledge: '签收',
    plan: '填报措施',
    report: '报送结果',
    pass: '核验通过',
    fail: '核验不通过',
    ask: '申请延期',
    extend: '延期',
    declineExtension: '不同意延期',
    withdraw: '撤回',
  },
  moves: {
    issued: {
      acknowledge: 'acknowledged',
      ask: 'issued',
      extend: 'issued',
      declineExtension: 'issued',
      withdraw: 'withdrawn',
    },
    acknowledged: {
      plan: 'planned',
      ask: 'acknowledged',
      extend: 'acknowledged',
      declineExtension: 'acknowledged',
      withdraw: 'withdrawn',
    },
    planned: {
      report: 'reported',
      ask: 'planned',
      extend: 'planned',
      declineExtension: 'planned',
      withdraw: 'withdrawn',
    },
    reported: { pass: 'closed', fail: 'issued' },
    closed: {},
    withdrawn: {},
  },
})
