import { lifecycle } from '#domain/base/lifecycle.ts'

export type ScoreSheetState = 'assigned' | 'opened' | 'draft' | 'submitted' | 'recused' | 'excluded'
export type ScoreSheetAction = 'declare' | 'save' | 'submit' | 'return' | 'recuse' | 'exclude' | 'handOut'

export const scoreSheetLife = lifecycle<ScoreSheetState, ScoreSheetAction>({
  name: 'scoreSheet',
  label: '评分表',
  first: 'assigned',
  states: {
    assigned: '待声明',
    opened: '可评分',
    draft: '评分中',
    submitted: '已提交',
    recused: '已回避',
    excluded: '已剔除',
  },
  actions: {
    declare: '声明无利害关系',
    save: '保存',
    submit: '提交',
    return: '退回',
    recuse: '回避',
    exclude: '剔除',
    handOut: '重新发出',
  },
  moves: {
    assigned: { declare: 'opened', recuse: 'recused' },
    opened: { save: 'draft', submit: 'submitted', recuse: 'recused' },
    draft: { save: 'draft', submit: 'submitted', recuse: 'recused', exclude: 'excluded' },
    submitted: { return: 'draft', exclude: 'excluded' },
    recused: { handOut: 'assigned' },
    excluded: {},
  },
})

/** A sheet that its reviewer still owes. */
export const openSheetStates = ['assigned', 'opened', 'draft'] as const satisfies ScoreSheetState[]
