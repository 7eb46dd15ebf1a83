import { lifecycle } from '#domain/base/lifecycle.ts'

export type RecommendationState =
  | 'selected'
  | 'packaged'
  | 'sent'
  | 'received'
  | 'returned'
  | 'won'
  | 'notWon'
  | 'withdrawn'
/** To whom a brand is passed upward. */
export type TargetLevel = 'city' | 'province'

export type RecommendationAction = 'package' | 'send' | 'receive' | 'return' | 'win' | 'lose' | 'retract' | 'withdraw'

export const recommendationLife = lifecycle<RecommendationState, RecommendationAction>({
  name: 'recommendation',
  label: '推荐申报',
  first: 'selected',
  states: {
    selected: '已遴选',
    packaged: '材料已备好',
    sent: '已上报',
    received: '上级已收',
    returned: '上级退回',
    won: '上级已入选',
    notWon: '上级未入选',
    withdrawn: '已撤回',
  },
  actions: {
    package: '整理材料',
    send: '上报',
    receive: '登记收讫',
    return: '登记退回',
    win: '登记入选',
    lose: '登记未入选',
    retract: '撤回结果登记',
    withdraw: '撤回推荐',
  },
  moves: {
    selected: { package: 'packaged', withdraw: 'withdrawn' },
    packaged: { send: 'sent', withdraw: 'withdrawn' },
    sent: { receive: 'received', return: 'returned', withdraw: 'withdrawn' },
    received: { win: 'won', lose: 'notWon', withdraw: 'withdrawn' },
    returned: { package: 'packaged', withdraw: 'withdrawn' },
    won: { retract: 'received' },
    notWon: { retract: 'received' },
    withdrawn: {},
  },
})
