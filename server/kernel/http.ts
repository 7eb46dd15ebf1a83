import { randomUUID } from 'node:crypto'
import type { RequestListener, Server } from 'node:http'
import type { Socket } from 'node:net'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { networkOf, trusting } from '#domain/base/address.ts'
import { type Actor, hasRole, visitor } from '#domain/base/actor.ts'
import { type Refusal, type RefusalCode, refusal } from '#domain/base/refusal.ts'
import { UPLOAD_LIMIT } from '#domain/records/upload.ts'
import type { ProblemBody } from '#contract/endpoint.ts'
import { faultOf, faultSentences } from '#server/db/errors.ts'
import { BODY, demandFewParts, demandKindOfBody, isUpload, PUBLIC_BODY, takeForms } from './bodies.ts'
import { type PageCache, openPageCache } from './pageCache.ts'
import { noteProxy } from './hints.ts'
import { Problem } from './problem.ts'
import { securityHeaders } from './headers.ts'
import { inputSentence } from './inputWords.ts'
import { describeApi } from './openapi.ts'
import { type Exchange, exchangeOf, type Route, schemaOf } from './routes.ts'
import { COOKIE, findSignedIn, type SignedIn } from './session.ts'
import { addressMeant, answerUnread } from './unread.ts'
import type { House } from './work.ts'

z.config({ customError: inputSentence })

export interface HttpOptions {
  routes: readonly Route[]
  /** Draws an error as a page for people who opened a page; the API answers JSON. */
  errorPage(exchange: Exchange<Actor>, problem: ProblemBody, status: number): string | Promise<string>
  /** Tests hold every reply to its shape; in production the shape was already proven. */
  strictReplies?: boolean
  /** Takes the requests for the ballot box (`/t`, `/t/…`) before anything here has read them. */
  respondents?: RequestListener
}

export async function openHttp(house: House, options: HttpOptions): Promise<FastifyInstance> {
  const headers = securityHeaders(house.settings.hsts)
  const app: FastifyInstance = fastify({
    loggerInstance: house.log as FastifyBaseLogger,
    genReqId: () => randomUUID(),
    trustProxy: trusting(house.settings.trustProxy),
    serverFactory: (handle) => listener(options.respondents, handle),
    bodyLimit: BODY,
    clientErrorHandler: (error, socket) => answerUnread(error, socket),
    routerOptions: { maxParamLength: 200 },
    schemaController: { compilersFactory: compilersOf(options) },
    // An address that cannot be read names nothing.
    frameworkErrors: (_error, request, reply) => {
      // No hook ran: neither the headers nor the cookies are there yet.
      reply.headers(headers)
      request.cookies = {}
      answerError(house, options, { error: new Problem([refusal('notFound')]), request, reply }).catch(() =>
        request.raw.destroy(),
      )
    },
    logController: new LogController({ disableRequestLogging: true }),
  })
  // Only JSON and forms are understood; text/plain is what a cross-site form could send unasked (S11, R14).
  app.removeContentTypeParser('text/plain')
  await app.register(cookie)
  takeForms(app)
  // One byte more than the largest limit: the file store counts by itself and says which limit was passed.
  await app.register(multipart, { limits: { files: 1, fields: 20, parts: 21, fileSize: UPLOAD_LIMIT + 1 } })
  app.decorate('describe', () => describeApi(options.routes))

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers).header('x-request-id', request.id)
    noteProxy(house, request)
    if (request.method === 'GET' || request.method === 'HEAD') return
    if (!bringsFile(request)) limitBodyTime(request)
    demandSameSite(request, house)
  })
  app.addHook('onResponse', async (request, reply) => {
    request.log.info({
      method: request.method,
      path: request.routeOptions.url,
      status: reply.statusCode,
      ...(request.refusedAs ? { code: request.refusedAs } : {}),
      ms: Math.round(reply.elapsedTime),
    })
  })
  const meant = addressMeant(options.routes)
  // An address that names nothing may be a page's own but for capitals and slashes; `/brands/` even fits the page of one brand.
  const answer = (failed: Failed) => {
    const { request, reply } = failed
    const reading = request.method === 'GET' || request.method === 'HEAD'
    const address = reading && problemOf(failed.error)?.status === 404 ? meant(request.url) : undefined
    if (address !== undefined) return reply.header('cache-control', 'no-store').redirect(address, 308)
    return answerError(house, options, failed)
  }
  app.setErrorHandler((error: FastifyError, request, reply) => answer({ error, request, reply }))
  app.setNotFoundHandler((request, reply) => answer({ error: new Problem([refusal('notFound')]), request, reply }))

  const drawn = openPageCache(house)
  for (const route of options.routes) mount(app, house, route, drawn)
  return app
}

type Compilers = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>

/** Ours from the start: Fastify would load a tenth of all modules for compilers of its own that nothing asks. Its types know only those. */
const compilersOf = ({ strictReplies }: HttpOptions): Compilers =>
  ({
    buildValidator: () => validatorCompiler,
    buildSerializer: () => (strictReplies ? serializerCompiler : () => JSON.stringify),
  }) as unknown as Compilers

