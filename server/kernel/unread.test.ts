import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { once } from 'node:events'
import { test } from 'node:test'
import { openApp, routes } from '#server/app.ts'
import { effortOf } from '#tests/world/effort.ts'
import { world } from '#tests/world/world.ts'
import { HOST } from '#tests/world/house.ts'
import { addressMeant } from './unread.ts'

test('an address with capitals or a slash at its end leads to the page that was meant, with its query', async (t) => {
  const w = await world(t)
  const to = async (url: string) => {
    const { status, headers } = await w.visitor.get(url)
    return [status, headers['location']]
  }
  assert.deepEqual(await to('/brands/?q=%E7%81%AF&page=2'), [308, '/brands?q=%E7%81%AF&page=2'])
  assert.deepEqual(await to('/Brands'), [308, '/brands'])
  assert.deepEqual(await to('/VERIFY/YXYP-2026-0001//'), [308, '/verify/YXYP-2026-0001'])
  assert.equal((await w.visitor.get('/sign-in/')).status, 308)
  const nobody = '/certificates/YXYP-2026-0001'
  assert.deepEqual((await (await w.as('office')).get(nobody)).status, 404, 'a number keeps its capitals')
})

test('nothing that is no page of ours is redirected, least of all to another host', async (t) => {
  const w = await world(t)
  for (const url of [
    '//evil.example/Brands/',
    '/\\evil.example/',
    '/Nowhere/',
    '/API/Me',
    '/%2Fevil.example/',
    '/.//evil.example/',
  ])
    assert.equal((await w.visitor.get(url)).headers['location'], undefined, url)
  assert.equal(
    (await w.app.inject({ method: 'POST', url: '/Brands/', headers: { host: HOST } })).headers['location'],
    undefined,
  )
})

test('an address of nothing but slashes is no more work than another of its length', async () => {
  const meant = addressMeant(routes)
  const url = `/brands${'/'.repeat(15_000)}`
  assert.equal(meant(url), '/brands')
  const effort = await effortOf(() => assert.equal(meant(`${url}x`), undefined))
  assert.ok(effort < 1, `${effort} times hashing 16 MiB`)
})

test('an address too long to be read is answered by a page in Chinese with the way on', async (t) => {
  const w = await world(t)
  await w.app.listen({ port: 0, host: '127.0.0.1' })
  const address = w.app.server.address()
  assert.ok(address && typeof address === 'object')
  const socket = connect(address.port, '127.0.0.1')
  socket.write(`GET /brands?q=${'a'.repeat(40_000)} HTTP/1.1\r\nhost: ${HOST}\r\n\r\n`)
  const parts: Buffer[] = []
  socket.on('data', (part) => parts.push(part))
  socket.on('error', () => undefined)
  await once(socket, 'close')
  const text = Buffer.concat(parts).toString()
  assert.match(text, /^HTTP\/1\.1 431 /)
  assert.match(text, /网址太长了.*回到首页/)
})

test('the address of a slip reaches the ballot box also where an app wrote its # as %23, and nothing else does', async (t) => {
  const w = await world(t)
  const app = await openApp(w.house, { respondents: (_request, reply) => void reply.end('the box') })
  t.after(() => app.close())
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  assert.ok(address && typeof address === 'object')
  const says = async (path: string) => (await fetch(`http://127.0.0.1:${address.port}${path}`)).text()
  for (const path of ['/t', '/t?from=singlemessage', '/t/shared', '/t%23abcdefghijklmnopqrstuv'])
    assert.equal(await says(path), 'the box', path)
  for (const path of ['/todo', '/t%24', '/T']) assert.notEqual(await says(path), 'the box', path)
})
