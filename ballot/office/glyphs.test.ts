import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signsWithoutGlyph } from './glyphs.ts'

test('a sign that the printed font lacks is named, and one that it has is not', () => {
  assert.deepEqual(signsWithoutGlyph('试验小学（2）班 Aa1 “”'), [])
  for (const rare of ['㛃', '𬱖', '䶮', '㐱', '頔', '堃'])
    assert.deepEqual(signsWithoutGlyph(`试验${rare}小学`), [], rare)
  assert.deepEqual(signsWithoutGlyph('试验𠮷𠮷小学'), ['𠮷'])
})
