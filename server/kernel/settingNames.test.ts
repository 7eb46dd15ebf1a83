import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { settingNames, unknownSettings } from './settingNames.ts'

function envFile(t: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'yipin-names-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, '.env'), text)
  return join(folder, '.env')
}

test('a name in .env that sets nothing is told with its line and the name that was meant', (t) => {
  const path = envFile(
    t,
    '# ours\nPORT=3000\nDATADIR=/srv\ntrust_proxy=1\nBALOT_URL=x\n\nPOSTGRES_PASSWORD=y\nnonsense\n',
  )
  const told = unknownSettings(path)
  assert.equal(told.length, 5)
  assert.match(told[0] ?? '', /第 3 行的 DATADIR.*DATA_DIR/)
  assert.match(told[1] ?? '', /trust_proxy.*TRUST_PROXY/)
  assert.match(told[2] ?? '', /BALOT_URL.*BALLOT_URL/)
  assert.match(told[3] ?? '', /POSTGRES_PASSWORD 不是本系统的设置，没有起作用。$/)
  assert.match(told[4] ?? '', /第 8 行看不懂/)
  assert.deepEqual(unknownSettings(join(path, 'none')), [])
})

test('the names that are known are those that the program reads, and each stands in the handbook', () => {
  const root = join(import.meta.dirname, '../..')
  const read = ['server/kernel/settings.ts', 'ballot/settings.ts'].flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    return [...text.matchAll(/(?:environment\['|port\(')([A-Z_]+)'/g)].map((one) => one[1] ?? '')
  })
  assert.deepEqual([...new Set(read)].toSorted(), [...settingNames].toSorted())
  const handbook = readFileSync(join(root, 'docs/operations.md'), 'utf8')
  for (const name of settingNames) assert.ok(handbook.includes(`\`${name}`), name)
})
