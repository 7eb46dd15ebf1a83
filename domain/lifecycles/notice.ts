import { lifecycle } from '#domain/lifecycle.ts'

export type NoticeState = 'draft' | 'posted' | 'ended'
export type NoticeAction = 'post' | 'end'

export const noticeLife = lifecycle<NoticeState, NoticeAction>({
  name: 'notice',
  label: '公示',
  first: 'draft',
  states: { draft: '起草中', posted: '公示中', ended: '公示结束' },
  actions: { post: '发布', end: '结束' },
  moves: { draft: { post: 'posted' }, posted: { end: 'ended' }, ended: {} },
})
