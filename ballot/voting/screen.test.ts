import assert from 'node:assert/strict'
import { test } from 'node:test'
import { numbersIn } from '#domain/survey/answers.ts'
import { doubtsOf } from './screen.ts'
import { effortOf } from '#tests/world/effort.ts'

test('a text that may name somebody is marked, thanks to all the teachers are not', () => {
  for (const named of ['王老师讲课很好', '谢谢王老师', '谢老师很负责', '李小明同学'])
    assert.deepEqual(doubtsOf(named), ['可能写了人名'], named)
  for (const kind of ['党员教师很负责，谢谢老师。', '谢谢老师', '谢谢校长和老师们'])
    assert.deepEqual(doubtsOf(kind), [], kind)
})

test('a text made to be slow is looked through as fast as any other, since everybody may post one', async () => {
  for (const piece of ['a', '1-', 'wx', '\u33c2', '1@', 'wx: ', '1380000']) {
    const effort = await effortOf(() => numbersIn(`${piece.repeat(200_000)}。`))
    assert.ok(effort < 100, `${piece}: ${effort}`)
  }
})

test('a mail address is found wherever it stands', () => {
  for (const text of ['写信到 a.b+c@school-1.edu.cn 谢谢', 'x@y.cn', '请发ｌｉ＠ｑｑ．ｃｏｍ'])
    assert.deepEqual(numbersIn(text), ['电子邮箱'], text)
  assert.deepEqual(numbersIn('老师@全体家长.'), [])
})

test('a number is found however it is parted or spelt, and an ordinary sentence is none', () => {
  for (const [text, kind] of [
    ['打 138.0013.8000', '手机号码'],
    ['1 3 8 0 0 1 3 8 0 0 0', '手机号码'],
    ['138\u200b0013\u200b8000', '手机号码'],
    [[...'13800138000'].join('\ufe0f\u20e3'), '手机号码'],
    [[...'13800138000'].join('\u3164'), '手机号码'],
    ['110101 19900101 123X', '身份证号码'],
    ['一三八零零一三八零零零', '号码'],
  ] as const)
    assert.deepEqual(numbersIn(text), [kind], text)
  for (const text of [
    '2026-05-12 开的家长会，来了 1200 人',
    '三年级 1 班 45 人，一共 6 节课',
    '一、二、三年级都好',
    '9.5 分',
  ])
    assert.deepEqual(numbersIn(text), [], text)
})
