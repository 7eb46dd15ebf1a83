import { lifecycle } from '#domain/base/lifecycle.ts'

export type ArticleState = 'draft' | 'submitted' | 'returned' | 'adopted' | 'published' | 'withdrawn'
export type ArticleAction = 'submit' | 'return' | 'adopt' | 'publish' | 'withdraw' | 'raise' | 'correct'

export const articleLife = lifecycle<ArticleState, ArticleAction>({
  name: 'article',
  label: '文章',
  first: 'draft',
  states: {
    draft: '草稿',
    submitted: '已报送',
    returned: '已退回',
    adopted: '已采用',
    published: '已发布',
    withdrawn: '已撤下',
  },
  actions: {
    submit: '报送',
    return: '退回',
    adopt: '采用',
    publish: '发布',
    withdraw: '撤下',
    raise: '提高采用级别',
    correct: '更正',
  },
  moves: {
    draft: { submit: 'submitted' },
    submitted: { return: 'returned', adopt: 'adopted' },
    returned: { submit: 'submitted' },
    // An upper level may take it up later, before or after it is published.
    adopted: { publish: 'published', raise: 'adopted' },
    published: { withdraw: 'withdrawn', raise: 'published', correct: 'published' },
    withdrawn: {},
  },
})
