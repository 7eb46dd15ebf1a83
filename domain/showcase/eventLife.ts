import { lifecycle } from '#domain/base/lifecycle.ts'

export type EventState = 'draft' | 'published' | 'held' | 'cancelled'
export type EventAction = 'publish' | 'change' | 'hold' | 'amend' | 'cancel'

export const eventLife = lifecycle<EventState, EventAction>({
  name: 'event',
  label: '活动',
  first: 'draft',
  states: { draft: '筹备中', published: '已发布', held: '已举办', cancelled: '已取消' },
  actions: { publish: '发布', change: '更改', hold: '标为已举办', amend: '更正成果', cancel: '取消' },
  moves: {
    draft: { publish: 'published', cancel: 'cancelled' },
    published: { change: 'published', hold: 'held', cancel: 'cancelled' },
    held: { amend: 'held' },
    cancelled: {},
  },
})
