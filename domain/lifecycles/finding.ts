import { lifecycle } from '#domain/lifecycle.ts'

export type FindingState = 'recorded' | 'preliminary' | 'replied' | 'issued' | 'noAction' | 'ordered'
export type FindingAction = 'send' | 'reply' | 'issue' | 'drop' | 'order'

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
  },
  actions: { send: '送达初步意见', reply: '回复', issue: '出具意见', drop: '不作处理', order: '下达整改' },
  moves: {
    recorded: { send: 'preliminary' },
    preliminary: { reply: 'replied' },
    replied: { issue: 'issued' },
    issued: { drop: 'noAction', order: 'ordered' },
    noAction: {},
    ordered: {},
  },
})
