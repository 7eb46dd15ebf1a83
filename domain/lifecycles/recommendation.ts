import { lifecycle } from '#domain/lifecycle.ts'

export type RecommendationState = 'selected' | 'packaged' | 'sent' | 'received' | 'returned' | 'won' | 'notWon'
export type RecommendationAction = 'package' | 'send' | 'receive' | 'return' | 'win' | 'lose'

export const recommendationLife = lifecycle<RecommendationState, RecommendationAction>({
  name: 'recommendation',
  label: '推荐申报',
  first: 'selected',
  states: {
    selected: '已遴选',
    packaged: '已成册',
    sent: '已上报',
    received: '上级已收',
    returned: '上级退回',
    won: '上级已命名',
    notWon: '上级未命名',
  },
  actions: {
    package: '成册',
    send: '上报',
    receive: '登记收讫',
    return: '登记退回',
    win: '登记命名',
    lose: '登记未命名',
  },
  moves: {
    selected: { package: 'packaged' },
    packaged: { send: 'sent' },
    sent: { receive: 'received', return: 'returned' },
    received: { win: 'won', lose: 'notWon' },
    returned: { package: 'packaged' },
    won: {},
    notWon: {},
  },
})
