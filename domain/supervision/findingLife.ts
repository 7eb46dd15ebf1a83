import { lifecycle } from '#domain/base/lifecycle.ts'

export type FindingState = 'recorded' | 'preliminary' | 'replied' | 'issued' | 'noAction' | 'ordered' | 'withdrawn'
export type FindingAction = 'send' | 'reply' | 'issue' | 'drop' | 'order' | 'resume' | 'withdraw'

export const findingLife = lifecycle<FindingState, FindingAction>({
  name: 'finding',
  label: '督查问题',
  first: 'recorded',
  states: {
    recorded: '已记录',
    preliminary: '初步意见已送达',
    replied: '学校已回复',
    issued: '已出具意见',
    noAction: '不作处理',
    ordered: '已下达整改',
    withdrawn: '已撤回',
  },
  actions: {
    send: '送达初步意见',
    reply: '回复',
    issue: '出具意见',
    drop: '不作处理',
    order: '下达整改',
    resume: '恢复办理',
    withdraw: '撤回',
  },
  moves: {
    recorded: { send: 'preliminary', withdraw: 'withdrawn' },
    preliminary: { reply: 'replied', withdraw: 'withdrawn' },
    replied: { issue: 'issued', withdraw: 'withdrawn' },
    issued: { drop: 'noAction', order: 'ordered', withdraw: 'withdrawn' },
    noAction: { resume: 'issued' },
    ordered: {},
    withdrawn: {},
  },
})
