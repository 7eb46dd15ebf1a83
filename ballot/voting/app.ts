import type { Socket } from 'node:net'
import formbody from '@fastify/formbody'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { networkOf, trusting } from '#domain/base/address.ts'
import { serveAssets } from './assets.ts'
import type { CastOutcome, Voting } from './voting.ts'
import { type Given, mistakesIn, type Mode, newAttempt, openStamps, readForm } from './form.ts'
import { closedPage, failedPage, privatePage, sharedRefresh, startPage, thanksPage } from './pages.ts'
import { securityHeaders } from './headers.ts'
import { questionPage } from './questionPage.ts'
import type { Answer } from '#domain/survey/survey.ts'

export interface BallotAppOptions {
  /** Where respondents reach the pages: `https://…` without a path. */
  publicUrl: string
  trustProxy: boolean | number | string[]
  /** Whether browsers are told that this name is reached by HTTPS only; by default they are. */
  hsts?: boolean | undefined
  now?: () => Date
  /** Hears of defects; never of what somebody sent. */
  failed?: (error: unknown) => void
}

const HTML = 'text/html; charset=utf-8'
const BODY_LIMIT = 16_384
const BODY_TIMEOUT = 30_000

/**
 * The respondents' pages, a server of their own without log, cookie or session: what they are told stays in the body of a POST and
 * goes on to `Voting`. What else is mounted on the instance shares none of their rules.
 */
export async function openBallotApp(voting: Voting, options: BallotAppOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    trustProxy: trusting(options.trustProxy),
    bodyLimit: BODY_LIMIT,
    requestTimeout: BODY_TIMEOUT,
    routerOptions: { ignoreTrailingSlash: true },
    exposeHeadRoutes: true,
    frameworkErrors: (_error, _request, reply) => answerUnreadable(reply, options),
    clientErrorHandler: (_error, socket) => answerUnread(socket),
  })
  await app.register(async (pages) => {
    await guard(pages, options)
    serveAssets(pages)
    mountPages(pages, voting, options.now ?? (() => new Date()))
  })
  return app
}

/** An address that cannot be read names nothing; no hook ran for it, so the headers are set here. */
function answerUnreadable(reply: FastifyReply, { hsts }: BallotAppOptions): void {
  reply.headers(securityHeaders(hsts)).header('cache-control', 'no-store').type(HTML).code(404).send(failedPage(404))
}

/** What could not even be read as a request, such as an address of 20 KB, is told in Chinese too. */
function answerUnread(socket: Socket): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const page = failedPage(400)
  const head = [
    'HTTP/1.1 400 Bad Request',
    `content-type: ${HTML}`,
    "content-security-policy: default-src 'self'",
    'cache-control: no-store',
    `content-length: ${Buffer.byteLength(page)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${page}`)
}

async function guard(pages: FastifyInstance, { publicUrl, failed, hsts }: BallotAppOptions): Promise<void> {
  const headers = securityHeaders(hsts)
  pages.removeAllContentTypeParsers()
  await pages.register(formbody, { bodyLimit: BODY_LIMIT })
  pages.addHook('onRequest', async (request, reply) => {
    reply.headers(headers).header('cache-control', 'no-store').type(HTML)
    if (request.method === 'GET' || request.method === 'HEAD') return
    limitBodyTime(request)
    if (!isSameSite(request, publicUrl)) return reply.code(403).send(failedPage(403))
  })
  pages.setNotFoundHandler((_request, reply) => reply.code(404).send(failedPage(404)))
  pages.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) failed?.(error)
    return reply.code(status).send(failedPage(status))
  })
}

function mountPages(pages: FastifyInstance, voting: Voting, now: () => Date): void {
  const stamps = openStamps(now)

  pages.get('/t', (request) => startPage({ mode: modeOf(request) }))
  pages.get('/t/shared', (request, reply) => {
    if (!isFromElsewhere(request)) wipe(reply)
    return startPage({ mode: { ...modeOf(request), shared: true } })
  })
  pages.get('/t/private', (request) => privatePage(modeOf(request)))
  // Somebody who opens the address of a form by hand is led to the beginning.
  pages.get('/t/questions', (_request, reply) => reply.redirect('/t', 303))

  pages.post('/t/questions', async (request, reply) => {
    const given = readForm(request.body)
    const looked = await voting.look(given.code, sourceOf(request))
    if (looked.state !== 'ready') return sendClosed(reply, closedPage(looked, given))
    const attempt = given.attempt || newAttempt()
    const started = given.attempt ? given.started : stamps.make(attempt)
    return questionPage({ slip: looked.slip, given: { ...given, attempt, started }, mistakes: [] })
  })

  pages.post('/t', async (request, reply) => {
    const given = readForm(request.body)
    const outcome = await tryCast(given, sourceOf(request))
    if (outcome && 'checkCode' in outcome) {
      if (given.mode.shared) wipe(reply.header('refresh', sharedRefresh))
      return thanksPage(given.mode, outcome.checkCode, outcome.state === 'changed')
    }
    if (outcome) return sendClosed(reply, closedPage(outcome, given))
    const looked = await voting.look(given.code, sourceOf(request))
    if (looked.state !== 'ready') return sendClosed(reply, closedPage(looked, given))
    const mistakes = mistakesIn(looked.slip, given)
    if (mistakes.length === 0) throw new Error('the box refuses answers that the pages allow')
    reply.code(422)
    return questionPage({ slip: looked.slip, given, mistakes })
  })

  /** Undefined when the box finds that the answers are not whole; which ones is looked up only then. */
  async function tryCast(given: Given, source: string): Promise<CastOutcome | undefined> {
    const { code, text } = given
    const attempt = given.attempt || newAttempt()
    const seconds = stamps.age(attempt, given.started)
    try {
      return await voting.cast(
        { code, attempt, answers: given.answers as Record<string, Answer>, text, seconds },
        source,
      )
    } catch (error) {
      if (error instanceof RangeError) return undefined
      throw error
    }
  }
}

const sourceOf = (request: FastifyRequest): string =>
  networkOf(request.ip) ?? networkOf(request.socket.remoteAddress ?? '') ?? 'unknown'

function modeOf(request: FastifyRequest): Mode {
  const flags = request.query as Record<string, unknown>
  return { large: flags['large'] === '1', shared: flags['shared'] === '1' }
}

const sendClosed = (reply: FastifyReply, { html, status }: { html: string; status: number }): FastifyReply =>
  reply.code(status).send(html)

/** On a shared tablet the browser forgets what it has seen of this site, also for its Back button. */
const wipe = (reply: FastifyReply): FastifyReply => reply.header('clear-site-data', '"cache", "storage"')

/** What the console keeps in the browser lies under the same name: a picture or a link on another site must not wipe that. */
const isFromElsewhere = (request: FastifyRequest): boolean =>
  ['cross-site', 'same-site'].includes(String(request.headers['sec-fetch-site'] ?? ''))

/** Old phones send no Sec-Fetch-Site; they are judged by Origin. A form elsewhere must not try codes in visitors' names. */
function isSameSite(request: FastifyRequest, publicUrl: string): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers
  if (site !== undefined) return site === 'same-origin'
  return origin === `${request.protocol}://${request.host}` || origin === publicUrl
}

function limitBodyTime(request: FastifyRequest): void {
  const timer = setTimeout(() => {
    if (!request.raw.complete) request.raw.destroy()
  }, BODY_TIMEOUT)
  timer.unref()
  request.raw.once('close', () => clearTimeout(timer))
}
