import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doubtsOf } from './screen.ts'

test('a text that may name somebody is marked, thanks to all the teachers are not', () => {
  for (const named of ['王老师讲课很好', '谢谢王老师', '谢老师很负责', '李小明同学'])
    assert.deepEqual(doubtsOf(named), ['可能写了人名'], named)
  for (const kind of ['党员教师很负责，谢谢老师。', '谢谢老师', '谢谢校长和老师们'])
    assert.deepEqual(doubtsOf(kind), [], kind)
})
