import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { z } from 'zod'
import { endpoints } from '#contract/index.ts'
import { routes } from '#server/app.ts'
import { draftedApplication } from '#tests/world/application.ts'
import { ledgerEntry } from '#tests/world/ledger.ts'
import { world } from '#tests/world/world.ts'
import { HOST } from '#tests/world/house.ts'

/** What is seen and what can be reached from outside, over all routes at once. */

const NIL = '0190a000-0000-7000-8000-000000000000'
const filledPath = (path: string): string => path.replace(/:\w+/g, NIL)

test('I3 no list, count, search or export of another school, reviewer or administrator holds a word of a school’s drafts', async (t) => {
  const w = await world(t)
  const MARK = '藏珠阁'
  await ledgerEntry(w, { title: `${MARK}草稿`, content: MARK, place: MARK })
  await ledgerEntry(w, { title: `${MARK}已归档`, file: true })
  const clerk = await w.as('clerk')
  await clerk.put(`/api/schools/${w.schoolIds[0]}/brand`, {
    version: 0,
    name: MARK,
    category: null,
    concept: MARK,
    connotation: '',
    slogan: MARK,
    localResources: [MARK],
    logoFileId: null,
  })
  const own = await clerk.get(`/api/ledger/entries?q=${encodeURIComponent(MARK)}`)
  assert.equal(own.body.total, 2)
  const strangers = [
    w.visitor,
    await w.as('clerk', w.schoolIds[1]),
    await w.as('secretary', w.schoolIds[2]),
    await w.as('reviewer'),
    await w.as('admin'),
    await w.as('security'),
  ]
  for (const stranger of strangers)
    for (const route of routes.filter((one) => one.method === 'GET'))
      for (const query of ['', `?q=${encodeURIComponent(MARK)}`]) {
        const { status, text, body } = await stranger.get(`${filledPath(route.path)}${query}`)
        if (status !== 200) continue
        // A page may repeat the question; nothing else of it may be there.
        if (query === '') assert.ok(!text.includes(MARK), route.path)
        else assert.ok(!(body?.total > 0), `${route.path}: ${text.slice(0, 200)}`)
      }
})

test('I4 what an endpoint does not know is refused, not dropped', () => {
  for (const { name, body, query, params } of endpoints)
    for (const [part, shape] of Object.entries({ body, query, params })) {
      if (!(shape instanceof z.ZodObject)) continue
      const issues = shape.safeParse({ unknownField: 1 }).error?.issues ?? []
      assert.ok(
        issues.some((issue) => issue.code === 'unrecognized_keys'),
        `${name}: ${part}`,
      )
    }
})

