import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import formbody from '@fastify/formbody'
import fastify from 'fastify'

/** A form parsed and its bytes committed to SQLite by group commit, durable before the answer; no code, no seal, no page. */
const database = new DatabaseSync(process.env['DATABASE'] ?? '')
database.exec(
  'pragma journal_mode = wal; pragma synchronous = full; create table ballot (id text primary key, body text not null) without rowid',
)
const insert = database.prepare('insert into ballot (id, body) values (?, ?)')
let waiting: { body: string; done(): void }[] = []
let busy = false

async function drain(): Promise<void> {
  busy = true
  await new Promise((next) => setImmediate(next))
  while (waiting.length > 0) {
    const batch = waiting
    waiting = []
    database.exec('begin immediate')
    for (const { body } of batch) insert.run(randomUUID(), body)
    database.exec('commit')
    for (const { done } of batch) done()
    await new Promise((next) => setImmediate(next))
  }
  busy = false
}

const app = fastify()
await app.register(formbody)
app.get('/healthz', async () => ({ ok: true }))
app.post<{ Body: Record<string, string> }>('/t', async (request, reply) => {
  await new Promise<void>((done) => {
    waiting.push({ body: JSON.stringify(request.body), done })
    if (!busy) void drain()
  })
  return reply.type('text/html; charset=utf-8').send('<!doctype html><title>ok</title>')
})
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' })
