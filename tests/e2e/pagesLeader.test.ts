import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoStage, faultsOf } from './pages.ts'

test('every page of a leader and a reviewer is without accessibility faults and fits the screen', async (t) => {
  const s = await demoStage(t)
  assert.deepEqual([...(await faultsOf(s, 'leader1')), ...(await faultsOf(s, 'expert1'))], [])
})
