import { lifecycle } from '#domain/base/lifecycle.ts'

export type NoticeState = 'draft' | 'posted' | 'ended' | 'dropped' | 'superseded'
export type NoticeAction = 'post' | 'end' | 'drop' | 'supersede'

export const noticeLife = lifecycle<NoticeState, NoticeAction>({
  name: 'notice',
  label: '公示',
  first: 'draft',
  states: { draft: '起草中', posted: '公示中', ended: '公示结束', dropped: '草稿作废', superseded: '已被替代' },
  actions: { post: '发布', end: '结束', drop: '作废草稿', supersede: '更正审定' },
  moves: {
    draft: { post: 'posted', drop: 'dropped' },
    posted: { end: 'ended', supersede: 'superseded' },
    ended: { supersede: 'superseded' },
    dropped: {},
    superseded: {},
  },
})
