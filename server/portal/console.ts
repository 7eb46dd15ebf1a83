import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { hidden, sendSqueezed } from './assets.ts'

const dist = new URL('../../console/dist/', import.meta.url)

const mimes: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
}

interface Squeezed {
  mime: string
  plain: Buffer
  gzip: Buffer
  brotli: Buffer
}

/** Mounts the built console: its files for ever, and its one page at every other address below /console. */
export function serveConsole(app: FastifyInstance): void {
  const unlisted = { schema: hidden }
  const index = new URL('index.html', dist)
  const names = new Set(existsSync(index) ? readdirSync(new URL('assets/', dist)) : [])
  const page = existsSync(index) ? readFileSync(index, 'utf8') : ''
  const made = new Map<string, Promise<Squeezed>>()

  app.get('/console', unlisted, (_request, reply) => reply.redirect('/console/', 308))
  app.get<{ Params: { name: string } }>('/console/assets/:name', unlisted, async (request, reply) => {
    const { name } = request.params
    // Only names that the build made: no path of the request ever reaches the disk.
    if (!names.has(name)) return reply.callNotFound()
    const file = made.get(name) ?? squeeze(name)
    made.set(name, file)
    return sendSqueezed(request, reply, await file)
  })
  app.get('/console/*', unlisted, (_request, reply) => {
    if (page === '') return reply.callNotFound()
    const nonce = randomBytes(16).toString('base64')
    return reply
      .header('content-security-policy', policy(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page.replaceAll('__NONCE__', nonce))
  })
}

// antd writes its styles while it runs: they carry the page's nonce, so that no other inline style is let in.
const policy = (nonce: string): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join(';')

async function squeeze(name: string): Promise<Squeezed> {
  const plain = readFileSync(new URL(`assets/${name}`, dist))
  const [zipped, brotli] = await Promise.all([
    promisify(gzip)(plain, { level: 9 }),
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  ])
  return { mime: mimes[extname(name)] ?? 'application/octet-stream', plain, gzip: zipped, brotli }
}
