import assert from 'node:assert/strict'
import { readdir, rm, truncate } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { symbols } from 'pino'
import { placeOf } from '#server/kernel/files/disk.ts'
import { docx } from '#tests/world/archive.ts'
import { PDF, PNG, upload } from '#tests/world/upload.ts'
import { type World, world } from '#tests/world/world.ts'
import { HOST } from '#tests/world/house.ts'
import { findFilesFor } from './queries.ts'

const incoming = (w: World) => readdir(join(w.house.settings.dataDir, 'files', 'incoming'))

test('an uploaded file comes back byte for byte, as an attachment under its own name', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const bytes = docx()
  const sent = await upload(w, clerk, { name: '创建方案（终稿）.docx', bytes })
  assert.equal(sent.status, 200, sent.text)
  assert.equal(sent.body.name, '创建方案（终稿）.docx')
  assert.equal(sent.body.kind, 'docx')
  const got = await w.app.inject({
    url: `/api/files/${sent.body.id}`,
    headers: { host: HOST, cookie: clerk.cookie ?? '' },
  })
  assert.equal(got.statusCode, 200)
  assert.deepEqual(got.rawPayload, bytes)
  assert.match(String(got.headers['content-type']), /wordprocessingml/u)
  const disposition = String(got.headers['content-disposition'])
  assert.equal(decodeURIComponent(disposition.split("UTF-8''")[1] ?? ''), '创建方案（终稿）.docx')
})

test('whoever asks for a file by HEAD is told of it, and not a byte of it is read', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const { id } = (await upload(w, clerk, { name: '方案.pdf', bytes: PDF })).body
  const { store } = w.house.files
  let opened = 0
  w.house.files.store = { ...store, open: (sha256) => ((opened += 1), store.open(sha256)) }
  const ask = (method: 'GET' | 'HEAD') =>
    w.app.inject({ method, url: `/api/files/${id}`, headers: { host: HOST, cookie: clerk.cookie ?? '' } })
  const head = await ask('HEAD')
  assert.deepEqual([head.statusCode, head.rawPayload.length, opened], [200, 0, 0])
  const whole = await ask('GET')
  assert.equal(whole.rawPayload.length, PDF.length)
  for (const name of ['content-length', 'content-disposition', 'content-type'])
    assert.equal(String(head.headers[name]), String(whole.headers[name]), name)
})

test('F17, S17: what a stranger uploaded is sandboxed, never sniffed, never stored by a cache', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const { body } = await upload(w, clerk, { name: 'a.pdf', bytes: PDF })
  const got = await clerk.get(`/api/files/${body.id}`)
  assert.match(String(got.headers['content-security-policy']), /^sandbox;/u)
  assert.equal(got.headers['x-content-type-options'], 'nosniff')
  assert.match(String(got.headers['content-disposition']), /^attachment;/u)
  assert.equal(got.headers['cache-control'], 'no-store')
  for (const path of ['/files/kept', '/data/files/kept', '/api/files/..%2f..%2fyipin.db', '/media/..%2fyipin.db']) {
    assert.ok([404, 422].includes((await clerk.get(path)).status), path)
  }
})

test('the record names the uploader, the school and the digest, and one audit row is written', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const { body } = await upload(w, clerk, { name: '活动.png', bytes: PNG })
  const row = await w.house.database.reader
    .selectFrom('file')
    .selectAll()
    .where('id', '=', body.id)
    .executeTakeFirstOrThrow()
  assert.equal(row.uploaderId, clerk.personId)
  assert.equal(row.schoolId, w.schoolIds[0])
  assert.deepEqual([row.width, row.height], [1, 1])
  const audit = await w.house.database.reader
    .selectFrom('auditRow')
    .select(['event', 'schoolId'])
    .where('subjectId', '=', body.id)
    .execute()
  assert.deepEqual(
    audit.map((each) => [each.event, each.schoolId]),
    [['file.uploaded', w.schoolIds[0]]],
  )
})

test('F18, I16: another school cannot read the file, and its own copy of the same bytes tells nothing', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const other = await w.as('clerk', w.schoolIds[1])
  const first = await upload(w, clerk, { name: 'a.pdf', bytes: PDF })
  const unseen = await other.get(`/api/files/${first.body.id}`)
  const absent = await other.get(`/api/files/00000000-0000-7000-8000-000000000000`)
  assert.equal(unseen.status, 404)
  assert.deepEqual({ ...unseen.body, requestId: '' }, { ...absent.body, requestId: '' })
  const second = await upload(w, other, { name: 'a.pdf', bytes: PDF })
  assert.notEqual(second.body.id, first.body.id)
  assert.deepEqual({ ...second.body, id: '' }, { ...first.body, id: '' })
  assert.equal((await other.get(`/api/files/${second.body.id}`)).status, 200)
  assert.equal((await clerk.get(`/api/files/${second.body.id}`)).status, 404)
})

