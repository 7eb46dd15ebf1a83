import assert from 'node:assert/strict'
import { test } from 'node:test'
import { routes } from '#server/app.ts'
import { z } from 'zod'
import { text as textShape } from '#contract/endpoint.ts'
import { type World, world } from '#tests/world/world.ts'
import { HOST } from '#tests/world/house.ts'

/** What strangers, broken programs and pasted text send: every answer is a refusal in Chinese or a success, never a defect. */

const NIL = '0190a000-0000-7000-8000-000000000000'
const filledPath = (path: string, value = NIL): string => path.replace(/:\w+/g, value)

/** Everybody who may call a route at all, by the first role that may. */
async function callerFor(w: World, access: (typeof routes)[number]['access']) {
  if (access === 'public') return w.visitor
  return w.as(access === 'signedIn' ? 'office' : (access[0] ?? 'office'))
}

const queries = [
  'q=a%00b&sort=%00&next=%00',
  'q=1&q=2&page=1&page=2',
  'q[]=1&q[a]=1&page[]=1',
  'page=1000000&size=1',
  'page=-1&size=0',
  'page=1e9&size=abc',
  `q=${'%F0%9F%98%80'.repeat(80)}`,
  'q=%25_%5C%27%3B--',
  'q=%ff%fe',
  'sort=constructor',
  'sort=-__proto__',
  'sort=id%3Bdrop',
]

test('no page and no list breaks by what stands behind the question mark', async (t) => {
  const w = await world(t)
  for (const route of routes.filter((one) => one.method === 'GET')) {
    const caller = await callerFor(w, route.access)
    for (const query of queries) {
      const { status, text } = await caller.get(`${filledPath(route.path)}?${query}`)
      assert.ok(status < 500, `${route.path}?${query}: ${status} ${text.slice(0, 200)}`)
    }
    for (const part of ['%00', '%2e%2e', 'a%2fb', '%E2%80%AE', '__proto__']) {
      const { status } = await caller.get(filledPath(route.path, part))
      assert.ok(status < 500, `${route.path} with ${part}: ${status}`)
    }
  }
})

test('a list sorted by a name that every object has is sorted as ever', async (t) => {
  const w = await world(t)
  const admin = await w.as('admin')
  const office = await w.as('office')
  for (const sort of ['constructor', '-toString', '__proto__']) {
    assert.equal((await admin.get(`/api/accounts?sort=${sort}`)).status, 200)
    for (const list of ['brands', 'plans', 'comments', 'schools', 'ledger/entries'])
      assert.ok([200, 422].includes((await office.get(`/api/${list}?sort=${sort}`)).status), list)
  }
})

test('X7 NUL is refused in every body, query and form, and an address with one names nothing', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const admin = await w.as('admin')
  const NUL = 'a\u0000b'
  for (const path of ['/sign-in', '/activate']) {
    const answer = await w.visitor.form(path, { loginName: NUL, password: 'x', code: 'x', again: 'x' })
    assert.equal(answer.status, 422, path)
    assert.match(answer.text, /控制字符/)
  }
  assert.equal((await admin.form('/accounts/slips', { id: NUL })).status, 422)
  const summary = { ...(await emptyBodyOf('saveSummary')), updatedAt: NUL }
  assert.equal((await clerk.put(`/api/summaries/${NIL}`, summary)).status, 422)
  assert.equal((await w.visitor.get('/brands?q=a%00b')).status, 422)
  assert.equal((await (await w.as('office')).get('/standards/a%00b/print')).status, 404)
})

/** A body of nothing but empty texts, as far as the shape takes it. */
async function emptyBodyOf(name: string): Promise<Record<string, unknown>> {
  const body = routes.find((one) => one.name === name)?.endpoint?.body
  assert.ok(body instanceof z.ZodObject)
  return Object.fromEntries(Object.keys(body.shape).map((key) => [key, '']))
}

test('whatever is wrong with a body, every sentence about it is Chinese', async (t) => {
  const w = await world(t)
  for (const route of routes) {
    const body = route.endpoint?.body
    if (route.method === 'GET' || !(body instanceof z.ZodObject)) continue
    const caller = await callerFor(w, route.access)
    const keys = Object.keys(body.shape)
    for (const wrong of [-1, null, true, {}, ['x'], '', 9_999_999_999, '字'.repeat(30_000)]) {
      const sent = { ...Object.fromEntries(keys.map((key) => [key, wrong])), x: 1 }
      const send = route.method === 'PUT' ? caller.put : route.method === 'DELETE' ? undefined : caller.post
      const answer = await send?.(filledPath(route.path), sent)
      if (!answer || answer.status === 404) continue
      assert.ok(answer.status < 500, `${route.name}: ${answer.text.slice(0, 200)}`)
      for (const { message } of answer.body.reasons ?? [])
        assert.doesNotMatch(message, /期望|键|[a-z]{5}/, `${route.name}: ${message}`)
    }
  }
})

test('a number larger than both databases keep is refused where it is typed', async (t) => {
  const w = await world(t)
  const secretary = await w.as('secretary')
  const brand = {
    name: '一',
    category: null,
    concept: '',
    connotation: '',
    slogan: '',
    localResources: [],
    logoFileId: null,
  }
  const saved = await secretary.put(`/api/schools/${w.schoolIds[0]}/brand`, { ...brand, version: 9_999_999_999 })
  assert.equal(saved.status, 422)
  assert.equal(saved.body.reasons[0].field, 'version')
  const spent = await secretary.put(`/api/budget-lines/${NIL}/spent`, { spentFen: 2_147_483_648, seen: '' })
  assert.equal(spent.status, 422)
  assert.match(spent.text, /2000 万元/)
})

test('an address that cannot be read is answered by a Chinese page with the protecting headers', async (t) => {
  const w = await world(t)
  for (const url of ['/%', '/brands/%zz', '/brands/%c3%28']) {
    const { status, text, headers } = await w.visitor.get(url)
    assert.equal(status, 404, url)
    assert.match(text, /没有这一页/)
    assert.ok(headers['content-security-policy'])
  }
  const { status, body } = await w.visitor.get('/api/%ff')
  assert.equal(status, 404)
  assert.equal(body.code, 'notFound')
})

test('marks that turn the direction of text and halves of characters are dropped, everything visible stays', () => {
  const parse = (typed: string) => textShape(200).parse(typed)
  assert.equal(parse('红\u202e旗\u2066路\ufeff'), '红旗路')
  assert.equal(parse('半\ud83d个\uffff'), '半个')
  const kept = '𠮷野家 👨‍👩‍👧 é 《红星》'
  assert.equal(parse(kept), kept)
})

test('a body nested as deep as it can be is refused, not fallen over', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
  for (const url of ['/sign-in', '/api/standards', '/api/events', '/setup']) {
    const { statusCode } = await w.app.inject({
      method: 'POST',
      url,
      headers: {
        host: HOST,
        origin: `https://${HOST}`,
        cookie: office.cookie ?? '',
        'content-type': 'application/json',
      },
      payload: deep,
    })
    assert.ok(statusCode >= 400 && statusCode < 500, `${url}: ${statusCode}`)
  }
})
