import { lifecycle } from '#domain/base/lifecycle.ts'

export type ApplicationState =
  | 'draft'
  | 'submitted'
  | 'admitted'
  | 'refused'
  | 'inReview'
  | 'ranked'
  | 'awarded'
  | 'notAwarded'
  | 'revoked'
  | 'withdrawn'
export type ApplicationAction =
  | 'submit'
  | 'return'
  | 'admit'
  | 'refuse'
  | 'review'
  | 'rank'
  | 'award'
  | 'notAward'
  | 'revoke'
  | 'restore'
  | 'withdraw'
  | 'reinstate'

export const applicationLife = lifecycle<ApplicationState, ApplicationAction>({
  name: 'application',
  label: '申报',
  first: 'draft',
  states: {
    draft: '起草中',
    submitted: '已提交',
    admitted: '已受理',
    refused: '不予受理',
    inReview: '评审中',
    ranked: '评审完成',
    awarded: '已入选',
    notAwarded: '未入选',
    revoked: '入选已撤销',
    withdrawn: '已撤回',
  },
  actions: {
    submit: '提交',
    return: '退回补充',
    admit: '受理',
    refuse: '不予受理',
    review: '开始评审',
    rank: '评审完成',
    award: '入选',
    notAward: '未入选',
    revoke: '撤销入选',
    restore: '撤销更正',
    withdraw: '撤回',
    reinstate: '恢复',
  },
  moves: {
    draft: { submit: 'submitted' },
    submitted: { return: 'draft', admit: 'admitted', refuse: 'refused', withdraw: 'withdrawn' },
    admitted: { review: 'inReview', withdraw: 'withdrawn' },
    refused: { reinstate: 'submitted' },
    inReview: { rank: 'ranked', withdraw: 'withdrawn' },
    ranked: { award: 'awarded', notAward: 'notAwarded' },
    awarded: { revoke: 'revoked' },
    notAwarded: {},
    revoked: { restore: 'awarded' },
    withdrawn: { reinstate: 'submitted' },
  },
})

/** An application counts from its submission until it is taken back. */
export const notSent = ['draft', 'withdrawn'] as const satisfies ApplicationState[]

/** Of these nothing is reviewed, nor do they count for how many may be awarded. */
export const notApplied = [...notSent, 'refused'] as const satisfies ApplicationState[]
