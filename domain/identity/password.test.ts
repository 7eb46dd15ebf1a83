import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { againstPassword, gradedProtection, passwordSentences, plainProfile } from './password.ts'
import { effortOf } from '#tests/world/effort.ts'

const context = { loginName: 'hqlxx01', personName: '演示干事', names: ['红旗路小学'] }
const reasons = (password: string) => againstPassword(password, context).length

test('A4: common passwords and words of the place are refused', () => {
  for (const password of [
    'password123',
    'Aa123456',
    '北关区2022',
    'Qwerty12345!',
    'Dangjian#2026',
    'hqlxx01-Abc9',
    '红旗路小学Aa1',
  ])
    assert.ok(reasons(password) > 0, password)
})

test('A6: a long passphrase in Chinese with spaces is accepted', () => {
  assert.equal(reasons('清晨 的 校园 里 有 三十 二 只 麻雀 在 叫'), 0)
})

test('a strong short password is accepted and a weak one gets every reason at once', () => {
  assert.equal(reasons('Tb7#rkWq2x'), 0)
  assert.ok(reasons('aaa') >= 3)
})

test('the same password composed or decomposed is judged alike', () => {
  assert.equal(reasons('éclair-Bordeaux7'.normalize('NFD')), reasons('éclair-Bordeaux7'.normalize('NFC')))
})

test('X8: a hostile long password is judged at once', async () => {
  const many = 100_000
  const hostile = [`${'a'.repeat(many)}!`, `${'1'.repeat(many)}a`, `${' '.repeat(many)}x`, `a${'.'.repeat(many)}b`]
  const effort = await effortOf(() => {
    for (const one of hostile) assert.equal(reasons(one), 1)
  })
  assert.ok(effort < 50, `${effort}`)
})

test('common passwords are refused under every look-alike, case and tail', () => {
  for (const password of [
    'P@ssw0rd2026!',
    'Pa$$word123',
    'Admin@123456',
    '!QAZ2wsx#1',
    '1q2w3e4r5T!',
    'Woaini1314520!',
    'Aa1Aa1Aa1Aa1',
    'abcdefghijklmnopqrst',
    '5201314',
    'Xuexiqiangguo#1',
  ])
    assert.ok(againstPassword(password, context, { ...gradedProtection, minimum: 1, kinds: 1 }).length > 0, password)
})

test('the short name of the school is found in a password too', () => {
  assert.match(againstPassword('红旗路上的三十二只麻雀在歌唱清晨', context)[0]?.message ?? '', /红旗路/)
})

test('the plain profile takes eight characters of any kind, but no common ones', () => {
  assert.deepEqual(againstPassword('mxkvtrwq', context, plainProfile), [])
  assert.equal(againstPassword('mxkvtrw', context, plainProfile).length, 1)
  assert.equal(againstPassword('password', context, plainProfile).length, 1)
  assert.ok(passwordSentences(plainProfile).every((sentence) => !sentence.includes('混用')))
})

test('almost no password drawn at random is refused, so the list of common ones stays a list of common ones', () => {
  const chars = fc.constantFrom(...'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789#%^&*-_=+')
  const drawn = fc.sample(fc.string({ unit: chars, minLength: 16, maxLength: 24 }), { numRuns: 2000, seed: 7 })
  const refused = drawn.filter((password) => againstPassword(password, context).length > 0)
  assert.ok(refused.length <= 2, refused.join(' '))
})