test('I2: a file can be laid only into a school that the uploader reaches', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const [own, other] = w.schoolIds
  assert.equal((await upload(w, clerk, { name: 'a.pdf', bytes: PDF, schoolId: other })).status, 404)
  assert.equal((await upload(w, clerk, { name: 'a.pdf', bytes: PDF, schoolId: own })).status, 200)
  const office = await w.as('office')
  const laid = await upload(w, office, { name: 'a.pdf', bytes: PDF, schoolId: other })
  assert.equal(laid.status, 200)
  const theirs = await w.as('clerk', other)
  assert.equal((await theirs.get(`/api/files/${laid.body.id}`)).status, 200)
  const bureau = await upload(w, office, { name: 'b.pdf', bytes: PDF })
  assert.equal((await theirs.get(`/api/files/${bureau.body.id}`)).status, 404)
})

test('S6 who has moved to another school no longer opens the files laid up for the school before', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const [own, other] = w.schoolIds
  const file = `/api/files/${(await upload(w, clerk, { name: 'a.pdf', bytes: PDF, schoolId: own })).body.id}`
  assert.equal((await clerk.get(file)).status, 200)
  const security = await w.as('security')
  const { grants } = (await security.get(`/api/accounts/${clerk.personId}`)).body
  assert.equal((await security.post(`/api/accounts/${clerk.personId}/grants/${grants[0].id}/revoke`)).status, 200)
  assert.equal((await clerk.get(file)).status, 404)
  const moved = { role: 'clerk', organizationId: other, departmentId: '' }
  assert.equal((await security.post(`/api/accounts/${clerk.personId}/grants`, moved)).status, 200)
  assert.equal((await clerk.get(file)).status, 404)
})

test('an upload that is no form, or ends in the middle of one, is refused and leaves nothing', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
  for (const [type, payload] of [
    ['multipart/form-data; boundary=x', `${head}%PDF-1.7 and then nothing`],
    ['multipart/form-data; boundary=x', 'no form at all'],
    ['multipart/form-data', head],
  ] as const) {
    const answer = await w.app.inject({
      method: 'POST',
      url: '/api/files',
      headers: { host: HOST, origin: `https://${HOST}`, cookie: clerk.cookie ?? '', 'content-type': type },
      payload,
    })
    assert.equal(answer.statusCode, 422, answer.body)
    assert.match(answer.json().message, /重新上传/)
  }
  assert.deepEqual(await incoming(w), [])
})

test('a refused file says in Chinese why, with the status of its reason, and leaves nothing', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const html = await upload(w, clerk, { name: 'a.jpg', bytes: Buffer.from('<html>') })
  assert.equal(html.status, 415)
  assert.match(html.text, /不支持这种文件/u)
  const macro = await upload(w, clerk, {
    name: 'a.docx',
    bytes: docx(undefined, [{ name: 'word/vbaProject.bin', data: 'x' }]),
  })
  assert.equal(macro.status, 422)
  assert.match(macro.text, /宏/u)
  const wrongField = await upload(w, clerk, { name: 'a%00.pdf', bytes: PDF })
  assert.equal(wrongField.status, 422)
  assert.equal((await clerk.post('/api/files', {})).status, 415)
  assert.equal((await upload(w, w.visitor, { name: 'a.pdf', bytes: PDF })).status, 401)
  assert.deepEqual(await incoming(w), [])
  const { rows } = await w.house.database.reader
    .selectFrom('file')
    .select((eb) => eb.fn.countAll().as('rows'))
    .executeTakeFirstOrThrow()
  assert.equal(Number(rows), 0)
})

// The rest of the body is read past, or the sender would wait for the limit of slow bodies.
test('F1: over a real connection, chunked and too large is answered 413 at once and leaves no temporary file', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const address = await w.app.listen({ port: 0, host: '127.0.0.1' })
  const boundary = 'x'.repeat(20)
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n`
  const status = await new Promise<number | undefined>((done, fail) => {
    const call = request(
      `${address}/api/files`,
      {
        method: 'POST',
        headers: {
          host: HOST,
          origin: `https://${HOST}`,
          'sec-fetch-site': 'same-origin',
          'content-type': `multipart/form-data; boundary=${boundary}`,
          cookie: clerk.cookie ?? '',
        },
      },
      (answer) => {
        answer.resume()
        answer.once('end', () => done(answer.statusCode))
      },
    )
    call.once('error', fail)
    call.write(head)
    const chunk = Buffer.alloc(1024 * 1024, 0xff)
    for (let i = 0; i < 21; i++) call.write(chunk)
    call.end(`\r\n--${boundary}--\r\n`)
  })
  assert.equal(status, 413)
  assert.deepEqual(await incoming(w), [])
})

