import assert from 'node:assert/strict'
import { test } from 'node:test'
import { againstPassword } from './password.ts'

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

test('X8: a hostile long password is judged at once', () => {
  const started = performance.now()
  reasons(`${'a'.repeat(50_000)}!`)
  assert.ok(performance.now() - started < 1000)
})
