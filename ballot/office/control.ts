import { timingSafeEqual } from 'node:crypto'
import fastify, { type FastifyInstance } from 'fastify'
import type { OpenedBox } from '../box/box.ts'
import { digestOf } from '../box/keys.ts'
import { isRefused } from '../box/refused.ts'

const BODY_LIMIT = 16 * 1_048_576

/**
 * The office's calls over HTTP, for a box in a process of its own; only who knows the shared secret is answered. It listens apart
 * from the respondents' pages, so that a proxy which shows these does not show it.
 */
export function openControl(box: OpenedBox, secret: string, failed: (error: unknown) => void): FastifyInstance {
  const app = fastify({ logger: false, bodyLimit: BODY_LIMIT })
  app.addHook('onRequest', async (request, reply) => {
    if (!knows(request.headers.authorization, secret)) return reply.code(404).send({})
  })
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    failed(error)
    return reply.code(error.statusCode ?? 500).send({})
  })
  app.post('/box/troubles', async () => ({ value: await box.troubles() }))
  app.post('/box/hints', async () => ({ value: await box.hints() }))
  const calls = new Map(Object.entries(box.calls)) as Map<string, (...args: unknown[]) => Promise<unknown>>
  app.post<{ Params: { call: string }; Body: { args?: unknown[] } }>('/box/:call', async (request, reply) => {
    const call = calls.get(request.params.call)
    if (!call) return reply.code(404).send({})
    try {
      return { value: (await call(...(request.body.args ?? []))) ?? null }
    } catch (error) {
      if (isRefused(error)) return reply.code(409).send({ refused: error.message })
      throw error
    }
  })
  return app
}

/** Compared by digest, so that neither length nor content shows in the time it takes. */
function knows(header: string | undefined, secret: string): boolean {
  const hash = (text: string) => Buffer.from(digestOf(text), 'hex')
  return timingSafeEqual(hash(header ?? ''), hash(`Bearer ${secret}`))
}
