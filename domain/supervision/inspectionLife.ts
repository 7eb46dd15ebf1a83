import { lifecycle } from '#domain/base/lifecycle.ts'

export type InspectionState = 'draft' | 'running' | 'closed'
export type InspectionAction = 'start' | 'close' | 'reopen'

export const inspectionLife = lifecycle<InspectionState, InspectionAction>({
  name: 'inspection',
  label: '督查',
  first: 'draft',
  states: { draft: '筹备中', running: '进行中', closed: '已结束' },
  actions: { start: '启动', close: '结束', reopen: '重新进行' },
  moves: { draft: { start: 'running' }, running: { close: 'closed' }, closed: { reopen: 'running' } },
})
