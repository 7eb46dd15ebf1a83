import { lifecycle } from '#domain/lifecycle.ts'

export type ScoreSheetState = 'assigned' | 'opened' | 'draft' | 'submitted' | 'recused'
export type ScoreSheetAction = 'declare' | 'save' | 'submit' | 'return' | 'recuse'

export const scoreSheetLife = lifecycle<ScoreSheetState, ScoreSheetAction>({
  name: 'scoreSheet',
  label: '评分表',
  first: 'assigned',
  states: { assigned: '待声明', opened: '可评分', draft: '评分中', submitted: '已提交', recused: '已回避' },
  actions: { declare: '声明无利害关系', save: '保存', submit: '提交', return: '退回', recuse: '回避' },
  moves: {
    assigned: { declare: 'opened', recuse: 'recused' },
    opened: { save: 'draft', submit: 'submitted', recuse: 'recused' },
    draft: { save: 'draft', submit: 'submitted', recuse: 'recused' },
    submitted: { return: 'draft' },
    recused: {},
  },
})
