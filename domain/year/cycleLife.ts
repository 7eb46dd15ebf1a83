import { lifecycle } from '#domain/base/lifecycle.ts'

export type CycleState = 'draft' | 'open' | 'closed'
export type CycleAction = 'open' | 'close' | 'reopen'

export const cycleLife = lifecycle<CycleState, CycleAction>({
  name: 'cycle',
  label: '年度',
  first: 'draft',
  states: { draft: '筹备中', open: '进行中', closed: '已结束' },
  actions: { open: '开启', close: '结束', reopen: '重新开启' },
  moves: { draft: { open: 'open' }, open: { close: 'closed' }, closed: { reopen: 'open' } },
})
