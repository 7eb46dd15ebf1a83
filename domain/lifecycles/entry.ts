import { lifecycle } from '#domain/lifecycle.ts'

export type EntryState = 'draft' | 'filed'
export type EntryAction = 'file' | 'correct'

export const entryLife = lifecycle<EntryState, EntryAction>({
  name: 'entry',
  label: '台账条目',
  first: 'draft',
  states: { draft: '草稿', filed: '已归档' },
  actions: { file: '归档', correct: '更正' },
  moves: { draft: { file: 'filed' }, filed: { correct: 'filed' } },
})
