import { lifecycle } from '#domain/base/lifecycle.ts'

export type RequestState = 'asked' | 'released' | 'used' | 'refused' | 'withdrawn'
export type RequestAction = 'release' | 'refuse' | 'withdraw' | 'use'

/** What one administrator asks and another releases: a slip for a used account, a role that rules over others (rule 19). */
export const accountRequestLife = lifecycle<RequestState, RequestAction>({
  name: 'accountRequest',
  label: '双人办理申请',
  first: 'asked',
  states: { asked: '待另一人放行', released: '已放行', used: '已办理', refused: '未同意', withdrawn: '已撤回' },
  actions: { release: '放行', refuse: '不同意', withdraw: '撤回', use: '办理' },
  moves: {
    asked: { release: 'released', refuse: 'refused', withdraw: 'withdrawn' },
    released: { use: 'used', withdraw: 'withdrawn' },
    used: {},
    refused: {},
    withdrawn: {},
  },
})
