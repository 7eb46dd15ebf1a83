import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { lifecyclesText } from './print-lifecycles.ts'

test('docs/lifecycles.md says what the tables say', () => {
  assert.equal(readFileSync('docs/lifecycles.md', 'utf8'), lifecyclesText())
})
