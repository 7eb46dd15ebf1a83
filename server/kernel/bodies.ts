import { parse } from 'node:querystring'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { refusal } from '#domain/base/refusal.ts'
import { Problem } from './problem.ts'
import type { Route } from './routes.ts'

/** A page's own form is far smaller; what is larger costs the one thread of the house more than a stranger may ask of it. */
export const PUBLIC_BODY = 65_536
export const BODY = 1_048_576
export const PUBLIC_FIELDS = 100
/** The longest form of a signed-in person ticks the accounts of a whole district. */
const FIELDS = 2_000
/** Values in a JSON body: the largest plan and the largest standard together stay far below. */
const PARTS = 20_000

/** Counted before it is parsed: a name costs much more than the byte that parts it from the next. */
export function takeForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (request: FastifyRequest, text: string) => {
      const most = request.routeOptions.config.publicForm ? PUBLIC_FIELDS : FIELDS
      if (hasMoreThan(most, text)) throw tooMany()
      return parse(text, '&', '=', { maxKeys: 0 })
    },
  )
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Anybody may send it, so it is held to what the product's own pages send. */
    publicForm?: boolean
    /** Takes a file, which may be long on its way. */
    upload?: boolean
  }
}

const tooMany = () => new Problem([refusal('tooLarge', '提交的项目太多，请减少后再试。')])

function hasMoreThan(most: number, text: string): boolean {
  let fields = 1
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    fields += 1
    if (fields > most) return true
  }
  return false
}

export const isUpload = (route: Route): boolean => route.endpoint?.body instanceof z.ZodCustom

/** JSON goes to the endpoints that take it and forms to the pages that draw them, each to nothing else (R14). */
export function demandKindOfBody(route: Route, request: FastifyRequest): void {
  if (route.method === 'GET') return
  const kind = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (kind === '') return
  const wanted = !route.endpoint
    ? ['application/x-www-form-urlencoded', 'multipart/form-data']
    : isUpload(route)
      ? ['multipart/form-data', 'application/json']
      : ['application/json']
  if (!wanted.includes(kind)) throw new Problem([refusal('wrongType')])
}

/** Walks without recursion: a stranger decides how deep the input is. */
export function demandFewParts(body: unknown): void {
  const open = [body]
  let parts = 0
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value !== 'object' || value === null) continue
    for (const one of Object.values(value)) {
      parts += 1
      if (parts > PARTS) throw tooMany()
      if (typeof one === 'object') open.push(one)
    }
  }
}
