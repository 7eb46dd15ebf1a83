import { lifecycle } from '#domain/base/lifecycle.ts'

export type EntryState = 'draft' | 'filed' | 'voided'
export type EntryAction = 'file' | 'correct' | 'void' | 'restore'

export const entryLife = lifecycle<EntryState, EntryAction>({
  name: 'entry',
  label: '台账条目',
  first: 'draft',
  states: { draft: '草稿', filed: '已归档', voided: '已作废' },
  actions: { file: '归档', correct: '更正', void: '作废', restore: '恢复' },
  moves: { draft: { file: 'filed' }, filed: { correct: 'filed', void: 'voided' }, voided: { restore: 'filed' } },
})