// Imported, node:http would load all of undici to name what it re-exports: 15 ms of every start.
const { createServer } = process.getBuiltinModule('node:http')
const KEEP_ALIVE_MS = 72_000

/** One listening server; the respondents of a survey reach the ballot box through it and nothing else does. */
function listener(respondents: RequestListener | undefined, handle: RequestListener): Server {
  const server = createServer((request, reply) => {
    // Some apps write `#` as `%23`: that is no page of the portal, and the box says where to begin.
    if (respondents && /^\/t(?:[/?]|%23|$)/.test(request.url ?? '')) respondents(request, reply)
    else handle(request, reply)
  })
  // Browsers open connections ahead and ask nothing on them; a stop would wait for those until its limit.
  const silent = new Set<Socket>()
  server.on('connection', (socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  server.on('request', ({ socket }) => silent.delete(socket))
  const close = server.close.bind(server)
  server.close = (done) => {
    for (const socket of silent) socket.destroy()
    return close(done)
  }
  server.keepAliveTimeout = KEEP_ALIVE_MS
  server.requestTimeout = UPLOAD_TIMEOUT
  return server
}

const BODY_TIMEOUT = 30_000
/** A video of 500 MB over a school's slow line; every other body has to arrive within the shorter time. */
const UPLOAD_TIMEOUT = 20 * 60_000

/** Asked of the header: whether a body is multipart, its reader knows only once it reads, and by then a slow line was cut off. */
const bringsFile = ({ headers, routeOptions }: FastifyRequest): boolean =>
  routeOptions.config.upload === true && /^\s*multipart\/form-data\b/i.test(headers['content-type'] ?? '')

function limitBodyTime(request: FastifyRequest): void {
  const timer = setTimeout(() => {
    if (!request.raw.complete) request.raw.destroy()
  }, BODY_TIMEOUT)
  timer.unref()
  request.raw.once('close', () => clearTimeout(timer))
}

function mount(app: FastifyInstance, house: House, route: Route, drawn: PageCache): void {
  app.route({
    method: route.method,
    url: route.path,
    // Link checkers and monitors ask by HEAD, and it is GET without the body.
    exposeHeadRoute: route.method === 'GET',
    schema: schemaOf(route),
    ...(route.access === 'public' ? { bodyLimit: PUBLIC_BODY } : {}),
    config: { publicForm: route.access === 'public', upload: isUpload(route) },
    onRequest: async (request, reply) => {
      const page = route.sameForAll ? drawn.find(request) : undefined
      if (page) return reply.headers(page.headers).send(page.html)
      const signedIn = await findSignedIn(house, request.cookies[COOKIE])
      request.signedIn = signedIn
      if (!signedIn && bringsFile(request)) limitBodyTime(request)
      demandAccess(route, signedIn)
      demandKindOfBody(route, request)
    },
    ...(route.sameForAll ? { onSend: async (request, reply, html) => drawn.send(request, reply, html) } : {}),
    preValidation: async (request) => {
      // A body that was not sent is an empty one, so that its shape says what is missing.
      if (request.body === undefined || request.body === null) request.body = {}
      demandFewParts(request.body)
    },
    handler: async (request, reply) => {
      demandNoNul(request)
      const signedIn = request.signedIn
      const answered = await route.handle(
        exchangeOf(house, request, reply, {
          actor: signedIn?.actor ?? visitor,
          ...(signedIn ? { signedIn } : {}),
        }),
      )
      if (reply.sent) return reply
      if (route.endpoint) reply.header('cache-control', 'no-store')
      return answered
    },
  })
}

declare module 'fastify' {
  interface FastifyInstance {
    /** The API as OpenAPI 3.1. */
    describe(): Promise<unknown>
  }
  interface FastifyRequest {
    signedIn: SignedIn | undefined
    /** The code of the refusal that was answered, for the log. */
    refusedAs?: string
  }
}

function demandAccess(route: Route, signedIn: SignedIn | undefined): void {
  if (route.access === 'public') return
  if (!signedIn) throw new Problem([refusal('notSignedIn')])
  if (signedIn.mustConfirm && !CONFIRM_ROUTES.has(route.name)) throw new Problem([refusal('resetUnconfirmed')])
  if (signedIn.mustChange && !PASSWORD_ROUTES.has(route.name)) throw new Problem([refusal('passwordMustChange')])
  if (route.access !== 'signedIn' && !hasRole(signedIn.actor, ...route.access))
    throw new Problem([refusal('roleMissing')])
}

/** NUL is a character to no writer, and PostgreSQL keeps none: an address with one names nothing, input with one is refused. */
function demandNoNul({ params, query, body }: FastifyRequest): void {
  if (hasNul(params)) throw new Problem([refusal('notFound')])
  if (hasNul(query) || hasNul(body)) throw new Problem([refusal('invalid', '含有不能使用的控制字符，请删去')])
}

/** Walks without recursion: a stranger decides how deep the input is. */
function hasNul(input: unknown): boolean {
  const open = [input]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value === 'string' && value.includes('\u0000')) return true
    if (typeof value === 'object' && value !== null) for (const entry of Object.entries(value)) open.push(...entry)
  }
  return false
}

