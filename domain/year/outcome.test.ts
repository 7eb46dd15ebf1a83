import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outcomeKinds, type OutcomeKind } from './cycle.ts'
import { noticeText, noticeTitle } from './outcome.ts'

test('a title in quotation marks never stands in the same marks again, in the heading and the text of any kind of notice', () => {
  const awardTitle = '演示区“一校一品”党建文化品牌项目建设成果奖'
  for (const kind of Object.keys(outcomeKinds) as OutcomeKind[]) {
    const facts = { kind, awardTitle, count: 2, bureauName: '演示区教育局', basisTitle: null, basisNumber: null }
    for (const text of [noticeTitle(kind, awardTitle), noticeText({ ...facts, contact: undefined })])
      assert.doesNotMatch(text, /“[^”]*“/, kind)
  }
})
