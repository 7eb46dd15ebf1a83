import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '#domain/actor.ts'
import { HOST, world } from '#tests/world.ts'

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
