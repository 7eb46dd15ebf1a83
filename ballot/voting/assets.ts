import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'

export interface Asset {
  url: string
  mime: string
  plain: Buffer
  gzip: Buffer
  brotli: Buffer
}

/** Style and script of the respondents' pages, named by their content and squeezed once when the process starts. */
export const assets = {
  css: made('css', 'text/css', (text) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s*\n\s*/g, '\n')),
  js: made('js', 'text/javascript', (text) => text.replace(/^\s*(\/\/.*)?\n/gm, '').replace(/^\s+/gm, '')),
} as const

export function serveAssets(app: FastifyInstance): void {
  for (const asset of Object.values(assets))
    app.get(asset.url, (request, reply) => {
      const accepted = String(request.headers['accept-encoding'] ?? '')
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'accept-encoding')
        .type(`${asset.mime}; charset=utf-8`)
      if (/\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(asset.brotli)
      if (/\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(asset.gzip)
      return reply.send(asset.plain)
    })
}

function made(kind: string, mime: string, squeeze: (text: string) => string): Asset {
  const plain = Buffer.from(squeeze(readFileSync(new URL(`assets/ballot.${kind}`, import.meta.url), 'utf8')))
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 10)
  return {
    url: `/t/assets/ballot.${hash}.${kind}`,
    mime,
    plain,
    gzip: gzipSync(plain, { level: 9 }),
    brotli: brotliCompressSync(plain),
  }
}
