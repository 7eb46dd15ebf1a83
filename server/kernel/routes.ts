import type { FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { z } from 'zod'
import type { Actor, Person } from '#domain/base/actor.ts'
import type { Access, AnyEndpoint, Endpoint } from '#contract/endpoint.ts'
import { once, sendingOf } from './once.ts'
import { refuse } from './problem.ts'
import type { SignedIn } from './session.ts'
import { type House, inWork, type Look, lookAround, type Work } from './work.ts'

/** One request and its answer, as a page or a document sees it. */
export interface Exchange<By extends Actor = Person> {
  house: House
  actor: By
  signedIn: SignedIn | undefined
  request: FastifyRequest
  reply: FastifyReply
  params: Record<string, string>
  query: Record<string, string | undefined>
  /** Fields of a posted form; a field sent twice keeps all its values in `all`. */
  form: Record<string, string>
  all(name: string): string[]
  look: Look<By>
  work<T>(action: (work: Work<By>) => Promise<T>): Promise<T>
}

/** Where one person works in several steps, with something in between that no transaction may wait for. */
export type Steps = Pick<Exchange, 'house' | 'actor' | 'look' | 'work'>

/** What the server mounts: an endpoint of the contract, or a page that people open themselves. */
export interface Route {
  name: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  access: Access
  endpoint?: AnyEndpoint
  /** A public page that shows nothing of who asks: it is drawn once between two commits. */
  sameForAll?: boolean
  handle(exchange: Exchange<Actor>): Promise<unknown>
}

/** What Fastify holds a request and its answer to, and what the description of the API says of it. */
export function schemaOf(route: Route): FastifySchema {
  const { endpoint } = route
  if (!endpoint) return { hide: true } as FastifySchema
  const bodyless = route.method === 'GET' || route.method === 'DELETE' || endpoint.body instanceof z.ZodCustom
  return {
    summary: endpoint.summary,
    operationId: route.name,
    tags: [route.path.split('/')[2] ?? 'api'],
    params: endpoint.params,
    querystring: endpoint.query,
    ...(bodyless ? {} : { body: endpoint.body }),
    response: { 200: endpoint.reply },
  }
}

interface Asked<Params, Query, Body> {
  params: Params
  query: Query
  body: Body
}

/** Mounts an endpoint that only reads. */
export function answer<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  handle: (look: Look, asked: Asked<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<z.input<R>>,
): Route {
  return {
    ...mounted(endpoint),
    handle: forPerson(({ look, request }) => handle(look, askedOf<P, Q, B>(request))),
  }
}

/** Mounts an endpoint that writes: its handler runs in one work. */
export function act<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  handle: (work: Work, asked: Asked<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<z.input<R>>,
): Route {
  return {
    ...mounted(endpoint),
    handle: forPerson(async ({ actor, look, request, work: inOneWork }) => {
      const asked = askedOf<P, Q, B>(request)
      const sending = endpoint.once ? sendingOf(endpoint.name, actor.personId, request) : undefined
      if (!sending) return inOneWork((work) => handle(work, asked))
      return once<z.input<R>>(look, sending, (keep) =>
        inOneWork(async (work) => {
          const reply = await handle(work, asked)
          await keep(work, reply)
          return reply
        }),
      )
    }),
  }
}

/** Mounts an endpoint that needs the raw exchange: an upload, or something that spans several works. */
export function exchange<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  handle: (exchange: Exchange, asked: Asked<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<z.input<R>>,
): Route {
  return { ...mounted(endpoint), handle: forPerson((one) => handle(one, askedOf<P, Q, B>(one.request))) }
}

export interface PageAt<May extends Access = Access> {
  name: string
  path: string
  access: May
}

/** Who can be at a page: anybody where it is public, and else somebody signed in. */
type AtPage<May extends Access> = May extends 'public' ? Actor : Person

/** A page or document that a browser opens; it sends its own answer (HTML text, or through `reply`). */
export function show<May extends Access>(
  at: PageAt<May>,
  handle: (exchange: Exchange<AtPage<May>>) => Promise<unknown>,
): Route {
  return { ...at, method: 'GET', handle: atPage(at, handle) }
}

/** A public page that looks the same to everybody, whoever is signed in. */
export function showAll(at: Omit<PageAt, 'access'>, handle: (exchange: Exchange<Actor>) => Promise<unknown>): Route {
  return { ...at, access: 'public', method: 'GET', sameForAll: true, handle }
}

/** A form that a page posts. */
export function post<May extends Access>(
  at: PageAt<May>,
  handle: (exchange: Exchange<AtPage<May>>) => Promise<unknown>,
): Route {
  return { ...at, method: 'POST', handle: atPage(at, handle) }
}

function atPage<May extends Access>(
  { access }: PageAt<May>,
  handle: (exchange: Exchange<AtPage<May>>) => Promise<unknown>,
): Route['handle'] {
  return access === 'public'
    ? (handle as Route['handle'])
    : forPerson(handle as (exchange: Exchange) => Promise<unknown>)
}

/** Says to the types what `demandAccess` has seen to before: whoever came here is signed in. */
const forPerson =
  (handle: (exchange: Exchange) => Promise<unknown>): Route['handle'] =>
  async (exchange) => {
    if (exchange.actor.kind !== 'person') throw refuse('notSignedIn')
    return handle(exchange as Exchange)
  }

export function sendHtml(
  reply: FastifyReply,
  html: string,
  options: { status?: number; cacheSeconds?: number } = {},
): FastifyReply {
  const cache = options.cacheSeconds ? `public, max-age=${options.cacheSeconds}` : 'no-store'
  return reply
    .code(options.status ?? 200)
    .header('cache-control', cache)
    .type('text/html; charset=utf-8')
    .send(html)
}

/** Sends a made document (XLSX, CSV, DOCX) to be saved; the name goes as RFC 6266 asks. */
export function sendDocument(
  reply: FastifyReply,
  document: { name: string; mime: string; body: Buffer | string },
): FastifyReply {
  return reply
    .header('content-disposition', `attachment; filename="download"; filename*=UTF-8''${encodeName(document.name)}`)
    .header('cache-control', 'no-store')
    .type(document.mime)
    .send(document.body)
}

const encodeName = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

export function exchangeOf(
  house: House,
  request: FastifyRequest,
  reply: FastifyReply,
  who: { actor: Actor; signedIn?: SignedIn },
): Exchange<Actor> {
  const body = (request.body ?? {}) as Record<string, unknown>
  const listOf = (name: string): string[] => {
    const value = body[name]
    return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String)
  }
  return {
    house,
    actor: who.actor,
    signedIn: who.signedIn,
    request,
    reply,
    params: (request.params ?? {}) as Record<string, string>,
    query: firstValues((request.query ?? {}) as Record<string, unknown>),
    form: firstValues(body) as Record<string, string>,
    all: listOf,
    look: lookAround(house, who.actor),
    work: (action) => inWork(house, who.actor, action),
  }
}

function firstValues(values: Record<string, unknown>): Record<string, string | undefined> {
  const kept: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(values)) {
    const first = Array.isArray(value) ? value[0] : value
    if (typeof first === 'string') kept[name] = first
  }
  return kept
}

function mounted(endpoint: { name: string; method: Route['method']; path: string; access: Access }) {
  return {
    name: endpoint.name,
    method: endpoint.method,
    path: endpoint.path,
    access: endpoint.access,
    endpoint: endpoint as unknown as AnyEndpoint,
  }
}

function askedOf<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(request: FastifyRequest) {
  return { params: request.params, query: request.query, body: request.body } as Asked<
    z.infer<P>,
    z.infer<Q>,
    z.infer<B>
  >
}
