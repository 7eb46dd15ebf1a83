import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

interface Locked {
  version?: string
  integrity?: string
  resolved?: string
  link?: boolean
}

test('every package of the lock is known by its digest and by no address, those of other platforms too', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> }
  const locked = Object.entries(packages).filter(([path, one]) => path !== '' && one.link !== true)
  assert.ok(locked.length > 300)
  assert.deepEqual(
    locked.filter(([, one]) => one.integrity?.startsWith('sha512-') !== true).map(([path]) => path),
    [],
  )
  assert.deepEqual(
    locked.filter(([, one]) => one.resolved !== undefined).map(([path]) => path),
    [],
  )
})