/** What a person with a first password may still do. */
const PASSWORD_ROUTES = new Set([
  'readMe',
  'passwordPage',
  'changePasswordForm',
  'changePassword',
  'signOut',
  'signOutForm',
])

/** What the owner of an account may do who was not yet asked whether its new password is theirs. */
const CONFIRM_ROUTES = new Set(['readMe', 'resetPage', 'confirmResetForm', 'signOut', 'signOutForm'])

/** CSRF: browsers that send Sec-Fetch-Site are judged by it, older ones by Origin or Referer; silence is no permission (S9, S10). */
function demandSameSite(request: FastifyRequest, house: House): void {
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin ?? originOf(request.headers.referer)
  // Another name for this machine is anybody's to make (DNS rebinding); an address or localhost is not.
  const itself = networkOf(request.hostname.replace(/^\[|\]$/g, '')) !== undefined || request.hostname === 'localhost'
  const own = [...(itself ? [`${request.protocol}://${request.host}`] : []), house.settings.publicUrl]
  if (
    origin !== undefined &&
    origin !== 'null' &&
    own.includes(origin) &&
    (site === undefined || site === 'same-origin')
  )
    return
  if (origin === undefined && site === 'same-origin') return
  request.log.warn({ origin, site, awaited: own, hint: 'PUBLIC_URL, TRUST_PROXY' }, 'refused as another site')
  throw new Problem([refusal('crossSite')])
}

function originOf(url: string | undefined): string | undefined {
  return url && URL.canParse(url) ? new URL(url).origin : undefined
}

interface Failed {
  error: FastifyError | Problem | Error
  request: FastifyRequest
  reply: FastifyReply
}

async function answerError(house: House, options: HttpOptions, { error, request, reply }: Failed): Promise<unknown> {
  const problem = problemOf(error)
  const fault = problem ? undefined : faultOf(error)
  const told = fault && faultSentences[fault]
  if (!problem)
    request.log.error(
      { err: error, ...(told ? { fault } : {}) },
      told ? `${fault === 'noWorker' ? 'files' : 'database'}: ${fault}` : 'defect',
    )
  const status = problem?.status ?? (told ? 503 : 500)
  const reasons = problem?.reasons ?? []
  const body: ProblemBody = {
    code: reasons[0]?.code ?? 'defect',
    message:
      problem?.message ??
      `${told ?? '系统出了问题，没有完成操作。请稍后再试。'}如仍不行，请把编号 ${request.id} 告诉管理员。`,
    reasons: reasons.map((one) => ({ ...one })),
    requestId: request.id,
  }
  request.refusedAs = body.code
  reply.code(status).header('cache-control', 'no-store')
  if (problem?.retryAfter) reply.header('retry-after', String(problem.retryAfter))
  if (request.url.startsWith('/api/'))
    return reply.serializer(JSON.stringify).type('application/json; charset=utf-8').send(body)
  const signedIn = request.signedIn
  if (status === 401)
    return reply.redirect(
      `/sign-in?next=${encodeURIComponent(request.method === 'GET' || request.method === 'HEAD' ? request.url : '/')}`,
      303,
    )
  if (reasons[0]?.code === 'resetUnconfirmed') return reply.redirect('/account/reset', 303)
  if (reasons[0]?.code === 'passwordMustChange') return reply.redirect('/account/password', 303)
  const exchange = exchangeOf(house, request, reply, {
    actor: signedIn?.actor ?? visitor,
    ...(signedIn ? { signedIn } : {}),
  })
  return reply.type('text/html; charset=utf-8').send(await options.errorPage(exchange, body, status))
}

interface ZodIssueLike {
  path?: PropertyKey[]
  message: string
  instancePath?: string
}

function problemOf(error: Error): Problem | undefined {
  if (error instanceof Problem) return error
  if ('validation' in error && Array.isArray(error.validation)) return new Problem(inputRefusals(error.validation))
  if (error instanceof z.ZodError) return new Problem(inputRefusals(error.issues))
  if (faultOf(error) === 'unique') return new Problem([refusal('alreadyExists')])
  const status = 'statusCode' in error ? Number(error.statusCode) : 500
  const code: RefusalCode | undefined = {
    400: 'invalid',
    413: 'tooLarge',
    415: 'wrongType',
    429: 'tooManyTries',
    404: 'notFound',
  }[status] as RefusalCode | undefined
  return code ? new Problem([refusal(code)]) : undefined
}

/** Every mistake in the input as its own reason, with the field it belongs to. */
export function inputRefusals(issues: readonly ZodIssueLike[]): Refusal[] {
  return issues.map((issue) => {
    const field = issue.path
      ? issue.path.map(String).join('.')
      : (issue.instancePath ?? '').replace(/^\//, '').replaceAll('/', '.')
    return refusal('invalid', issue.message, field ? { field } : {})
  })
}
