import { lifecycle } from '#domain/base/lifecycle.ts'

export type AwardState = 'proposed' | 'decided' | 'publicised' | 'conferred' | 'revoked' | 'superseded'
export type AwardAction = 'decide' | 'publicise' | 'confer' | 'revoke' | 'restore' | 'supersede'

/** The words fit every kind of outcome; what a year calls its own stands in `domain/outcome.ts`. */
export const awardLife = lifecycle<AwardState, AwardAction>({
  name: 'award',
  label: '入选',
  first: 'proposed',
  states: {
    proposed: '拟列入',
    decided: '已审定',
    publicised: '公示中',
    conferred: '已公布',
    revoked: '已撤销',
    superseded: '审定更正后撤下',
  },
  actions: {
    decide: '审定',
    publicise: '公示',
    confer: '公布',
    revoke: '撤销',
    restore: '撤销更正',
    supersede: '更正审定',
  },
  moves: {
    proposed: { decide: 'decided' },
    decided: { publicise: 'publicised', supersede: 'superseded' },
    publicised: { confer: 'conferred', revoke: 'revoked', supersede: 'superseded' },
    conferred: { revoke: 'revoked' },
    revoked: { restore: 'conferred' },
    superseded: {},
  },
})
