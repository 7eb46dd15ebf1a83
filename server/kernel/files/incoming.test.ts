import assert from 'node:assert/strict'
import { test } from 'node:test'
import multipart from '@fastify/multipart'
import fastify from 'fastify'
import { Problem } from '../problem.ts'
import { uploadedTable } from './incoming.ts'

async function send(form: FormData) {
  const app = fastify()
  await app.register(multipart, { limits: { fileSize: 20 * 1024 * 1024 } })
  app.setErrorHandler((error, _request, reply) =>
    reply.code(error instanceof Problem ? error.status : 500).send({ message: String(error) }),
  )
  app.post('/', (request) => uploadedTable(request))
  const encoded = new Response(form)
  const answer = await app.inject({
    method: 'POST',
    url: '/',
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    payload: Buffer.from(await encoded.arrayBuffer()),
  })
  await app.close()
  return { status: answer.statusCode, body: answer.json() }
}

function formWith(content: string): FormData {
  const form = new FormData()
  form.append('file', new Blob([content]), '名单.csv')
  return form
}

test('an uploaded table comes as rows, or is refused with what to do', async () => {
  assert.deepEqual(await send(formWith('甲,乙\n1,2')), {
    status: 200,
    body: [
      ['甲', '乙'],
      ['1', '2'],
    ],
  })
  const broken = await send(formWith('甲,"乙'))
  assert.equal(broken.status, 422)
  assert.match(broken.body.message, /CSV UTF-8/u)
  assert.equal((await send(formWith('甲,乙\n'.repeat(1_400_000)))).status, 413)
  const none = new FormData()
  none.append('name', 'x')
  assert.equal((await send(none)).status, 422)
})
