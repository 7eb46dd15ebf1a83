import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { world } from '#tests/world/world.ts'

test('health is red when nothing can be written, though all can be read, and tells the free space', async (t) => {
  const w = await world(t)
  const before = (await w.visitor.get('/healthz')).body
  assert.ok(before.freeBytes > 0)
  const { settings } = w.house
  // Nobody, not even root, can make a file there.
  w.house.settings = { ...settings, dataDir: '/proc/self' }
  w.house.database = { ...w.house.database, reader: w.house.database.reader }
  const answer = await w.visitor.get('/healthz')
  w.house.settings = settings
  assert.equal(answer.status, 503)
  assert.equal(answer.body.files, 'unwritable')
  assert.match(answer.text, /写不进去/)
})

test('health tells nobody where the ballot box is reached', async (t) => {
  const w = await world(t)
  const url = 'http://10.0.0.5:3002'
  w.house.settings.ballot = { url }
  w.house.boxTroubles = () => Promise.resolve([`票箱进程（BALLOT_URL=${url}）没有回应。`])
  const { text } = await w.visitor.get('/healthz')
  assert.match(text, /票箱进程（BALLOT_URL）没有回应/)
  assert.ok(!text.includes('10.0.0.5'))
})

interface Started {
  child: ChildProcess
  said(): string
  address: string
}

async function started(t: TestContext, environment: Record<string, string>): Promise<Started> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'server/main.ts'], {
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'silent', DATABASE_URL: '', ...environment },
  })
  t.after(() => child.kill('SIGKILL'))
  let text = ''
  child.stdout?.on('data', (chunk) => (text += chunk))
  child.stderr?.on('data', (chunk) => (text += chunk))
  while (!/setup\?token=/.test(text)) {
    assert.equal(child.exitCode, null, text)
    await new Promise((done) => setTimeout(done, 50))
  }
  return { child, said: () => text, address: /已启动：(\S+)/.exec(text)?.[1] ?? '' }
}

const breakages: [string, (folder: string) => Record<string, string>, RegExp][] = [
  [
    'whose file is damaged',
    (folder) => {
      writeFileSync(
        join(folder, 'ballot.db'),
        'no database at all, but long enough to be looked at as one. '.repeat(20),
      )
      return {}
    },
    /ballot\.db/,
  ],
  [
    'whose key is damaged',
    (folder) => {
      mkdirSync(join(folder, 'ballot-keys'))
      writeFileSync(join(folder, 'ballot-keys', 'box.key'), 'garbage')
      writeFileSync(join(folder, 'ballot.db'), '')
      return {}
    },
    /box\.key/,
  ],
  [
    'whose database does not answer',
    () => ({ BALLOT_DATABASE_URL: 'postgres://127.0.0.1:1/none' }),
    /BALLOT_DATABASE_URL/,
  ],
]

for (const [what, damage, named] of breakages)
  test(`a ballot box ${what} leaves the rest running; the start and the health say which file`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'yipin-broken-box-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    const { child, said, address } = await started(t, { DATA_DIR: folder, ...damage(folder) })
    const health = await fetch(`${address}healthz`)
    const told = (await health.json()) as { ballotBox: string; troubles: string[] }
    assert.equal(health.status, 503)
    assert.equal(told.ballotBox, 'broken')
    assert.match(told.troubles.join(), named)
    assert.ok(!told.troubles.join().includes(folder), 'not where it lies')
    assert.match(said(), named)
    assert.equal((await fetch(`${address}readyz`)).status, 200)
    assert.equal((await fetch(`${address}sign-in`)).status, 200)
    assert.equal((await fetch(`${address}t`)).status, 503)
    assert.equal(child.exitCode, null)
  })
