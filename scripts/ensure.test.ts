import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'

const script = resolve('scripts/ensure.mjs')

/** An installation with one package, and an npm of ours that does what `npm ci` does. */
function installation(t: TestContext, npm: 'works' | 'offline') {
  const folder = mkdtempSync(join(tmpdir(), 'yipin-ensure-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const at = (...parts: string[]) => join(folder, ...parts)
  for (const one of ['bin', 'node_modules/one', 'node_modules/.cache/packed', 'console/dist', 'server', 'scripts'])
    mkdirSync(at(one), { recursive: true })
  for (const one of ['server/packed.ts', 'scripts/pack.ts', 'console/dist/index.html', 'node_modules/one/old'])
    writeFileSync(at(one), '')
  writeFileSync(at('package.json'), '{}')
  writeFileSync(at('package-lock.json'), lockWith('2.0.0'))
  writeFileSync(at('node_modules/.package-lock.json'), lockWith('1.0.0'))
  const steps = {
    works:
      'mkdir -p node_modules/one && touch node_modules/one/new && cp package-lock.json node_modules/.package-lock.json',
    offline: 'rm -rf node_modules; exit 1',
  }
  writeFileSync(at('bin/npm'), `#!/bin/sh\n${steps[npm]}\n`)
  chmodSync(at('bin/npm'), 0o755)
  const ensure = () =>
    spawnSync(process.execPath, [script, 'check'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${at('bin')}:${process.env['PATH']}` },
    })
  return { at, ensure }
}

const lockWith = (version: string): string =>
  JSON.stringify({ packages: { '': {}, 'node_modules/one': { version }, 'node_modules/tool': { version, dev: true } } })

const options = { skip: process.platform === 'win32' }

test('an update without a registry leaves the installed packages as they were, and says the way out', options, (t) => {
  const { at, ensure } = installation(t, 'offline')
  const done = ensure()
  assert.equal(done.status, 1)
  assert.match(done.stdout, /untouched[\s\S]*Without a network/)
  assert.deepEqual(readdirSync(at('node_modules/one')), ['old'])
  assert.equal(existsSync(at('.node_modules.new')), false)
})

test('an update is installed beside and swapped as a whole, also after a swap that broke off', options, (t) => {
  const { at, ensure } = installation(t, 'works')
  assert.equal(ensure().status, 0)
  assert.deepEqual(readdirSync(at('node_modules/one')), ['new'])
  assert.deepEqual(
    ['.node_modules.new', '.node_modules.old'].filter((one) => existsSync(at(one))),
    [],
  )
})

test('packages that were installed by other means and fit are taken as they are', options, (t) => {
  const { at, ensure } = installation(t, 'offline')
  const lock = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')) as { packages: Record<string, unknown> }
  delete lock.packages['node_modules/tool']
  writeFileSync(at('node_modules/.package-lock.json'), JSON.stringify(lock))
  const done = ensure()
  assert.equal(done.status, 0, done.stdout)
  assert.deepEqual(readdirSync(at('node_modules/one')), ['old'])
})
