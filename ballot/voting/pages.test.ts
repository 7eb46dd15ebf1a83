import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import type { BoxSurvey } from '#contract/survey/ballotBox.ts'
import { type Audience, audiences } from '#domain/survey/survey.ts'
import { openBallotApp } from './app.ts'
import { assets } from './assets.ts'
import { newTyped } from '../box/code.ts'
import { issueKit } from '../office/office.ts'
import { answersOf, batchBody, castIn, type Code, openSurvey, surveyBody, testBox } from '#tests/world/testBox.ts'

const ORIGIN = 'https://yipin.test'

async function voting(t: TestContext, audience: Audience = 'parent') {
  const state = await testBox(t)
  const opened = await openSurvey(state.box, [batchBody({ audience, codes: 20, size: 20 })])
  const failures: unknown[] = []
  const app = await openBallotApp(state.box.voting, {
    publicUrl: ORIGIN,
    trustProxy: false,
    now: () => new Date(state.time.now),
    failed: (error) => failures.push(error),
  })
  t.after(() => app.close())
  const [code] = opened.codes
  assert.ok(code)
  return { ...state, ...opened, app, code, failures }
}

const post = (
  app: FastifyInstance,
  url: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) =>
  app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: ORIGIN, ...headers },
    payload: new URLSearchParams(fields).toString(),
  })

const valueOf = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? assert.fail(`no field ${name}`)

const chosen = (audience: Audience): Record<string, string> =>
  Object.fromEntries(Object.entries(answersOf(audience, 'fair')).map(([id, answer]) => [`q-${id}`, answer]))

/** Opens the question page of a slip as a browser does and answers what its form holds. */
async function opened(app: FastifyInstance, code: Code, more: Record<string, string> = {}) {
  const page = await post(app, '/t/questions', { code: code.secret, ...more })
  assert.equal(page.statusCode, 200)
  const kept = { code: code.secret, attempt: valueOf(page.body, 'attempt'), started: valueOf(page.body, 'started') }
  return { page: page.body, form: { ...kept, ...chosen(code.batch.audience), text: '', ...more } }
}

const checkCodeIn = (page: string): string =>
  /class="code">([0-9A-Z]{4}-[0-9A-Z]{4})</.exec(page)?.[1] ?? assert.fail('no check code')

test('a whole answering page with style and script is at most 15 KiB, and its script at most 2 KiB', async (t) => {
  for (const audience of audiences) {
    const { app, code } = await voting(t, audience)
    const { page } = await opened(app, code)
    const size = [Buffer.from(page), assets.css.plain, assets.js.plain].reduce(
      (sum, one) => sum + gzipSync(one).length,
      0,
    )
    assert.ok(size <= 15 * 1024, `${audience}: ${size} bytes`)
  }
  assert.ok(assets.js.gzip.length <= 2048, `script: ${assets.js.gzip.length} bytes`)
})

test('who comes too early or too late is told the days for answering, in words', async (t) => {
  const { app, box, survey, code } = await voting(t)
  const told = async (secret: string) => (await post(app, '/t/questions', { code: secret })).body
  const early = async (more: Partial<BoxSurvey>) => {
    const later = surveyBody(more)
    await box.calls.prepare(later, [batchBody({ codes: 1, size: 1 })])
    const kit = await issueKit(box.context, later.id, 'school-1')
    return told(kit.batches[0]?.slips[0]?.secret ?? assert.fail('no slip'))
  }
  assert.match(await early({ from: '2026-10-09' }), /计划从2026年10月9日起可以答，2026年10月18日截止。/)
  assert.match(await early({}), /<p>2026年10月18日截止。/)
  await box.calls.close(survey.id)
  assert.match(await told(code.secret), /这次答题到2026年10月18日为止。/)
})

test('V9: that it is voluntary, anonymous and cannot be withdrawn is said before the first answer, with and without the QR', async (t) => {
  const { app, code } = await voting(t)
  const start = (await app.inject({ url: '/t' })).body
  assert.match(start, /自愿[\s\S]*不记名[\s\S]*不能撤回/)
  const { page } = await opened(app, code)
  const before = page.slice(0, page.indexOf('type="radio"'))
  assert.match(before, /自愿回答[\s\S]*不能再看、再改或者撤回/)
})

