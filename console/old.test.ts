import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

// Newer than Chrome 95, Firefox 91 or Safari 15.
const newer = [
  'toReversed',
  'toSorted',
  'toSpliced',
  'findLast',
  'findLastIndex',
  'groupBy',
  'hasOwn',
  'fromAsync',
  'withResolvers',
  'isWellFormed',
  'toWellFormed',
  'symmetricDifference',
  'isSubsetOf',
  'isDisjointFrom',
  'structuredClone',
  'randomUUID',
]

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$|dist|node_modules/.test(name))
    .map((name) => join(folder, name))

test('what the console calls and old browsers lack is supplied before anything else runs', () => {
  const supplied = readFileSync('console/old.ts', 'utf8')
  assert.match(readFileSync('console/main.tsx', 'utf8'), /^import '\.\/old\.ts'/)
  const missing: string[] = []
  for (const file of sources('console').filter((name) => !name.endsWith('old.ts'))) {
    const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    for (const name of newer)
      if (new RegExp(`\\b${name}\\(`).test(text) && !supplied.includes(`'${name}'`)) missing.push(`${file}: ${name}`)
  }
  assert.deepEqual(missing, [])
})

test('each supplied function does what the newer browsers do', async () => {
  const natives = [Array.prototype, Object] as unknown as Record<string, unknown>[]
  const names = ['at', 'toReversed', 'toSorted', 'toSpliced', 'with', 'findLast', 'findLastIndex', 'groupBy', 'hasOwn']
  const kept = natives.map((one) =>
    Object.fromEntries(names.map((name) => [name, Object.getOwnPropertyDescriptor(one, name)])),
  )
  const run = () => [
    [3, 1, 2].toReversed(),
    [3, 1, 2].toSorted(),
    [3, 1, 2].toSorted((a, b) => b - a),
    [3, 1, 2].toSpliced(1, 1, 9),
    [3, 1, 2].with(2, 7),
    [3, 1, 2].findLast((one) => one > 1),
    [3, 1, 2].findLastIndex((one) => one > 2),
    [3, 1, 2].at(-1),
    { ...Object.groupBy([1, 2, 3], (one) => (one % 2 ? 'odd' : 'even')) },
    Object.hasOwn({ a: 1 }, 'a'),
  ]
  const expected = run()
  for (const one of natives) for (const name of names) delete one[name]
  try {
    await import('./old.ts')
    assert.deepEqual(run(), expected)
  } finally {
    natives.forEach((one, at) => {
      for (const [name, how] of Object.entries(kept[at] ?? {})) if (how) Object.defineProperty(one, name, how)
    })
  }
})
