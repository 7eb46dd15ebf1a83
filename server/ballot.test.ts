import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { openBallot } from './ballot.ts'

test('a box that cannot be opened tells the voter to come again, and that the slip is still good', async (t) => {
  const failures: unknown[] = []
  const ballot = openBallot({
    settings: {
      dataDir: tmpdir(),
      publicUrl: 'http://127.0.0.1',
      trustProxy: false,
      // Nobody listens there.
      ballot: { databaseUrl: 'postgres://127.0.0.1:1/none' },
    },
    failed: (error) => failures.push(error),
  })
  const server = createServer(ballot.handle).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as AddressInfo
  for (const tries of [1, 2]) {
    const answer = await fetch(`http://127.0.0.1:${port}/t`)
    assert.equal(answer.status, 503)
    assert.match(await answer.text(), /请过几分钟再打开一次。纸条上的编码没有用掉/)
    assert.equal(failures.length, tries, 'every request tries anew')
  }
})

test('with the box in another process and no proxy for it, voters are told and nothing runs in a circle', async (t) => {
  let asked = 0
  const ballot = openBallot({
    settings: {
      dataDir: tmpdir(),
      publicUrl: 'http://127.0.0.1',
      trustProxy: false,
      ballot: { url: 'http://127.0.0.1:1', secret: 's'.repeat(32) },
    },
    failed: () => undefined,
  })
  const server = createServer((request, reply) => {
    asked += 1
    ballot.handle(request, reply)
  }).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/t`)
  assert.equal(answer.status, 503)
  assert.match(await answer.text(), /纸条上的编码没有用掉.*BALLOT_PORT/s)
  assert.equal(asked, 1)
})

test('a box in another process that is gone is a trouble in words', async () => {
  const ballot = openBallot({
    settings: {
      dataDir: tmpdir(),
      publicUrl: 'http://127.0.0.1',
      trustProxy: false,
      ballot: { url: 'http://127.0.0.1:1', secret: 's'.repeat(32) },
    },
    failed: () => undefined,
  })
  assert.match((await ballot.troubles()).join(), /票箱进程（BALLOT_URL=http:\/\/127\.0\.0\.1:1）没有回应/)
  assert.match((await ballot.wake()).join(), /没有回应/)
})
