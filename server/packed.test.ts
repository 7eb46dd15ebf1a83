import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { fileOf, folder, PACKED } from './packed.ts'

const WHOLE = 'module.exports'

for (const name of PACKED)
  test(`${name} offers the same packed as it does by itself`, async () => {
    const itself = await import(name)
    const packed = await import(pathToFileURL(`${folder}${fileOf(name)}.mjs`).href)
    const kinds = (all: Record<string, unknown>) =>
      Object.keys(all)
        .filter((one) => one !== WHOLE)
        .map((one) => `${one}: ${typeof all[one]}`)
        .toSorted()
    assert.deepEqual(kinds(packed), kinds(itself))
  })