test('X4 markup in every text of the database is shown as text on every page', async (t) => {
  const w = await world(t)
  w.expectBreaches()
  const EVIL = '"><img src=x onerror=alert(1)>\'<script>alert(2)</script>'
  await draftedApplication(w)
  const office = await w.as('office')
  const { writer, reader } = w.house.database
  await writer.updateTable('organization').set({ name: EVIL, shortName: EVIL }).execute()
  await writer.updateTable('school').set({ name: EVIL, secretaryName: EVIL }).execute()
  await writer.updateTable('person').set({ name: EVIL }).execute()
  await writer.updateTable('brand').set({ name: EVIL, concept: EVIL, connotation: EVIL, slogan: EVIL }).execute()
  await writer
    .updateTable('plan')
    .set({ entryPoint: EVIL, goals: EVIL, commitment: EVIL, reviseReason: EVIL })
    .execute()
  await writer
    .updateTable('task')
    .set({ content: EVIL, measure: EVIL, ownerName: EVIL, expectedResult: EVIL })
    .execute()
  await writer.updateTable('promise').set({ content: EVIL, explanation: EVIL }).execute()
  await writer.updateTable('cycle').set({ title: EVIL, awardTitle: EVIL }).execute()
  await writer.updateTable('standard').set({ title: EVIL }).execute()
  const idOf = async (table: 'brand' | 'plan' | 'standard' | 'cycle') =>
    (await reader.selectFrom(table).select('id').executeTakeFirst())?.id ?? NIL
  const ids = [await idOf('brand'), await idOf('plan'), await idOf('standard'), await idOf('cycle'), w.schoolIds[0]]
  let shown = 0
  for (const route of routes.filter((one) => one.method === 'GET' && !one.path.startsWith('/api/')))
    for (const id of route.path.includes(':') ? ids : [NIL]) {
      const path = `${route.path.replace(/:\w+/g, id)}?q=${encodeURIComponent(EVIL)}&next=${encodeURIComponent(EVIL)}`
      const { text, headers } = await office.get(path)
      if (!String(headers['content-type']).startsWith('text/html')) continue
      assert.doesNotMatch(text, /<img src=x|<script>alert|"><img/, path)
      if (text.includes('onerror')) shown += 1
    }
  assert.ok(shown >= 8, `only ${shown} pages showed the text at all`)
})

test('R8 a defect shows a Chinese sentence and its number, and nothing of the inside', async (t) => {
  const w = await world(t)
  const { house } = w
  const logged: string[] = []
  w.app.addHook('onRequest', async (request) => {
    Object.assign(request.log, { error: (about: { err: Error }) => logged.push(about.err.message) })
  })
  const whole = house.database
  const broken = new Proxy(whole.reader, {
    get() {
      throw new Error('SELECT secret FROM /var/lib/place')
    },
  })
  house.database = {
    ...whole,
    engine: whole.engine,
    writer: whole.writer,
    reader: broken,
    version: () => undefined,
    close: () => whole.close(),
  }
  for (const path of ['/brands?q=1', '/api/openings', '/sign-in', `/plans/${NIL}`]) {
    const { status, text } = await w.visitor.get(path)
    if (status === 404) continue
    assert.equal(status, 500, path)
    assert.match(text, /编号 [0-9a-f-]{36}/)
    assert.doesNotMatch(text, /SELECT|secret|\/var|at .*\.ts/)
  }
  house.database = whole
  assert.ok(logged.length > 0, 'what happened stands in the log')
  assert.ok(logged.every((one) => one.includes('SELECT secret')))
})

test('R12 R13 nothing beside the product is served, by no method and no way of writing the path', async (t) => {
  const w = await world(t)
  const paths = ['/.git/config', '/.env', '/package.json', '/swagger', '/metrics', '/server/main.ts', '/data/yipin.db']
  const climbing = [
    '/%2e%2e/package.json',
    '/assets/..%2f..%2f.env',
    '/assets/..%5c..%5c.env',
    '/console/assets/..%2findex.html',
  ]
  for (const path of [
    ...paths,
    ...climbing,
    '/console/assets/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/media/..%2f..%2fyipin.db',
  ])
    assert.equal((await w.visitor.get(path)).status, 404, path)
  for (const method of ['TRACE', 'OPTIONS', 'PATCH', 'PROPFIND'] as const) {
    const { statusCode } = await w.app.inject({ method: method as 'OPTIONS', url: '/api/me', headers: { host: HOST } })
    assert.ok(statusCode >= 400 && statusCode < 500, `${method}: ${statusCode}`)
  }
})

test('R14 a body is held to its shape however its type is written', async (t) => {
  const w = await world(t)
  const { cookie = '' } = await w.as('admin')
  for (const type of [
    'application/json\t; a',
    'APPLICATION/JSON',
    'application/json ;charset=utf-8',
    'text/json',
    'text/plain',
  ]) {
    const { statusCode } = await w.app.inject({
      method: 'POST',
      url: '/api/accounts',
      headers: { host: HOST, origin: `https://${HOST}`, cookie, 'content-type': type },
      payload: '{"loginName":"x","isAdmin":true}',
    })
    assert.ok([400, 415, 422].includes(statusCode), `${type}: ${statusCode}`)
  }
})

test('R15 R16 a request with two lengths is cut, and no request may take for ever', async (t) => {
  const w = await world(t)
  await w.app.listen({ port: 0, host: '127.0.0.1' })
  const { server } = w.app
  const at = server.address()
  assert.ok(at && typeof at === 'object')
  const answer = await new Promise<string>((done) => {
    const socket = connect(at.port, '127.0.0.1')
    let got = ''
    socket.on('data', (chunk) => (got += chunk))
    socket.on('close', () => done(got))
    socket.on('error', () => done(got))
    socket.write(
      `POST /sign-in HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n`,
    )
  })
  assert.match(answer, /^HTTP\/1\.1 400/)
  assert.ok(!answer.includes(' 200 '))
  assert.ok(server.headersTimeout > 0 && server.headersTimeout <= 60_000)
  assert.ok(server.requestTimeout > 0 && server.requestTimeout <= 20 * 60_000)
})

for (const [what, path, type] of [
  ['a form', '/sign-in', 'application/x-www-form-urlencoded'],
  ['a file to a page that takes none', '/sign-in', 'multipart/form-data; boundary=x'],
  ['a file of somebody who is not signed in', '/api/files', 'multipart/form-data; boundary=x'],
] as const)
  test(`R16 ${what} that does not arrive within half a minute is cut off, whoever sends it`, async (t) => {
    const w = await world(t)
    await w.app.listen({ port: 0, host: '127.0.0.1' })
    const at = w.app.server.address()
    assert.ok(at && typeof at === 'object')
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const socket = connect(at.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.resume()
    const head = `POST ${path} HTTP/1.1\r\nHost: ${HOST}\r\nOrigin: https://${HOST}\r\nSec-Fetch-Site: same-origin\r\n`
    const asked = new Promise((done) => w.app.server.once('request', done))
    socket.write(`${head}Content-Type: ${type}\r\nContent-Length: 100\r\n\r\nlogin`)
    await asked
    await new Promise((done) => setImmediate(done))
    t.mock.timers.tick(29_000)
    await new Promise((done) => setImmediate(done))
    assert.equal(socket.closed, false)
    t.mock.timers.tick(2_000)
    for (let turn = 0; turn < 1_000 && !socket.closed; turn += 1) await new Promise((done) => setImmediate(done))
    const { closed } = socket
    socket.destroy()
    assert.equal(closed, true)
  })

test('a file of somebody who is signed in may be on its way for twenty minutes', async (t) => {
  const w = await world(t)
  const { cookie } = await w.as('clerk')
  await w.app.listen({ port: 0, host: '127.0.0.1' })
  const at = w.app.server.address()
  assert.ok(at && typeof at === 'object')
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const socket = connect(at.port, '127.0.0.1')
  socket.on('error', () => undefined)
  let said = ''
  socket.on('data', (part) => (said += String(part)))
  const part = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n'
  const asked = new Promise((done) => w.app.server.once('request', done))
  socket.write(
    `POST /api/files HTTP/1.1\r\nHost: ${HOST}\r\nOrigin: https://${HOST}\r\nSec-Fetch-Site: same-origin\r\nCookie: ${cookie}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n${part}`,
  )
  await asked
  await new Promise((done) => setImmediate(done))
  t.mock.timers.tick(19 * 60_000)
  for (let turn = 0; turn < 1_000; turn += 1) await new Promise((done) => setImmediate(done))
  const { closed } = socket
  socket.destroy()
  assert.equal(closed, false)
  assert.equal(said, '')
})

test('R17 what may lie in a shared cache is the same for everybody; what is not is never put there', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  for (const route of routes.filter((one) => one.method === 'GET')) {
    const path = filledPath(route.path)
    const mine = await office.get(path)
    if (!String(mine.headers['cache-control'] ?? '').startsWith('public')) continue
    const theirs = await w.visitor.get(path)
    assert.equal(theirs.text, mine.text, path)
    assert.equal(mine.headers['set-cookie'], undefined, path)
  }
})