test('F19: an upload that is broken off leaves no temporary file and no record', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const address = await w.app.listen({ port: 0, host: '127.0.0.1' })
  const boundary = 'x'.repeat(20)
  const call = request(`${address}/api/files`, {
    method: 'POST',
    headers: {
      host: HOST,
      origin: `https://${HOST}`,
      'sec-fetch-site': 'same-origin',
      'content-type': `multipart/form-data; boundary=${boundary}`,
      cookie: clerk.cookie ?? '',
    },
  })
  call.on('error', () => {})
  call.write(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n`)
  call.write(PDF)
  await until(async () => (await incoming(w)).length === 1)
  call.destroy()
  await until(async () => (await incoming(w)).length === 0)
  assert.deepEqual(await readdir(join(w.house.settings.dataDir, 'files', 'kept')), [])
})

async function until(reached: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (await reached()) return
    await new Promise((done) => setTimeout(done, 25))
  }
  assert.fail('it did not come about within five seconds')
}

test('security-3 who sends many files at once is told to wait for the own ones, and nobody else waits', async (t) => {
  const w = await world(t)
  const [clerk, other] = [await w.as('clerk'), await w.as('clerk', w.schoolIds[1])]
  const many = Array.from({ length: 20 }, (_, at) => upload(w, clerk, { name: `${at}.png`, bytes: PNG }))
  const theirs = upload(w, other, { name: 'a.png', bytes: PNG })
  const answers = await Promise.all(many)
  assert.equal((await theirs).status, 200)
  const [taken, refused] = [answers.filter((one) => one.status === 200), answers.filter((one) => one.status === 503)]
  assert.equal(taken.length + refused.length, 20)
  assert.ok(taken.length > 0 && refused.length > 0)
  for (const one of refused) {
    assert.match(one.text, /等它们传完/)
    assert.match(String(one.headers['retry-after']), /^\d+$/)
  }
  assert.equal((await upload(w, clerk, { name: 'b.png', bytes: PNG })).status, 200)
})

test('a thumbnail is drawn for images only', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const image = await upload(w, clerk, { name: 'a.png', bytes: PNG })
  const paper = await upload(w, clerk, { name: 'a.pdf', bytes: PDF })
  const got = await clerk.get(`/api/files/${image.body.id}/thumbnail?size=1280`)
  assert.equal(got.status, 200)
  assert.equal(got.headers['content-type'], 'image/webp')
  assert.equal((await clerk.get(`/api/files/${paper.body.id}/thumbnail`)).status, 404)
  assert.equal((await clerk.get(`/api/files/${image.body.id}/thumbnail?size=5`)).status, 422)
})

test('only files that the actor may read, of the same school or of none, can be attached', async (t) => {
  const w = await world(t)
  const own = await upload(w, await w.as('clerk'), { name: 'a.pdf', bytes: PDF })
  const other = await upload(w, await w.as('clerk', w.schoolIds[1]), { name: 'a.pdf', bytes: PDF })
  const clerk = await w.actorOf('clerk')
  const office = await w.actorOf('office')
  const attach = (actor: typeof clerk, ids: string[], schoolId: string | null) =>
    w.work(actor, async (work) => {
      work.record('test.attached', 'file', ids[0] ?? '')
      return (await findFilesFor(work, ids, schoolId)).map((file) => file.id)
    })
  assert.deepEqual(await attach(clerk, [own.body.id, own.body.id], w.schoolIds[0]), [own.body.id])
  await assert.rejects(attach(clerk, [own.body.id, other.body.id], w.schoolIds[0]), { status: 404 })
  await assert.rejects(attach(office, [other.body.id], w.schoolIds[0]), { status: 404 })
  assert.deepEqual(await attach(office, [other.body.id], null), [other.body.id])
})

test('an original that is missing or has another length is told in words and logged with its digest, and its small picture too', async (t) => {
  const w = await world(t)
  w.expectBreaches()
  const clerk = await w.as('clerk')
  const { body } = await upload(w, clerk, { name: '合影.png', bytes: PNG })
  const { sha256 } = await w.house.database.reader
    .selectFrom('file')
    .select('sha256')
    .where('id', '=', body.id)
    .executeTakeFirstOrThrow()
  const path = placeOf(join(w.house.settings.dataDir, 'files', 'kept'), sha256)
  const logged: string[] = []
  w.house.log.level = 'error'
  Object.assign(w.house.log, { [symbols.streamSym]: { write: (line: string) => logged.push(line) } })
  await truncate(path, 10)
  const damaged = await clerk.get(`/api/files/${body.id}`)
  assert.deepEqual([damaged.status, /从备份里找回/.test(damaged.text)], [500, true])
  await rm(path)
  assert.equal((await clerk.get(`/api/files/${body.id}`)).status, 500)
  assert.equal((await clerk.get(`/api/files/${body.id}/thumbnail?size=320`)).status, 404)
  assert.equal(logged.length, 3)
  assert.ok(
    logged.every((line) => line.includes(sha256)),
    logged.join(''),
  )
})
