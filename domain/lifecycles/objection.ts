import { lifecycle } from '#domain/lifecycle.ts'

export type ObjectionState = 'received' | 'admitted' | 'notAdmitted' | 'assigned' | 'decided' | 'replied'
export type ObjectionAction = 'admit' | 'dismiss' | 'assign' | 'decide' | 'reply'

export const objectionLife = lifecycle<ObjectionState, ObjectionAction>({
  name: 'objection',
  label: '异议',
  first: 'received',
  states: {
    received: '已收到',
    admitted: '已受理',
    notAdmitted: '不予受理',
    assigned: '核查中',
    decided: '已有结论',
    replied: '已答复',
  },
  actions: { admit: '受理', dismiss: '不予受理', assign: '指定核查人', decide: '作出结论', reply: '答复' },
  moves: {
    received: { admit: 'admitted', dismiss: 'notAdmitted' },
    admitted: { assign: 'assigned' },
    notAdmitted: { reply: 'replied' },
    assigned: { decide: 'decided' },
    decided: { reply: 'replied' },
    replied: {},
  },
})
