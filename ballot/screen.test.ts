import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doubtsOf, numbersIn } from './screen.ts'

test('a text that may name somebody is marked, thanks to all the teachers are not', () => {
  for (const named of ['王老师讲课很好', '谢谢王老师', '谢老师很负责', '李小明同学'])
    assert.deepEqual(doubtsOf(named), ['可能写了人名'], named)
  for (const kind of ['党员教师很负责，谢谢老师。', '谢谢老师', '谢谢校长和老师们'])
    assert.deepEqual(doubtsOf(kind), [], kind)
})

test('a text made to be slow is looked through as fast as any other, since everybody may post one', () => {
  for (const piece of ['a', '1-', 'wx', '\u33c2', '1@', 'wx: ', '1380000']) {
    const began = performance.now()
    numbersIn(`${piece.repeat(200_000)}。`)
    assert.ok(performance.now() - began < 2_000, piece)
  }
})

test('a mail address is found wherever it stands', () => {
  for (const text of ['写信到 a.b+c@school-1.edu.cn 谢谢', 'x@y.cn', '请发ｌｉ＠ｑｑ．ｃｏｍ'])
    assert.deepEqual(numbersIn(text), ['电子邮箱'], text)
  assert.deepEqual(numbersIn('老师@全体家长.'), [])
})
