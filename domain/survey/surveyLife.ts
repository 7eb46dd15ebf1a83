import { lifecycle } from '#domain/base/lifecycle.ts'

export type SurveyState = 'draft' | 'frozen' | 'issued' | 'open' | 'closed' | 'tallied' | 'published' | 'voided'
export type SurveyAction = 'freeze' | 'issue' | 'open' | 'close' | 'tally' | 'publish' | 'void'

/**
 * Nothing leads back: a frozen question stays as it was asked, a closed survey takes no more answers. One whose key is lost can never be
 * counted; it is voided, and another is held in its place.
 */
export const surveyLife = lifecycle<SurveyState, SurveyAction>({
  name: 'survey',
  label: '满意度测评',
  first: 'draft',
  states: {
    draft: '筹备中',
    frozen: '题目和名额已冻结',
    issued: '编码已制发',
    open: '答题中',
    closed: '已截止',
    tallied: '已计票',
    published: '已公布',
    voided: '已作废',
  },
  actions: {
    freeze: '冻结',
    issue: '制发编码',
    open: '开始答题',
    close: '截止',
    tally: '计票',
    publish: '公布',
    void: '作废',
  },
  moves: {
    draft: { freeze: 'frozen' },
    frozen: { issue: 'issued', void: 'voided' },
    issued: { open: 'open', void: 'voided' },
    open: { close: 'closed', void: 'voided' },
    closed: { tally: 'tallied', void: 'voided' },
    tallied: { publish: 'published' },
    published: {},
    voided: {},
  },
})
