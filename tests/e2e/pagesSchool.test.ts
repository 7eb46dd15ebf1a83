import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoStage, faultsOf } from './pages.ts'

test('every page of a school is without accessibility faults and fits the screen', async (t) => {
  const s = await demoStage(t)
  const faults: string[] = []
  for (const person of ['2141503001s', '2141503001c']) faults.push(...(await faultsOf(s, person)))
  assert.deepEqual(faults, [])
})
