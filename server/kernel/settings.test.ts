import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { securityHeaders as ballotHeaders } from '#ballot/voting/headers.ts'
import { readBallotSettings } from '#ballot/settings.ts'
import { securityHeaders } from './headers.ts'
import { ENV_FILE, environmentWithFile, INSTALLED_IN, readSettings } from './settings.ts'

function settingsOf(environment: Record<string, string>) {
  const settings = readSettings(environment)
  assert.ok(!('mistakes' in settings), JSON.stringify(settings))
  return settings
}

function mistakesOf(environment: Record<string, string>): string[] {
  const settings = readSettings(environment)
  return 'mistakes' in settings ? settings.mistakes : []
}

test('without any setting, or with all of them left empty, the product listens on this machine alone', () => {
  const names = ['PORT', 'HOST', 'PUBLIC_URL', 'DATABASE_URL', 'LOG_LEVEL', 'TRUST_PROXY', 'BALLOT_URL']
  for (const environment of [{}, Object.fromEntries(names.map((name) => [name, '']))]) {
    const { port, host, publicUrl, databaseUrl, logLevel, trustProxy } = settingsOf(environment)
    assert.deepEqual(
      { port, host, publicUrl, databaseUrl, logLevel, trustProxy },
      {
        port: 3000,
        host: '127.0.0.1',
        publicUrl: 'http://127.0.0.1:3000',
        databaseUrl: undefined,
        logLevel: 'info',
        trustProxy: false,
      },
    )
  }
})

test('every wrong setting is named, all at once', () => {
  const wrong: [string, string][] = [
    ['PORT', '70000'],
    ['PORT', '0x50'],
    ['PORT', '-1'],
    ['DATABASE_URL', 'mysql://here'],
    ['LOG_LEVEL', 'loud'],
    ['PUBLIC_URL', 'yipin.example.cn'],
    ['PUBLIC_URL', 'https://yipin.example.cn/sub'],
    ['PUBLIC_URL', 'https://yipin.example.cn/?a=1'],
    ['PUBLIC_URL', 'ftp://yipin.example.cn'],
    ['TRUST_PROXY', 'true'],
    ['BALLOT_DATABASE_URL', 'here'],
    ['BALLOT_URL', 'nowhere'],
  ]
  for (const [name, value] of wrong) {
    const mistakes = mistakesOf({ [name]: value })
    assert.ok(
      mistakes.some((one) => one.startsWith(name)),
      `${name}=${value}: ${mistakes.join()}`,
    )
  }
  assert.equal(mistakesOf({ PORT: 'x', LOG_LEVEL: 'loud', TRUST_PROXY: 'yes' }).length, 3)
})

test('the public address is compared as browsers write it', () => {
  assert.equal(settingsOf({ PUBLIC_URL: 'https://YiPin.Example.cn:443/' }).publicUrl, 'https://yipin.example.cn')
  assert.equal(settingsOf({ PUBLIC_URL: 'http://10.1.2.3:8080' }).publicUrl, 'http://10.1.2.3:8080')
})

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'yipin-settings-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('a setting of the environment wins over the same in .env, which may have comments, quotes and Windows line ends', (t) => {
  const path = join(folder(t), '.env')
  writeFileSync(path, '# ours\r\nYIPIN_ONE="a b"\r\nPATH=/nowhere\r\n  YIPIN_TWO = c=d \r\nnonsense\r\n')
  const environment = environmentWithFile(path)
  assert.equal(environment['YIPIN_ONE'], 'a b')
  assert.equal(environment['YIPIN_TWO'], 'c=d')
  assert.equal(environment['PATH'], process.env['PATH'])
})

test('folders that are written relatively lie in the installation, wherever the start is called from', () => {
  const root = join(import.meta.dirname, '../..')
  assert.equal(INSTALLED_IN, root)
  assert.equal(ENV_FILE, join(root, '.env'))
  assert.equal(settingsOf({}).dataDir, join(root, 'data'))
  const settings = settingsOf({ DATA_DIR: './here', BALLOT_KEY_DIR: 'keys' })
  assert.deepEqual([settings.dataDir, settings.ballot.keyFolder], [join(root, 'here'), join(root, 'keys')])
  const box = readBallotSettings({ BALLOT_SECRET: 's'.repeat(32), PUBLIC_URL: 'https://yipin.test' })
  assert.ok(!('mistakes' in box))
  assert.equal(box.folder, join(root, 'data', 'ballot'))
})

test('HSTS=0 is heard from .env too, by the product and by the box', () => {
  assert.deepEqual([settingsOf({}).hsts, settingsOf({ HSTS: '0' }).hsts], [true, false])
  const box = { BALLOT_SECRET: 's'.repeat(32), PUBLIC_URL: 'https://yipin.test', HSTS: '0' }
  const settings = readBallotSettings(box)
  assert.ok(!('mistakes' in settings))
  assert.equal(settings.hsts, false)
  for (const headers of [securityHeaders, ballotHeaders]) {
    assert.equal(headers(false)['strict-transport-security'], 'max-age=0')
    assert.equal(headers()['strict-transport-security'], 'max-age=31536000')
  }
})

function start(environment: Record<string, string>): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, ['server/main.ts'], { env: { ...process.env, ...environment } })
  let text = ''
  child.stdout?.on('data', (chunk) => (text += chunk))
  child.stderr?.on('data', (chunk) => (text += chunk))
  return { child, said: () => text }
}

test('a wrong setting stops the start with a line that says which and why', async () => {
  const { child, said } = start({ PORT: 'x' })
  const [code] = await once(child, 'exit')
  assert.equal(code, 1)
  assert.match(said(), /PORT=x 不是/)
})

test('asked to stop, the product finishes what is under way and leaves nothing open', async (t) => {
  const { child, said } = start({ PORT: '0', DATA_DIR: folder(t), LOG_LEVEL: 'info', DATABASE_URL: '' })
  t.after(() => child.kill('SIGKILL'))
  while (!/setup\?token=/.test(said())) await new Promise((done) => setTimeout(done, 50))
  const address = /已启动：(\S+)/.exec(said())?.[1] ?? ''
  assert.ok(said().includes(`${address}setup?token=`), 'the link names the port that was taken')
  const answer = fetch(`${address}healthz`)
  await (await answer).text()
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  assert.equal(code, 0)
  await assert.rejects(fetch(`${address}healthz`))
  const token = /token=(\S+)/.exec(said())?.[1] ?? ''
  const logged = said()
    .split('\n')
    .filter((line) => line.startsWith('{'))
  assert.ok(logged.some((line) => JSON.parse(line).path === '/healthz'))
  assert.ok(logged.every((line) => !line.includes(token)))
})
