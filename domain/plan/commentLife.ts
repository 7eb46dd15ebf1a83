import { lifecycle } from '#domain/base/lifecycle.ts'

export type CommentState = 'judging' | 'received' | 'answered' | 'hidden' | 'junk' | 'withdrawn'
export type CommentAction =
  | 'show'
  | 'answer'
  | 'correct'
  | 'report'
  | 'hide'
  | 'junk'
  | 'restore'
  | 'restoreAnswered'
  | 'withdraw'

export const commentLife = lifecycle<CommentState, CommentAction>({
  name: 'comment',
  label: '意见建议',
  first: 'judging',
  states: {
    judging: '待审核',
    received: '待答复',
    answered: '已答复',
    hidden: '已隐藏',
    junk: '灌水不计',
    withdrawn: '已撤回',
  },
  actions: {
    show: '公开',
    answer: '答复',
    correct: '更正答复',
    report: '请局里审核',
    hide: '隐藏',
    junk: '按灌水处理',
    restore: '恢复显示',
    restoreAnswered: '恢复显示',
    withdraw: '撤回',
  },
  moves: {
    judging: { show: 'received', hide: 'hidden', junk: 'junk', withdraw: 'withdrawn' },
    received: { answer: 'answered', report: 'judging', hide: 'hidden', junk: 'junk', withdraw: 'withdrawn' },
    answered: { correct: 'answered', hide: 'hidden', junk: 'junk', withdraw: 'withdrawn' },
    // The school still answers what was hidden: the visitor reads it by the receipt.
    hidden: { answer: 'hidden', restore: 'received', restoreAnswered: 'answered', junk: 'junk' },
    junk: { restore: 'received', restoreAnswered: 'answered' },
    withdrawn: {},
  },
})
