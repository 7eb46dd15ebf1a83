import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoStage, faultsOf } from './pages.ts'

test('every page of the office is without accessibility faults and fits the screen', async (t) => {
  const s = await demoStage(t)
  const faults: string[] = []
  for (const person of ['office']) faults.push(...(await faultsOf(s, person)))
  assert.deepEqual(faults, [])
})
