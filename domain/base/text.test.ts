import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  bigrams,
  bigramText,
  countCharacters,
  nearDuplicates,
  plainText,
  queryBigrams,
  searchKey,
  shorten,
  similarity,
} from './text.ts'

/** Whether a query finds a text, as the search does it. */
const finds = (query: string, text: string): boolean => {
  const index = bigrams(text)
  const { tokens, beginnings } = queryBigrams(query)
  return (
    tokens.every((token) => index.includes(token)) &&
    beginnings.every((beginning) => index.some((token) => token.startsWith(beginning)))
  )
}

test('full-width letters, capitals and invisible characters do not hide a text from search', () => {
  assert.equal(searchKey(' ＡＢc\u200b１２ '), 'abc12')
})

test('two-character words and single characters are found, wherever they stand', () => {
  const text = '红烛先锋·“党建+”育人'
  for (const query of ['先锋', '党建', '红', '锋', '人', '红烛 育人', '先锋党建'.slice(0, 2)])
    assert.ok(finds(query, text), query)
  for (const query of ['锋党', '建人', '蓝']) assert.ok(!finds(query, text), query)
})

test('every part of a text finds the text', () => {
  const words = fc.string({ unit: fc.constantFrom(...'红烛先锋党建育人𠮷ab12 ·'), maxLength: 20 })
  fc.assert(
    fc.property(words, fc.nat(20), fc.nat(20), (text, from, length) => {
      const part = [...text].slice(from, from + length).join('')
      assert.ok(finds(part, text), `${part} in ${text}`)
    }),
  )
})

test('the index can be kept as one text', () => {
  assert.equal(bigramText('党建 红'), '党建 建 红')
})

test('likeness is 1 for the same text, 0 for nothing in common, and the same both ways', () => {
  assert.equal(similarity('红烛先锋', '红 烛 先 锋'), 1)
  assert.equal(similarity('红烛先锋', '蓝天行动'), 0)
  assert.equal(similarity('', ''), 0)
  assert.equal(similarity(' · ', '——'), 0)
  assert.equal(similarity('红', '红'), 1)
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const likeness = similarity(one, other)
      assert.ok(likeness >= 0 && likeness <= 1)
      assert.equal(likeness, similarity(other, one))
    }),
  )
})

test('G3: a brand of nearly the same name or concept is named, the closest first, and others are not', () => {
  const others = [
    { name: '蓝天行动', concept: '服务' },
    { name: '红烛先锋队', concept: '' },
    { name: '红烛先锋', concept: '育人' },
  ]
  assert.deepEqual(
    nearDuplicates('红烛先锋', '', others).map((one) => one.brand.name),
    ['红烛先锋', '红烛先锋队'],
  )
  assert.deepEqual(
    nearDuplicates('晨光', '服务', others).map((one) => one.brand.name),
    ['蓝天行动'],
  )
})

test('characters are counted as people count them', () => {
  assert.equal(countCharacters(' 党建𠮷 '), 3)
  assert.equal(countCharacters('e\u0301'), 1)
  assert.equal(countCharacters('👨\u200d👩\u200d👧👍🏽'), 2)
})

test('stored text has no control characters and one kind of line end', () => {
  assert.equal(plainText(' 第一行\r\n第二\u0000行\u202e\t完\r '), '第一行\n第二行\t完')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(plainText(plainText(text)), plainText(text))),
  )
})

test('shortening never cuts a character in half', () => {
  assert.equal(shorten('𠮷𠮷𠮷', 2), '𠮷…')
  assert.equal(shorten('党建', 2), '党建')
})
