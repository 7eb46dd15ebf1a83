import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { relative } from 'node:path'
import { together } from './together.ts'

test('every test file is run exactly once, and what changes its process has one of its own', () => {
  const files = [
    'server/award/certificate/award.test.ts',
    'server/award/decision/decision.test.ts',
    'server/plan/plan/plan.test.ts',
    'server/kernel/files/unready.test.ts',
    'server/stopping.test.ts',
    'domain/base/text.test.ts',
    'tests/everywhere/access.test.ts',
  ]
  const entries = together(files, 'trial of together')
  const run = entries.flatMap((entry) =>
    entry.endsWith('.mjs')
      ? [...readFileSync(entry, 'utf8').matchAll(/import '(.*)'/g)].map(([, url = '']) =>
          relative('.', fileURLToPath(url)),
        )
      : [entry],
  )
  assert.deepEqual(run.toSorted(), files.toSorted())
  for (const alone of [
    'server/kernel/files/unready.test.ts',
    'server/stopping.test.ts',
    'tests/everywhere/access.test.ts',
  ])
    assert.ok(entries.includes(alone), alone)
})
