import type { FastifyReply, FastifyRequest } from 'fastify'
import { commitsOf, type House } from './work.ts'

/** Whatever another process commits to the same database shows here at the latest after so long. */
const STALE_AFTER_MS = 5_000
const PAGES_AT_MOST = 300

interface Drawn {
  html: string
  headers: Record<string, string>
  commits: number
  at: number
}

const headersKept = ['content-type', 'cache-control', 'vary'] as const

export interface DrawnPages {
  /** A page drawn since the last commit, or nothing. */
  find(request: FastifyRequest): Drawn | undefined
  keep(request: FastifyRequest, reply: FastifyReply, html: unknown): void
}

/**
 * Public pages that look the same to everybody, kept from one commit to the next: the reader gets what the database says, but it
 * is drawn once. Only pages that were sent as publicly cacheable are kept.
 */
export function drawnPages(house: House): DrawnPages {
  const pages = new Map<string, Drawn>()
  // Large type is the one thing in which two visitors' pages differ.
  const keyOf = (request: FastifyRequest): string => `${request.cookies['large'] ?? ''} ${request.url}`
  return {
    find(request) {
      const page = pages.get(keyOf(request))
      if (!page || page.commits !== commitsOf(house)) return undefined
      const age = house.clock.now().getTime() - page.at
      return age >= 0 && age < STALE_AFTER_MS ? page : undefined
    },
    keep(request, reply, html) {
      if (typeof html !== 'string' || reply.statusCode !== 200 || request.url.length > 300) return
      if (!String(reply.getHeader('cache-control') ?? '').startsWith('public')) return
      const oldest = pages.size >= PAGES_AT_MOST ? pages.keys().next().value : undefined
      if (oldest !== undefined) pages.delete(oldest)
      const headers = Object.fromEntries(
        headersKept.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : [])),
      )
      pages.set(keyOf(request), { html, headers, commits: commitsOf(house), at: house.clock.now().getTime() })
    },
  }
}