test('V10: no page sets a cookie, asks another host, may be stored, or tells an address where it came from', async (t) => {
  const { app, code } = await voting(t)
  const pages = [
    await app.inject({ url: '/t' }),
    await app.inject({ url: '/t/shared' }),
    await app.inject({ url: '/t/private' }),
    await post(app, '/t/questions', { code: code.secret }),
    await post(app, '/t', (await opened(app, code)).form),
    await app.inject({ url: '/t/nowhere' }),
  ]
  for (const { headers, body } of pages) {
    assert.equal(headers['set-cookie'], undefined)
    assert.equal(headers['cache-control'], 'no-store')
    assert.equal(headers['referrer-policy'], 'same-origin')
    assert.match(String(headers['content-security-policy']), /^default-src 'self';/)
    assert.doesNotMatch(body, /(?:src|href|action)="(?!\/t|#|data:,)/)
    assert.doesNotMatch(body, /<script(?! src)|\sstyle=|\son\w+="/)
  }
})

test('the style, the script and nothing else may be kept, and are sent squeezed', async (t) => {
  const { app } = await voting(t)
  for (const asset of Object.values(assets)) {
    const reply = await app.inject({ url: asset.url, headers: { 'accept-encoding': 'gzip, br' } })
    assert.match(String(reply.headers['content-type']), new RegExp(asset.mime))
    assert.match(String(reply.headers['cache-control']), /max-age=31536000, immutable/)
    assert.equal(reply.headers['content-encoding'], 'br')
  }
})

test('the colours are those of the product', () => {
  const tokens = (path: string) =>
    new Map(
      [...readFileSync(new URL(path, import.meta.url), 'utf8').matchAll(/(--[\w-]+): (#\w+);/g)].map(
        ([, name, value]) => [name, value],
      ),
    )
  const product = tokens('../../portal-assets/tokens.css')
  const own = tokens('assets/ballot.css')
  assert.ok(own.size > 10)
  for (const [name, value] of own) assert.equal(value, product.get(name), name)
})

for (const audience of audiences)
  test(`a ${audience} answers and gets a check code; the same form again gets the same one and counts once`, async (t) => {
    const { app, box, survey, code } = await voting(t, audience)
    const { form } = await opened(app, code)
    const first = await post(app, '/t', form)
    assert.equal(first.statusCode, 200)
    const again = await post(app, '/t', form)
    assert.equal(checkCodeIn(again.body), checkCodeIn(first.body))
    assert.equal(await castIn(box, survey.id), 1)
    const other = await post(app, '/t', { ...form, attempt: 'A'.repeat(22) })
    assert.equal(other.statusCode, 409)
    assert.match(other.body, /已经用过了/)
  })

test('every mistake is listed at once, each with its place, and nothing typed is lost', async (t) => {
  const { app, box, survey, code } = await voting(t)
  const { form } = await opened(app, code)
  const { 'q-p2': _left, ...rest } = form as Record<string, string>
  const text = `电话 13800001111，<b>${'长'.repeat(220)}`
  const reply = await post(app, '/t', { ...rest, 'q-p4': 'perfect', text, size: '1' })
  assert.equal(reply.statusCode, 422)
  assert.match(reply.body, /有 4 处要改/)
  for (const field of ['q-p2', 'q-p4', 'text'])
    assert.match(reply.body, new RegExp(`href="#${field}"[\\s\\S]*id="${field}"`))
  assert.match(reply.body, /手机号码/)
  assert.match(reply.body, /23\d 个字/)
  assert.ok(reply.body.includes(`电话 13800001111，&#60;b&#62;${'长'.repeat(220)}</textarea>`))
  assert.equal(reply.body.match(/ checked/g)?.length, 4)
  assert.equal(valueOf(reply.body, 'attempt'), form.attempt)
  assert.match(reply.body, /<html lang="zh-CN" class="large">/)
  assert.equal(await castIn(box, survey.id), 0)
})

test('a mobile number, an identity number, a mail address and a WeChat name are refused in the free text', async (t) => {
  const { app, code } = await voting(t)
  const { form } = await opened(app, code)
  for (const text of [
    '打我 138-0000-1111',
    '41050319900101123X',
    'me@example.com',
    '微信号：abc_12345',
    '１３８００００１１１１',
  ])
    assert.equal((await post(app, '/t', { ...form, text })).statusCode, 422, text)
  assert.equal((await post(app, '/t', { ...form, text: '希望 2026 年多开放图书角，3 年级也能去' })).statusCode, 200)
})

test('larger type keeps every answer and every word', async (t) => {
  const { app, code } = await voting(t, 'pupil')
  const { form } = await opened(app, code)
  const larger = await post(app, '/t/questions', { ...form, text: '图书角再大一点', size: '1' })
  assert.match(larger.body, /class="large"/)
  assert.equal(larger.body.match(/ checked/g)?.length, 5)
  assert.match(larger.body, /图书角再大一点<\/textarea>/)
  const back = await post(app, '/t/questions', { ...form, large: '1', size: '0' })
  assert.doesNotMatch(back.body, /class="large"/)
  assert.equal(valueOf(back.body, 'started'), form.started)
})

test('a code that opens nothing says why and what to do, and a mistyped one stays in its field', async (t) => {
  const { app, box, survey, codes } = await voting(t)
  const [first, second, third] = codes
  assert.ok(first && second && third)
  const misspelt = await post(app, '/t/questions', { code: 'ABCD-EFGH-0000' })
  assert.match(misspelt.body, /编码抄错了/)
  assert.equal(valueOf(misspelt.body, 'code'), 'ABCD-EFGH-0000')
  assert.match((await post(app, '/t/questions', { code: newTyped() })).body, /没有这个编码/)
  const typed = ` ${second.typed.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `
  assert.equal((await post(app, '/t/questions', { code: typed })).statusCode, 200)
  const late = await opened(app, third)
  await box.calls.close(survey.id)
  assert.match((await post(app, '/t', late.form)).body, /答题已经截止/)
  const early = surveyBody()
  await box.calls.prepare(early, [batchBody({ schoolId: 'school-2', codes: 1, size: 1 })])
  const { issueKit } = await import('../office/office.ts')
  const secret = (await issueKit(box.context, early.id, 'school-2')).batches[0]?.slips[0]?.secret
  assert.match((await post(app, '/t/questions', { code: secret ?? '' })).body, /还没有开始答题/)
})

test('a void slip says so', async (t) => {
  const { app, box, survey, code } = await voting(t)
  await box.calls.voidBatch(survey.id, code.batch.id)
  const { statusCode, body } = await post(app, '/t', {
    code: code.secret,
    attempt: 'B'.repeat(22),
    started: '',
    ...chosen('parent'),
  })
  assert.equal(statusCode, 410, body)
  assert.match(body, /已经作废/)
})

test('a changed answer sent again is told that the first one counts', async (t) => {
  const { app, code } = await voting(t)
  const { form } = await opened(app, code)
  const first = await post(app, '/t', form)
  const changed = await post(app, '/t', { ...form, 'q-p3': 'satisfied' })
  assert.match(changed.body, /先前提交的那一份算数，后来改动的没有收/)
  assert.equal(checkCodeIn(changed.body), checkCodeIn(first.body))
  assert.match((await post(app, '/t', form)).body, /已经收到，谢谢/)
})

test('who claims to have read for minutes is believed only with the stamp of the page', async (t) => {
  const { app, box, survey, codes, time } = await voting(t)
  const forms = await Promise.all(codes.map((code) => opened(app, code)))
  time.now = new Date(time.now.getTime() + 2_000)
  const earlier = String(Math.floor(time.now.getTime() / 1000) - 300)
  for (const [at, { form }] of forms.entries()) {
    const started = at >= 17 ? form.started : form.started.replace(/^\d+/, earlier)
    assert.equal((await post(app, '/t', { ...form, started })).statusCode, 200)
  }
  const row = await box.context.database.read.all<{ hasty: number }>('select hasty from batch where survey = ?', [
    survey.id,
  ])
  assert.equal(row[0]?.hasty, 3, 'two seconds are hasty; a forged stamp is unknown, which is not')
})

test('a form from elsewhere, of another kind or too large is not taken', async (t) => {
  const { app, code, failures } = await voting(t)
  const { form } = await opened(app, code)
  const from = (headers: Record<string, string>) => post(app, '/t', form, headers).then((reply) => reply.statusCode)
  assert.equal(await from({ origin: 'https://evil.example' }), 403)
  assert.equal(await from({ origin: ORIGIN, 'sec-fetch-site': 'cross-site' }), 403)
  assert.equal(await from({ origin: '' }), 403)
  assert.equal(await from({ 'content-type': 'text/plain' }), 415)
  assert.equal((await post(app, '/t', { ...form, text: '长'.repeat(6_000) })).statusCode, 413)
  assert.equal(await from({ origin: 'null', 'sec-fetch-site': 'same-origin' }), 200)
  assert.deepEqual(failures, [])
})

test('a shared tablet goes back to its start by itself and tells the browser to forget', async (t) => {
  const { app, code } = await voting(t)
  const start = await app.inject({ url: '/t/shared' })
  assert.equal(valueOf(start.body, 'shared'), '1')
  const { form } = await opened(app, code, { shared: '1' })
  const thanks = await post(app, '/t', form)
  assert.match(thanks.body, /下一位/)
  assert.equal(thanks.headers['refresh'], '10; url=/t/shared')
  for (const reply of [start, thanks]) assert.equal(reply.headers['clear-site-data'], '"cache", "storage"')
})

test('no other site can have a browser forget what it keeps of this one', async (t) => {
  const { app } = await voting(t)
  const wiped = async (site: string) =>
    (await app.inject({ url: '/t/shared', headers: { 'sec-fetch-site': site } })).headers['clear-site-data']
  for (const site of ['cross-site', 'same-site']) assert.equal(await wiped(site), undefined, site)
  for (const site of ['none', 'same-origin']) assert.ok(await wiped(site), site)
})

test('a fault of the box is told without a word of the answers, and the answerer learns how to send again', async (t) => {
  const { app, box, code, failures } = await voting(t)
  const { form } = await opened(app, code)
  await box.context.database.write((sql) => sql.run('drop table inbox'))
  const reply = await post(app, '/t', { ...form, text: '不要告诉别人' })
  assert.equal(reply.statusCode, 500)
  assert.match(reply.body, /重新提交/)
  assert.equal(failures.length, 1)
  assert.doesNotMatch(String((failures[0] as Error).stack), /不要告诉别人/)
  assert.ok(!String((failures[0] as Error).stack).includes(code.secret))
})

test('the reason why a text is refused is tied to its field', async (t) => {
  const { app, code } = await voting(t)
  const { form } = await opened(app, code)
  const { body } = await post(app, '/t', { ...form, text: '请打电话 13900000000' })
  assert.match(body, /id="text-mistake-0">写的话里好像有手机号码/)
  assert.match(body, /aria-describedby="text-hint text-mistake-0" aria-invalid="true"/)
})

test('a text is as long as people count it: sixty families are sixty characters, and are taken', async (t) => {
  const { app, codes } = await voting(t)
  const [one, other] = codes
  assert.ok(one && other)
  const family = '👨‍👩‍👧‍👦'
  const { form } = await opened(app, one)
  assert.equal((await post(app, '/t', { ...form, text: family.repeat(60) })).statusCode, 200)
  const late = await opened(app, other)
  assert.match((await post(app, '/t', { ...late.form, text: family.repeat(199) })).body, /表情太多/)
  assert.match((await post(app, '/t', { ...late.form, text: '长'.repeat(201) })).body, /有 201 个字，最多 200 个字/)
  assert.equal((await post(app, '/t', { ...late.form, text: '长'.repeat(200) })).statusCode, 200)
})

test('an address that cannot be read, and what is no request at all, are answered in Chinese with the way back', async (t) => {
  const { app, failures } = await voting(t)
  for (const url of ['/t/%zz', '/t/%ff', '/t/%23%']) {
    const reply = await app.inject({ url })
    assert.equal(reply.statusCode, 404, url)
    assert.match(reply.body, /没有这一页[^]*href="\/t"/)
    assert.equal(reply.headers['cache-control'], 'no-store')
    assert.ok(reply.headers['content-security-policy'])
  }
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  assert.ok(address && typeof address === 'object')
  for (const said of [`GET /t?${'a'.repeat(40_000)} HTTP/1.1\r\nhost: yipin.test\r\n\r\n`, 'no request\r\n\r\n']) {
    const socket = connect(address.port, '127.0.0.1')
    const parts: Buffer[] = []
    socket.on('data', (part) => parts.push(part))
    socket.on('error', () => undefined)
    socket.write(said)
    await once(socket, 'close')
    assert.match(Buffer.concat(parts).toString(), /^HTTP\/1\.1 400 [^]*这次没有收到[^]*href="\/t"/)
  }
  assert.deepEqual(failures, [])
})
