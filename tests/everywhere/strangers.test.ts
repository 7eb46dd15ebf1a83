import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PUBLIC_BODY, PUBLIC_FIELDS } from '#server/kernel/bodies.ts'
import { routes } from '#server/app.ts'
import { matrix } from './access/index.ts'
import type { AccessRows } from './access/row.ts'
import { type World, world } from '#tests/world/world.ts'
import { HOST } from '#tests/world/house.ts'

/** Whatever a stranger can send costs little, and what one stranger sends bars nobody else. */

const NIL = '0190a000-0000-7000-8000-000000000000'
const open = routes.filter((route) => route.access === 'public' && route.method !== 'GET')

const send = (w: World, path: string, type: string, payload: string) =>
  w.app.inject({
    method: 'POST',
    url: path.replace(/:\w+/g, NIL),
    headers: { host: HOST, origin: `https://${HOST}`, 'content-type': type },
    payload,
  })

const FORM = 'application/x-www-form-urlencoded'

test('no form that a stranger may send is read when it is longer or has more fields than any page draws', async (t) => {
  const w = await world(t)
  assert.ok(open.length >= 7)
  const fields = (count: number) => Array.from({ length: count }, (_, at) => at).join('=&')
  for (const { path, name } of open) {
    assert.equal((await send(w, path, FORM, `a=${'x'.repeat(PUBLIC_BODY)}`)).statusCode, 413, name)
    assert.equal((await send(w, path, FORM, fields(PUBLIC_FIELDS + 1))).statusCode, 413, name)
    assert.equal((await send(w, path, FORM, '&'.repeat(60_000))).statusCode, 413, name)
    assert.notEqual((await send(w, path, FORM, fields(PUBLIC_FIELDS))).statusCode, 413, name)
  }
})

test('a page takes forms and no JSON, an endpoint takes JSON and no form', async (t) => {
  const w = await world(t)
  for (const { path, name, endpoint } of open) {
    const wrong = endpoint ? FORM : 'application/json'
    assert.equal((await send(w, path, wrong, endpoint ? 'a=1' : '{"a":1}')).statusCode, 415, name)
  }
})

test('a body of tens of thousands of values is refused before it is held to its shape', async (t) => {
  const w = await world(t)
  const admin = await w.as('admin')
  const many = Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`k${at}`, 1]))
  const answer = await admin.post('/api/accounts', many)
  assert.equal(answer.status, 413)
  assert.equal(answer.body.reasons.length, 1)
})

const calls = Object.assign({}, ...matrix) as AccessRows

/** More than any page lets one address do without a wait. */
const FLOOD = 15
const FLOODER = '203.0.113.9'
const NEIGHBOUR = '198.51.100.7'

const checks = routes.filter(
  ({ access, method, name }) =>
    access === 'public' && !/demo|setUp/i.test(name) && (method !== 'GET' || /receipt|verify/i.test(name)),
)
for (const { name, method } of checks)
  test(`${name}: flooding it slows the flooder alone, and somebody elsewhere is answered as if nothing were`, async (t) => {
    const w = await world(t)
    const { url, form, body } = (await calls[name]?.call(w)) ?? assert.fail(name)
    const payload = body ? JSON.stringify(body) : new URLSearchParams(form).toString()
    const ask = (remoteAddress: string) =>
      w.app.inject({
        method,
        url,
        remoteAddress,
        headers: { host: HOST, origin: `https://${HOST}`, 'content-type': body ? 'application/json' : FORM },
        ...(method === 'GET' ? {} : { payload }),
      })
    await Promise.all(Array.from({ length: FLOOD }, () => ask(FLOODER)))
    const { statusCode } = await ask(NEIGHBOUR)
    assert.ok(![423, 429].includes(statusCode) && statusCode < 500, `${statusCode}`)
  })
