import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateIn, wholeNumber } from './typed.ts'

test('a number typed in full width is the number', () => {
  assert.deepEqual(wholeNumber('１２０', 0, 1000), { value: 120 })
  assert.deepEqual(wholeNumber(' １，２０４ ', 0, 100_000), { value: 1204 })
  assert.deepEqual(wholeNumber('', 0, 10), { value: null })
})

test('what is no whole number within the limits is told, never rounded, turned or cut', () => {
  for (const [text, says] of [
    ['1.5', '“1.5”不是整数，请只写数字'],
    ['１。５', '“１。５”不是整数，请只写数字'],
    ['−3', '不能小于 0'],
    ['－3', '不能小于 0'],
    ['200000', '不能大于 100000'],
    ['二十', '“二十”不是整数，请只写数字'],
    ['1,2', '“1,2”不是整数，请只写数字'],
  ] as const)
    assert.deepEqual(wholeNumber(text, 0, 100_000), { value: null, wrong: says })
})

test('a date is understood as documents write it, and no other day is made of it', () => {
  for (const text of ['2026-05-09', '2026年5月9日', '２０２６．５．９', '2026/5/9', '２０２６年０５月０９日'])
    assert.equal(dateIn(text), '2026-05-09')
  for (const text of ['2026-02-30', '5月9日', '20260509', '2026年13月1日']) assert.equal(dateIn(text), undefined)
})
