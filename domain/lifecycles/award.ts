import { lifecycle } from '#domain/lifecycle.ts'

export type AwardState = 'proposed' | 'decided' | 'publicised' | 'conferred' | 'revoked'
export type AwardAction = 'decide' | 'publicise' | 'confer' | 'revoke'

export const awardLife = lifecycle<AwardState, AwardAction>({
  name: 'award',
  label: '命名表彰',
  first: 'proposed',
  states: { proposed: '拟命名', decided: '已审定', publicised: '公示中', conferred: '已授予', revoked: '已撤销' },
  actions: { decide: '审定', publicise: '公示', confer: '授予', revoke: '撤销' },
  moves: {
    proposed: { decide: 'decided' },
    decided: { publicise: 'publicised' },
    publicised: { confer: 'conferred', revoke: 'revoked' },
    conferred: { revoke: 'revoked' },
    revoked: {},
  },
})
