import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { test } from 'node:test'
import fastify from 'fastify'
import { trusting } from '#domain/base/address.ts'
import { closeToOthers } from '#server/modes.ts'
import { world } from '#tests/world/world.ts'
import { sourceOf } from './session.ts'
import { readTrust } from './trust.ts'

async function sourceFor(text: string, forwarded: string): Promise<string> {
  const trust = readTrust(text)
  assert.notEqual(trust, undefined)
  const app = fastify({ trustProxy: trusting(trust ?? false) })
  app.get('/', (request, reply) => reply.send(sourceOf(request)))
  const answer = await app.inject({ url: '/', headers: { 'x-forwarded-for': forwarded } })
  await app.close()
  return answer.body
}

test('behind a proxy that appends, the address it saw is believed, and nothing that the caller wrote before it', async () => {
  assert.equal(await sourceFor('1', '9.9.9.1, 203.0.113.7'), '203.0.113.7')
  assert.equal(await sourceFor('127.0.0.1', '9.9.9.2, 203.0.113.7'), '203.0.113.7')
  assert.equal(await sourceFor('2', '9.9.9.3, 203.0.113.7, 10.0.0.1'), '203.0.113.7')
  assert.equal(await sourceFor('', '9.9.9.4'), '127.0.0.1')
  const app = fastify({ trustProxy: trusting(1) })
  app.get('/', (request, reply) => reply.send(sourceOf(request)))
  const past = { remoteAddress: '198.51.100.9', headers: { 'x-forwarded-for': '9.9.9.5' } }
  assert.equal((await app.inject({ url: '/', ...past })).body, '198.51.100.9', 'who comes past the proxy is no proxy')
  await app.close()
})

test('what is no address is never a source, and one IPv6 network is one', async () => {
  assert.equal(await sourceFor('1', '<script>alert(1)</script>'), '127.0.0.1')
  assert.equal(await sourceFor('1', 'x'.repeat(5_000)), '127.0.0.1')
  assert.equal(await sourceFor('1', '2001:db8:1:2::1'), await sourceFor('1', '2001:db8:1:2:ffff::9'))
  assert.equal(readTrust('true'), undefined)
  assert.equal(readTrust('proxy.example.cn'), undefined)
  assert.deepEqual(readTrust('10.0.0.1, 2001:db8::/32'), ['10.0.0.1', '2001:db8::/32'])
})

test('HEAD answers like GET without the body, on pages, styles, machines’ addresses and what is not there', async (t) => {
  const w = await world(t)
  const css = /\/assets\/portal\.\w+\.css/.exec((await w.visitor.get('/brands')).text)?.[0] ?? ''
  for (const url of ['/', '/brands', css, '/healthz', '/livez', '/api/openapi.json', '/nothing-here', '/api/me']) {
    const head = await w.app.inject({ method: 'HEAD', url, headers: { host: 'yipin.test' } })
    const get = await w.app.inject({ method: 'GET', url, headers: { host: 'yipin.test' } })
    assert.equal(head.statusCode, get.statusCode, url)
    assert.equal(head.headers['content-type'], get.headers['content-type'], url)
    assert.equal(head.body, '', url)
  }
})

test('a form from a page under another name of this machine is refused; by its address it is taken', async (t) => {
  const w = await world(t)
  const status = async (host: string) => {
    const headers = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }
    return (await w.app.inject({ method: 'POST', url: '/api/session/sign-out', headers, payload: {} })).body
  }
  assert.match(await status('evil.example'), /crossSite/)
  assert.doesNotMatch(await status('10.1.2.3:3000'), /crossSite/)
  assert.doesNotMatch(await status('[2001:db8::1]:3000'), /crossSite/)
  assert.doesNotMatch(await status('localhost:3000'), /crossSite/)
})

test('nobody else of the machine reads the databases or looks into their folder', {
  skip: process.platform === 'win32',
}, async (t) => {
  const w = await world(t)
  assert.deepEqual(closeToOthers(w.house.settings), [])
  assert.equal(statSync(w.house.settings.dataDir).mode & 0o077, 0)
  if (w.house.database.engine === 'sqlite')
    assert.equal(statSync(`${w.house.settings.dataDir}/yipin.db`).mode & 0o077, 0)
})
