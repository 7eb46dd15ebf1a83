import assert from 'node:assert/strict'
import { test } from 'node:test'
import { world } from '#tests/world/world.ts'
import { HOST } from '#tests/world/house.ts'
import { allAssets, assetUrl } from './assets.ts'
import { page } from './layout.ts'
import { field, table } from './pieces.ts'

const site = { bureauName: '北关区教育局', programmeName: '一校一品' }

test('what people typed never becomes markup', () => {
  const evil = '"><script>alert(1)</script>'
  const made = page(
    { ...site, bureauName: evil },
    { title: evil, path: `/brands?q=${evil}`, description: evil },
    field({ name: 'name', label: evil, value: evil, hint: evil, mistakes: [{ field: 'name', message: evil }] }),
  )
  assert.ok(!made.includes('<script>alert'))
  assert.equal(made.match(/<script/g)?.length, 1)
})

test('style and script of the portal weigh at most 15 KiB', () => {
  const weight = allAssets.reduce((sum, asset) => sum + asset.gzip.length, 0)
  assert.ok(weight <= 15 * 1024, `${weight} bytes`)
})

test('assets are kept for ever and an unknown one is not found', async (t) => {
  const w = await world(t)
  const answer = await w.visitor.get(assetUrl('portal.css'))
  assert.equal(answer.status, 200)
  assert.match(String(answer.headers['cache-control']), /immutable/)
  assert.equal((await w.visitor.get('/assets/portal.0000000000.css')).status, 404)
  const mark = await w.visitor.get('/favicon.ico')
  assert.deepEqual([mark.status, mark.headers['location']], [302, assetUrl('mark.svg')])
})

test('the large-type switch leads back to the page and never to another site', async (t) => {
  const w = await world(t)
  const back = async (path: string) =>
    (await w.visitor.get(`/large-type?on=1&back=${encodeURIComponent(path)}`)).headers['location']
  assert.equal(await back('/brands?q=a&page=2'), '/brands?q=a&page=2')
  const evils = ['//evil.example/', '/\\evil.example/', 'https://evil.example/', 'javascript:alert(1)']
  // Paths that begin with two slashes only after they were tidied (R4).
  const tidied = ['/.//evil.example', '/x/..//evil.example', '/./%2e%2e//evil.example', '/.%2f/evil.example']
  for (const evil of [...evils, ...tidied, '//yipin.test//evil.example']) {
    const to = String(await back(evil))
    assert.equal(new URL(to, `https://${HOST}`).host, HOST, `${evil} → ${to}`)
    assert.ok(!to.startsWith('//'), `${evil} → ${to}`)
  }
})

test('an unknown address answers a page of the site with the way on', async (t) => {
  const w = await world(t)
  const answer = await w.visitor.get('/nowhere')
  assert.equal(answer.status, 404)
  assert.match(answer.text, /没有这一页/)
  assert.match(answer.text, /回到首页/)
})

test('a console address that is no file of the build never reaches the disk', async (t) => {
  const w = await world(t)
  for (const path of ['/console/assets/..%2f..%2fpackage.json', '/console/assets/%2e%2e%2fpackage.json']) {
    assert.notEqual((await w.visitor.get(path)).status, 200, path)
  }
})

test('a field with a mistake names it for screen readers, and a table can be scrolled by keyboard', () => {
  const made = field({ name: 'phone', label: '电话', mistakes: [{ field: 'phone', message: '请填写电话' }] })
  assert.match(made, /aria-invalid="true"/)
  assert.match(made, /aria-describedby="phone-mistake"/)
  assert.match(table({ caption: '分工', columns: [{ title: '学校' }], rows: [['一小']] }), /tabindex="0"/)
})
