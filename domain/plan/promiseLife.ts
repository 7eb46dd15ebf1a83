import { lifecycle } from '#domain/base/lifecycle.ts'

export type PromiseState = 'open' | 'kept' | 'changed' | 'missed'
export type PromiseAction = 'keep' | 'change' | 'miss' | 'reopen'

export const promiseLife = lifecycle<PromiseState, PromiseAction>({
  name: 'promise',
  label: '承诺',
  first: 'open',
  states: { open: '办理中', kept: '已兑现', changed: '已调整', missed: '未兑现' },
  actions: { keep: '兑现', change: '调整', miss: '标为未兑现', reopen: '撤回登记' },
  moves: {
    open: { keep: 'kept', change: 'changed', miss: 'missed' },
    kept: { reopen: 'open' },
    changed: { reopen: 'open' },
    missed: { reopen: 'open' },
  },
})
