import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { commitsOf, type House } from './work.ts'

/** Whatever another process commits to the same database shows here at the latest after so long. */
const STALE_AFTER_MS = 5_000
const PAGES_AT_MOST = 300

interface Drawn {
  html: string
  etag: string
  headers: Record<string, string>
  commits: number
  at: number
  /** Squeezed when the first browser asks for it. */
  br?: Buffer
  gzip?: Buffer
}

const headersKept = ['content-type', 'cache-control', 'vary'] as const

export interface PageCache {
  /** A page drawn since the last commit, or nothing; then what is drawn now counts as drawn at this moment. */
  find(request: FastifyRequest): Drawn | undefined
  /** Keeps what was drawn, and answers with as much of it as this browser lacks. */
  send(request: FastifyRequest, reply: FastifyReply, html: unknown): unknown
}

/**
 * Public pages that look the same to everybody, kept from one commit to the next: the reader gets what the database says, but it
 * is drawn once. Only pages that were sent as publicly cacheable are kept.
 */
export function openPageCache(house: House): PageCache {
  const pages = new Map<string, Drawn>()
  const begun = new WeakMap<FastifyRequest, number>()
  // Large type is the one thing in which two visitors' pages differ.
  const keyOf = (request: FastifyRequest): string => `${request.cookies['large'] ?? ''} ${request.url}`
  const find = (request: FastifyRequest) => {
    if (!begun.has(request)) begun.set(request, commitsOf(house))
    const page = pages.get(keyOf(request))
    if (!page || page.commits !== commitsOf(house)) return undefined
    const age = house.clock.now().getTime() - page.at
    return age >= 0 && age < STALE_AFTER_MS ? page : undefined
  }
  const keep = (request: FastifyRequest, reply: FastifyReply, html: string): Drawn => {
    const headers = Object.fromEntries(
      headersKept.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : [])),
    )
    const etag = `W/"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`
    // What was committed while it was drawn may not stand in it: the next visitor gets it drawn anew.
    const commits = begun.get(request) ?? -1
    const page = { html, etag, headers, commits, at: house.clock.now().getTime() }
    if (request.url.length > 300) return page
    const oldest = pages.size >= PAGES_AT_MOST ? pages.keys().next().value : undefined
    if (oldest !== undefined) pages.delete(oldest)
    pages.set(keyOf(request), page)
    return page
  }
  return {
    find,
    send(request, reply, html) {
      if (typeof html !== 'string' || reply.statusCode !== 200) return html
      if (!String(reply.getHeader('cache-control') ?? '').startsWith('public')) return html
      const before = find(request)
      return sendDrawn(request, reply, before?.html === html ? before : keep(request, reply, html))
    },
  }
}

/** Nothing to whoever has it already, else the page in the smallest form that the browser takes. */
function sendDrawn(request: FastifyRequest, reply: FastifyReply, page: Drawn): unknown {
  reply.header('etag', page.etag)
  reply.header('vary', [page.headers['vary'], 'Accept-Encoding'].filter(Boolean).join(', '))
  const known = String(request.headers['if-none-match'] ?? '')
  if (known.split(',').some((one) => one.trim().replace(/^(W\/)?/, 'W/') === page.etag)) {
    reply.code(304)
    // Not null, of which the answer to HEAD would ask its length.
    return ''
  }
  const squeezed = squeezedFor(String(request.headers['accept-encoding'] ?? ''), page)
  if (!squeezed) return page.html
  reply.header('content-encoding', squeezed.encoding)
  return squeezed.bytes
}

/** Below this a page fits one packet as it is. */
const WORTH_BYTES = 1_000
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

function squeezedFor(accepted: string, page: Drawn): { encoding: string; bytes: Buffer } | undefined {
  if (page.html.length < WORTH_BYTES) return undefined
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted))
    return { encoding: 'br', bytes: (page.br ??= brotliCompressSync(page.html, BROTLI)) }
  if (/\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted))
    return { encoding: 'gzip', bytes: (page.gzip ??= gzipSync(page.html)) }
  return undefined
}
