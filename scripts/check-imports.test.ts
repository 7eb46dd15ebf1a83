import assert from 'node:assert/strict'
import { test } from 'node:test'
import { breachesIn } from './check-imports.ts'

test('a breach of the import table is named with its file and line', () => {
  const sources = [
    { path: 'domain/base/a.ts', text: "import { z } from 'zod'\nimport { b } from '#server/kernel/work.ts'\n" },
    { path: 'contract/plan/a.ts', text: "import { z } from 'zod'\nimport { c } from '#domain/base/actor.ts'\n" },
    { path: 'server/kernel/a.ts', text: "import { find } from '#server/plan/plan/queries.ts'\n" },
    { path: 'server/plan/plan/queries.ts', text: "import { save } from '#server/plan/plan/writes.ts'\n" },
    { path: 'ballot/a.ts', text: "import { find } from '#server/plan/plan/queries.ts'\n" },
  ]
  assert.deepEqual(breachesIn(sources), [
    'domain/base/a.ts:1 may not use the library zod',
    'domain/base/a.ts:2 may not import server/kernel/work.ts',
    'server/kernel/a.ts:1 may not import server/plan/plan/queries.ts',
    'server/plan/plan/queries.ts:1 may not import server/plan/plan/writes.ts',
    'ballot/a.ts:1 may not import server/plan/plan/queries.ts',
  ])
})

test('a write to another subject’s table, a strange file name and a folder that is no room are breaches', () => {
  const sources = [
    {
      path: 'server/plan/plan/writes.ts',
      text: "await tx.updateTable('entry').set({})\nawait tx.insertInto('plan')\nawait tx.deleteFrom('nobody')\n",
    },
    { path: 'server/brand/brand/helpers.ts', text: '' },
    { path: 'server/reports/year/queries.ts', text: '' },
    { path: 'console/misc/Page.tsx', text: '' },
  ]
  assert.deepEqual(
    breachesIn(sources).map((one) => one.replace(/:(?= a subject holds| move it).*/, '')),
    [
      'server/plan/plan/writes.ts:1 writes entry, which belongs to ledger/entry',
      'server/plan/plan/writes.ts:3 writes nobody, which no subject owns',
      'server/brand/brand/helpers.ts:1 has a name outside the vocabulary',
      'server/brand/brand/helpers.ts:1 stands in no folder of the import table',
      'server/reports/year/queries.ts:1 stands in no room',
      'server/reports/year/queries.ts:1 stands in no folder of the import table',
      'console/misc/Page.tsx:1 stands in no room',
    ],
  )
})

test('rooms that need each other in a circle are named on every floor, with the lines that close it', () => {
  for (const floor of ['domain', 'contract', 'console'])
    assert.deepEqual(
      breachesIn([
        { path: `${floor}/plan/a.ts`, text: `import { b } from '#${floor}/ledger/b.ts'\n` },
        { path: `${floor}/ledger/b.ts`, text: `\nimport { c } from '#${floor}/brand/c.ts'\n` },
        { path: `${floor}/brand/c.ts`, text: `import { a } from '#${floor}/plan/a.ts'\n` },
      ]),
      [
        `${floor}: a circle of rooms brand → plan → ledger → brand (${floor}/brand/c.ts:1, ${floor}/plan/a.ts:1, ${floor}/ledger/b.ts:2)`,
      ],
    )
})

test('tests may look into every room', () => {
  assert.deepEqual(
    breachesIn([
      { path: 'server/plan/plan/plan.test.ts', text: "import { a } from '#server/ledger/entry/actions.ts'\n" },
      { path: 'server/ledger/entry/entry.test.ts', text: "import { a } from '#server/plan/plan/actions.ts'\n" },
    ]),
    [],
  )
})
