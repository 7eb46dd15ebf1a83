import { lifecycle } from '#domain/lifecycle.ts'

export type CommentState = 'received' | 'answered' | 'hidden'
export type CommentAction = 'answer' | 'hide'

export const commentLife = lifecycle<CommentState, CommentAction>({
  name: 'comment',
  label: '意见建议',
  first: 'received',
  states: { received: '待答复', answered: '已答复', hidden: '已隐藏' },
  actions: { answer: '答复', hide: '隐藏' },
  moves: { received: { answer: 'answered', hide: 'hidden' }, answered: {}, hidden: {} },
})
