import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoStage, faultsOf, faultsOfPortal } from './pages.ts'

test('every page of the portal and of those who keep accounts and the log is without accessibility faults and fits a phone and a desktop', async (t) => {
  const s = await demoStage(t)
  const faults = await faultsOfPortal(s)
  for (const person of ['admin', 'security', 'auditor']) faults.push(...(await faultsOf(s, person)))
  assert.deepEqual(faults, [])
})
