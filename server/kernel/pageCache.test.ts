import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { system } from '#domain/base/actor.ts'
import { world } from '#tests/world/world.ts'
import { HOST } from '#tests/world/house.ts'
import { openPageCache } from './pageCache.ts'

test('a public page is drawn once between two commits, and anew after each', async (t) => {
  const w = await world(t)
  const queries = async (url: string) => {
    w.queries.count = 0
    assert.equal((await w.visitor.get(url)).status, 200)
    return w.queries.count
  }
  assert.ok((await queries('/')) > 0)
  assert.equal(await queries('/'), 0)
  await w.work(system, async (work) => work.record('test.change', 'test', 'x'))
  assert.ok((await queries('/')) > 0)
})

test('a page during whose drawing something was committed is not shown to the next visitor', async (t) => {
  const w = await world(t)
  const pages = openPageCache(w.house)
  const asking = () => ({ url: '/brands', cookies: {}, headers: {} }) as unknown as FastifyRequest
  const answer = {
    statusCode: 200,
    getHeader: () => 'public, max-age=60',
    hasHeader: () => true,
    header: () => undefined,
  } as unknown as FastifyReply
  const first = asking()
  assert.equal(pages.find(first), undefined)
  await w.work(system, async (work) => work.record('test.withdrawn', 'test', 'x'))
  pages.send(first, answer, '<p>withdrawn meanwhile</p>')
  const second = asking()
  assert.equal(pages.find(second), undefined)
  pages.send(second, answer, '<p>as it is</p>')
  assert.equal(pages.find(asking())?.html, '<p>as it is</p>')
})

test('a page that another process changed is drawn anew after five seconds', async (t) => {
  const w = await world(t)
  await w.visitor.get('/brands')
  w.setTime('2026-05-11T02:00:05.100Z')
  w.queries.count = 0
  await w.visitor.get('/brands')
  assert.ok(w.queries.count > 0)
})

test('a page that is missing or not for everybody is never kept', async (t) => {
  const w = await world(t)
  for (const url of ['/brands/00000000-0000-7000-8000-000000000000', '/sign-in'])
    for (const _ of [1, 2]) {
      w.queries.count = 0
      await w.visitor.get(url)
      assert.ok(w.queries.count > 0, url)
    }
})

test('a page drawn in large type is not shown to who reads the normal one', async (t) => {
  const w = await world(t)
  const get = async (cookie: string) => (await w.app.inject({ url: '/', headers: { host: HOST, cookie } })).body
  const large = await get('large=1')
  assert.match(large, /<html lang="zh-CN" class="large">/)
  assert.match(await get(''), /<html lang="zh-CN">/)
  assert.equal(await get('large=1'), large)
})

const asked = (w: Awaited<ReturnType<typeof world>>, url: string, headers: Record<string, string> = {}) =>
  w.app.inject({ url, headers: { host: HOST, ...headers } })

test('a page that is the same for everybody goes compressed to whom takes it, the first time and again', async (t) => {
  const w = await world(t)
  const plain = await asked(w, '/')
  assert.equal(plain.headers['content-encoding'], undefined)
  for (const _ of [1, 2]) {
    const br = await asked(w, '/', { 'accept-encoding': 'gzip, deflate, br' })
    assert.equal(br.headers['content-encoding'], 'br')
    assert.equal(brotliDecompressSync(br.rawPayload).toString(), plain.body)
    const gzip = await asked(w, '/', { 'accept-encoding': 'gzip, br;q=0' })
    assert.equal(gzip.headers['content-encoding'], 'gzip')
    assert.equal(gunzipSync(gzip.rawPayload).toString(), plain.body)
    assert.match(String(gzip.headers['vary']), /Cookie, Accept-Encoding/)
  }
})

test('who has the page already gets nothing but that, until it changes', async (t) => {
  const w = await world(t)
  const etag = String((await asked(w, '/brands')).headers['etag'])
  const again = await asked(w, '/brands', { 'if-none-match': etag, 'accept-encoding': 'br' })
  assert.deepEqual([again.statusCode, again.rawPayload.length, again.headers['content-encoding']], [304, 0, undefined])
  assert.equal(again.headers['etag'], etag)
  assert.equal((await asked(w, '/brands', { 'if-none-match': `"other", ${etag}` })).statusCode, 304)
  assert.equal((await asked(w, '/brands', { 'if-none-match': etag, cookie: 'large=1' })).statusCode, 200)
  const head = await w.app.inject({ method: 'HEAD', url: '/brands', headers: { host: HOST } })
  assert.deepEqual([head.statusCode, head.headers['etag'], head.rawPayload.length], [200, etag, 0])
  const known = await w.app.inject({ method: 'HEAD', url: '/brands', headers: { host: HOST, 'if-none-match': etag } })
  assert.deepEqual([known.statusCode, known.headers['etag'], known.rawPayload.length], [304, etag, 0])
  await w.house.database.writer.updateTable('organization').set({ name: '改了名的教育局' }).execute()
  await w.work(system, async (work) => work.record('test.change', 'test', 'x'))
  assert.equal((await asked(w, '/brands', { 'if-none-match': etag })).statusCode, 200)
})

test('no page with a secret of its own is compressed: BREACH would read it from the length', async (t) => {
  const w = await world(t)
  for (const url of ['/sign-in', '/console/', '/objections', '/activate', '/nowhere', '/api/healthz']) {
    const { headers } = await asked(w, url, { 'accept-encoding': 'gzip, br' })
    assert.equal(headers['content-encoding'], undefined, url)
    assert.equal(headers['etag'], undefined, url)
  }
})
