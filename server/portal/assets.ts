import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'

export interface Asset {
  url: string
  mime: string
  plain: Buffer
  gzip: Buffer
  brotli: Buffer
}

type AssetName = 'portal.css' | 'print.css' | 'portal.js' | 'mark.svg'

// A few kilobytes in all: read and named by content once, when the process starts.
const assets: Record<AssetName, Asset> = {
  'portal.css': made('portal.css', 'text/css', ['tokens.css', 'pieces.css', 'portal.css'].map(source).join('')),
  'print.css': made('print.css', 'text/css', source('print.css')),
  'portal.js': made('portal.js', 'text/javascript', source('portal.js')),
  'mark.svg': made('mark.svg', 'image/svg+xml', source('mark.svg')),
}

export const allAssets: readonly Asset[] = Object.values(assets)

/** The address of an asset; it changes with the content, so that browsers may keep it for ever. */
export const assetUrl = (name: AssetName): string => assets[name].url

/** What the description of the API does not speak of. */
export const hidden: FastifySchema & { hide: true } = { hide: true }

/** Mounts the portal's styles and script, and the mark where browsers ask for it unasked. */
export function serveAssets(app: FastifyInstance): void {
  for (const asset of allAssets) {
    app.get(asset.url, { schema: hidden }, (request, reply) => sendSqueezed(request, reply, asset))
  }
  app.get('/favicon.ico', { schema: hidden }, (_request, reply) =>
    reply.header('cache-control', 'public, max-age=86400').redirect(assetUrl('mark.svg'), 302),
  )
}

/** Sends bytes that never change, in the smallest form that the browser takes. */
export function sendSqueezed(request: FastifyRequest, reply: FastifyReply, asset: Omit<Asset, 'url'>): FastifyReply {
  const accepted = String(request.headers['accept-encoding'] ?? '')
  reply
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('vary', 'accept-encoding')
    .type(asset.mime)
  if (/\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(asset.brotli)
  if (/\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(asset.gzip)
  return reply.send(asset.plain)
}

function made(name: AssetName, mime: string, text: string): Asset {
  const [stem, kind] = name.split('.')
  const plain = Buffer.from(kind === 'css' ? squeezed(text) : text)
  const smaller: { gzip?: Buffer; brotli?: Buffer } = {}
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 10)
  return {
    url: `/assets/${stem}.${hash}.${kind}`,
    mime: `${mime}; charset=utf-8`,
    plain,
    // Squeezed when the first browser asks, not while the process starts.
    get gzip() {
      return (smaller.gzip ??= gzipSync(plain, { level: 9 }))
    },
    get brotli() {
      return (smaller.brotli ??= brotliCompressSync(plain))
    },
  }
}

function squeezed(css: string): string {
  return css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s*\n\s*/g, '\n')
}

function source(name: string): string {
  return readFileSync(new URL(`../../portal-assets/${name}`, import.meta.url), 'utf8')
}
