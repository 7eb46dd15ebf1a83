import fastify from 'fastify'

/** Fastify answering constant pages, one of each size asked for: what is left when nothing is read and drawn. */
const app = fastify()
const sizes = (process.env['SIZES'] ?? '').split(',').map(Number)
const pages = sizes.map((size) => '党'.repeat(Math.floor(size / 3)) + ' '.repeat(size % 3))
app.get('/healthz', async () => ({ ok: true }))
app.get<{ Params: { index: string } }>('/:index', (request, reply) =>
  reply.type('text/html; charset=utf-8').send(pages[Number(request.params.index)] ?? ''),
)
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' })
