import { lifecycle } from '#domain/base/lifecycle.ts'

export type ObjectionState =
  | 'received'
  | 'admitted'
  | 'notAdmitted'
  | 'junkAsked'
  | 'junk'
  | 'assigned'
  | 'decided'
  | 'replied'
export type ObjectionAction =
  | 'admit'
  | 'dismiss'
  | 'askJunk'
  | 'confirmJunk'
  | 'dropJunk'
  | 'restore'
  | 'assign'
  | 'reassign'
  | 'decide'
  | 'sendBack'
  | 'reply'
  | 'amendReply'

/** Junk is named by one and confirmed by another; whoever was mistaken takes the way back. */
export const objectionLife = lifecycle<ObjectionState, ObjectionAction>({
  name: 'objection',
  label: '异议',
  first: 'received',
  states: {
    received: '已收到',
    admitted: '已受理',
    notAdmitted: '不予受理',
    junkAsked: '拟按灌水处理',
    junk: '按灌水处理',
    assigned: '核查中',
    decided: '已有结论',
    replied: '已答复',
  },
  actions: {
    admit: '受理',
    dismiss: '不予受理',
    askJunk: '列为灌水',
    confirmJunk: '确认为灌水',
    dropJunk: '不是灌水',
    restore: '恢复办理',
    assign: '指定核查人',
    reassign: '改派核查人',
    decide: '作出结论',
    sendBack: '退回重查',
    reply: '答复',
    amendReply: '更正答复',
  },
  moves: {
    received: { admit: 'admitted', dismiss: 'notAdmitted', askJunk: 'junkAsked' },
    admitted: { assign: 'assigned' },
    notAdmitted: { reply: 'replied', admit: 'admitted' },
    junkAsked: { confirmJunk: 'junk', dropJunk: 'received' },
    junk: { restore: 'received' },
    assigned: { decide: 'decided', reassign: 'assigned' },
    decided: { reply: 'replied', sendBack: 'assigned' },
    replied: { amendReply: 'replied' },
  },
})

/** Neither answered nor put aside as junk by two people: what is not closed holds up the end of the notice. */
export const closedObjections = ['replied', 'junk'] as const satisfies ObjectionState[]

export const isClosed = (state: ObjectionState): boolean => closedObjections.some((one) => one === state)

/** What is said between bureau and school while an objection is checked; it moves nothing. */
export const objectionTalk = { askSchool: '请学校说明', answerSchool: '学校说明' } as const

export type ObjectionStep = ObjectionAction | keyof typeof objectionTalk

export const stepLabels: Readonly<Record<ObjectionStep, string>> = { ...objectionLife.actions, ...objectionTalk }
