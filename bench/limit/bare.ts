import fastify from 'fastify'

/** Fastify with nothing in it: how soon any server of this kind can answer. */
const app = fastify()
app.get('/healthz', async () => ({ ok: true }))
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' })
