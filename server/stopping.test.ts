import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'

interface Started {
  pid: number
  address: URL
  /** The shell that started it, as npm does. */
  parent: ReturnType<typeof spawn>
}

/** Started by a shell that waits for it; `started` is said by the process itself. */
async function startedBy(t: TestContext, script: string, started: RegExp): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'yipin-stop-'))
  const parent = spawn('/bin/sh', ['-c', `"${process.execPath}" ${script} & echo pid=$!; wait $!`], {
    env: {
      ...process.env,
      npm_lifecycle_event: 'start',
      LOG_LEVEL: 'silent',
      PORT: '0',
      DATA_DIR: folder,
      DATABASE_URL: '',
      BALLOT_DATABASE_URL: '',
      BALLOT_DATA_DIR: folder,
      BALLOT_SECRET: 's'.repeat(32),
      BALLOT_PORT: '0',
      BALLOT_CONTROL_PORT: '0',
      PUBLIC_URL: 'http://127.0.0.1',
    },
  })
  let said = ''
  parent.stdout?.on('data', (chunk) => (said += chunk))
  parent.stderr?.on('data', (chunk) => (said += chunk))
  while (!started.test(said)) {
    assert.equal(parent.exitCode, null, said)
    await new Promise((done) => setTimeout(done, 50))
  }
  const pid = Number(/pid=(\d+)/.exec(said)?.[1])
  t.after(() => {
    parent.kill('SIGKILL')
    if (lives(pid)) process.kill(pid, 'SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  return { pid, parent, address: new URL(started.exec(said)?.[1] ?? '') }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const skip = process.platform === 'win32' || process.env['TEST_ENGINE'] === 'postgres'
const kinds = [
  ['the product', 'server/main.ts', /已启动：(\S+)/],
  ['the ballot box', 'ballot/main.ts', /票箱已启动：(\S+)/],
] as const

for (const [what, script, started] of kinds)
  test(`when npm is stopped and does not pass it on, ${what} ends too and frees its port`, { skip }, async (t) => {
    const { parent, address } = await startedBy(t, script, started)
    // Its output closes when the last one that holds it has ended.
    const ended = once(parent, 'close')
    parent.kill('SIGKILL')
    await ended
    await assert.rejects(fetch(address))
  })

test('a connection on which nothing is ever asked does not hold up the stop', { skip }, async (t) => {
  const { pid, parent, address } = await startedBy(t, 'server/main.ts', /已启动：(\S+)/)
  const silent = connect(Number(address.port), address.hostname)
  t.after(() => silent.destroy())
  silent.on('error', () => undefined)
  await once(silent, 'connect')
  const stopped = once(parent, 'exit')
  process.kill(pid, 'SIGTERM')
  // The limit would have ended it with 1.
  const [code] = await stopped
  assert.equal(code, 0)
})
