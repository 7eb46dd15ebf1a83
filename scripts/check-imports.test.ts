import assert from 'node:assert/strict'
import { test } from 'node:test'
import { breachesIn } from './check-imports.ts'

test('a breach of the import table is named with its file and line', () => {
  const sources = [
    { path: 'domain/a.ts', text: "import { z } from 'zod'\nimport { b } from '#server/kernel/work.ts'\n" },
    { path: 'contract/a.ts', text: "import { z } from 'zod'\nimport { c } from '#domain/actor.ts'\n" },
    { path: 'server/kernel/a.ts', text: "import { find } from '#server/features/plan/store.ts'\n" },
    { path: 'ballot/a.ts', text: "import { find } from '#server/features/plan/store.ts'\n" },
  ]
  assert.deepEqual(breachesIn(sources), [
    'domain/a.ts:1 may not use the library zod',
    'domain/a.ts:2 may not import server/kernel/work.ts',
    'server/kernel/a.ts:1 may not import server/features/plan/store.ts',
    'ballot/a.ts:1 may not import server/features/plan/store.ts',
  ])
})

test('a write to another feature’s table, a strange file name and a circle are breaches', () => {
  const sources = [
    {
      path: 'server/features/plan/actions.ts',
      text: "import { x } from '#server/features/brand/actions.ts'\nawait tx.updateTable('entry').set({})\nawait tx.insertInto('plan')\n",
    },
    { path: 'server/features/brand/actions.ts', text: "import { y } from '#server/features/plan/actions.ts'\n" },
    { path: 'server/features/brand/helpers.ts', text: '' },
  ]
  assert.deepEqual(breachesIn(sources), [
    'server/features/plan/actions.ts:2 writes entry, which belongs to ledger',
    'server/features/brand/helpers.ts:1 is outside the closed vocabulary of a feature (store actions routes pages documents)',
    'server/features/brand/helpers.ts:1 stands in no folder of the import table',
    'server/features: a circle of actions brand → plan → brand',
  ])
})
