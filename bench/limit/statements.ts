import { DatabaseSync } from 'node:sqlite'
import fastify from 'fastify'

interface Case {
  page: { sql: string; parameters: string[] }
  count: { sql: string; parameters: string[] }
}

/** The same statements with no session, no scope and no contract around them. */
const database = new DatabaseSync(process.env['DATABASE'] ?? '', { readOnly: true })
database.exec('pragma cache_size = -16000; pragma temp_store = memory;')
const cases = (JSON.parse(process.env['STATEMENTS'] ?? '[]') as Case[]).map(({ page, count }) => ({
  page: { run: database.prepare(page.sql), parameters: page.parameters },
  count: { run: database.prepare(count.sql), parameters: count.parameters },
}))
const app = fastify()
app.get('/healthz', async () => ({ ok: true }))
app.get<{ Params: { index: string } }>('/:index', async ({ params }) => {
  const one = cases[Number(params.index)]
  if (!one) return {}
  return { items: one.page.run.all(...one.page.parameters), ...one.count.run.get(...one.count.parameters) }
})
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' })
