import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endpoints } from '#contract/index.ts'
import { routes } from '#server/app.ts'
import { passwordMatches, hashPassword } from './password.ts'
import { COOKIE } from './session.ts'
import { world } from '#tests/world/world.ts'
import { HOST } from '#tests/world/house.ts'

const filledPath = (path: string): string => path.replace(/:\w+/g, '0190a000-0000-7000-8000-000000000000')
const writing = routes.filter((route) => route.method !== 'GET')

test('A5 a long password is compared to its last character', async () => {
  const long = 'a'.repeat(100)
  const hash = await hashPassword(long)
  assert.equal(await passwordMatches(hash, long), true)
  assert.equal(await passwordMatches(hash, 'a'.repeat(99)), false)
})

test('A6 a Chinese phrase is the same password however its characters were composed', async () => {
  const hash = await hashPassword('caf\u00e9 里的一张方桌')
  assert.equal(await passwordMatches(hash, 'cafe\u0301 里的一张方桌'), true)
})

test('A7 passwords are kept as argon2id at the cost that OWASP asks for', async () => {
  const cost = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$/.exec(await hashPassword('anything'))
  assert.ok(cost)
  assert.ok(Number(cost[1]) >= 19_456)
  assert.ok(Number(cost[2]) >= 2)
})

test('S9 every route that writes refuses a form from another site and changes nothing', async (t) => {
  const w = await world(t)
  const { cookie } = await w.as('admin')
  const before = await w.house.database.reader.selectFrom('auditRow').select('seq').execute()
  for (const route of writing) {
    const answer = await w.app.inject({
      method: route.method,
      url: filledPath(route.path),
      headers: { host: HOST, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', cookie: cookie ?? '' },
    })
    assert.equal(answer.statusCode, 403, route.name)
  }
  const after = await w.house.database.reader.selectFrom('auditRow').select('seq').execute()
  assert.equal(after.length, before.length)
})

test('S9 of what a browser says of itself every part must fit', async (t) => {
  const w = await world(t)
  const post = async (headers: Record<string, string>) =>
    (await w.app.inject({ method: 'POST', url: '/sign-out', headers: { host: HOST, ...headers } })).statusCode
  const own = `https://${HOST}`
  assert.equal(await post({ origin: own, 'sec-fetch-site': 'same-origin' }), 303)
  assert.equal(await post({ 'sec-fetch-site': 'same-origin' }), 303)
  assert.equal(await post({ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }), 403)
  assert.equal(await post({ origin: own, 'sec-fetch-site': 'cross-site' }), 403)
  assert.equal(await post({ origin: own, 'sec-fetch-site': 'same-site' }), 403)
  assert.equal(await post({ origin: own, 'sec-fetch-site': 'none' }), 403)
  assert.equal(await post({ origin: 'null', 'sec-fetch-site': 'same-origin' }), 403)
  assert.equal(await post({ origin: `https://${HOST}.evil.example` }), 403)
})

test('S10 a write that says nothing of where it comes from is refused', async (t) => {
  const w = await world(t)
  for (const route of writing) {
    const answer = await w.app.inject({ method: route.method, url: filledPath(route.path), headers: { host: HOST } })
    assert.equal(answer.statusCode, 403, route.name)
  }
})

test('S10 an old browser without Sec-Fetch-Site is judged by its Referer', async (t) => {
  const w = await world(t)
  const post = (referer: string) => w.app.inject({ method: 'POST', url: '/sign-out', headers: { host: HOST, referer } })
  assert.equal((await post(`https://${HOST}/console/`)).statusCode, 303)
  assert.equal((await post('https://evil.example/')).statusCode, 403)
})

test('S11 a body declared as plain text is refused by every route that writes', async (t) => {
  const w = await world(t)
  const { cookie } = await w.as('admin')
  for (const route of writing.filter(
    (one) => one.access === 'public' || one.access === 'signedIn' || one.access.includes('admin'),
  )) {
    const answer = await w.app.inject({
      method: route.method,
      url: filledPath(route.path),
      headers: {
        host: HOST,
        origin: `https://${HOST}`,
        'sec-fetch-site': 'same-origin',
        cookie: cookie ?? '',
        'content-type': 'text/plain',
      },
      payload: '{}',
    })
    assert.equal(answer.statusCode, 415, route.name)
  }
})

test('S12 no route that writes can be reached by a link: GET and HEAD find nothing there, or only its page', async (t) => {
  const w = await world(t)
  const admin = await w.as('admin')
  const pages = new Set(routes.filter((route) => route.method === 'GET').map((route) => route.path))
  const matchesPage = (path: string) =>
    pages.has(path) || [...pages].some((page) => new RegExp(`^${page.replace(/:\w+/g, '[^/]+')}$`).test(path))
  const rows = async () => (await w.house.database.reader.selectFrom('auditRow').select('seq').execute()).length
  const before = await rows()
  for (const route of writing) {
    for (const method of ['GET', 'HEAD'] as const) {
      const answer = await w.app.inject({
        method,
        url: filledPath(route.path),
        headers: { host: HOST, cookie: admin.cookie ?? '' },
      })
      if (!matchesPage(filledPath(route.path)))
        assert.ok([404, 405].includes(answer.statusCode), `${method} ${route.path}: ${answer.statusCode}`)
    }
  }
  assert.equal(await rows(), before)
})

test('S13 an address that the client claims is ignored without a trusted proxy', async (t) => {
  const w = await world(t)
  await w.app.inject({
    method: 'POST',
    url: '/sign-in',
    remoteAddress: '10.9.8.7',
    headers: {
      host: HOST,
      origin: `https://${HOST}`,
      'content-type': 'application/x-www-form-urlencoded',
      'x-forwarded-for': '1.2.3.4',
      'x-real-ip': '1.2.3.4',
      'x-user-id': 'admin',
    },
    payload: 'loginName=nobody&password=x',
  })
  const row = await w.house.database.reader
    .selectFrom('auditRow')
    .select('detail')
    .where('event', '=', 'signIn.failed')
    .executeTakeFirstOrThrow()
  assert.equal(JSON.parse(row.detail).source, '10.9.8.7')
})

test('S14 the access log names routes, never what stood in the address', async (t) => {
  const w = await world(t)
  const lines: string[] = []
  const log = { info: (line: object) => lines.push(JSON.stringify(line)) }
  w.app.addHook('onRequest', async (request) => {
    Object.assign(request, { log: { ...log, error: log.info, warn: log.info, debug: log.info, trace: log.info } })
  })
  await w.visitor.get('/setup?token=secret-in-the-address')
  const clerk = await w.as('clerk')
  await clerk.get('/api/me?phone=13800000000')
  const text = lines.join('\n')
  assert.match(text, /"path":"\/setup"/)
  for (const secret of ['secret-in-the-address', '13800000000', String(clerk.cookie).split('=')[1] ?? '?'])
    assert.ok(!text.includes(secret))
})

test('S15 nothing that a signed-in person is answered may be kept by caches', async (t) => {
  const w = await world(t)
  for (const role of ['office', 'admin', 'auditor', 'security'] as const) {
    const caller = await w.as(role)
    for (const route of routes) {
      if (route.method !== 'GET' || route.access === 'public') continue
      const answer = await caller.get(filledPath(route.path))
      if (answer.status === 200) assert.match(String(answer.headers['cache-control']), /no-store|private/, route.name)
    }
  }
})

test('S16 every answer carries the protecting headers', async (t) => {
  const w = await world(t)
  for (const url of ['/sign-in', '/api/me', '/healthz', '/nothing-here']) {
    const { headers } = await w.visitor.get(url)
    assert.match(String(headers['strict-transport-security']), /^max-age=31536000$/)
    const policy = String(headers['content-security-policy'])
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      assert.ok(policy.includes(part))
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.ok(headers['referrer-policy'])
  }
})

test('the health check answers, and openapi.json describes every endpoint', async (t) => {
  const w = await world(t)
  const { ok, troubles } = (await w.visitor.get('/healthz')).body
  assert.deepEqual({ ok, troubles }, { ok: true, troubles: [] })
  for (const path of ['/readyz', '/livez']) assert.deepEqual((await w.visitor.get(path)).body, { ok: true })
  const { body } = await w.visitor.get('/api/openapi.json')
  assert.match(body.openapi, /^3\.1/)
  const described = Object.values(body.paths as Record<string, Record<string, { operationId?: string }>>)
    .flatMap((methods) => Object.values(methods))
    .map((one) => one.operationId)
  for (const one of endpoints) assert.ok(described.includes(one.name), one.name)
  const docs = await w.visitor.get('/api-docs')
  for (const one of endpoints) assert.ok(docs.text.includes(one.path), one.path)
})

test('the health check is red when the database cannot be read', async (t) => {
  const w = await world(t)
  const { house } = w
  const broken = Object.create(house.database.reader) as typeof house.database.reader
  Object.defineProperty(broken, 'selectFrom', {
    value: () => {
      throw new Error('disk I/O error')
    },
  })
  const whole = house.database
  house.database = { ...whole, engine: whole.engine, writer: whole.writer, reader: broken, close: () => whole.close() }
  assert.equal((await w.visitor.get('/healthz')).status, 503)
  house.database = whole
  assert.equal((await w.visitor.get('/healthz')).status, 200)
})

test('the cookie that carries the session is not accepted in any other place', async (t) => {
  const w = await world(t)
  const { cookie } = await w.as('clerk')
  const token = String(cookie).slice(COOKIE.length + 1)
  const asQuery = await w.visitor.get(`/api/me?${COOKIE}=${token}`)
  assert.equal(asQuery.status, 401)
  const asHeader = await w.app.inject({ url: '/api/me', headers: { host: HOST, authorization: `Bearer ${token}` } })
  assert.equal(asHeader.statusCode, 401)
})
