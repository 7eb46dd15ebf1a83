import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { OpenedBox } from '#ballot/box.ts'
import type { BallotBox } from '#contract/ballotBox.ts'
import type { Settings } from './kernel/settings.ts'

/** The ballot box as the server's process sees it: a dozen calls, and the respondents' pages passed on unread. */
export interface Ballot {
  calls: BallotBox
  /** Answers requests for `/t…`, whose content the server never sees. */
  handle(request: IncomingMessage, reply: ServerResponse): void
  /** The box itself where it runs in this process, for the demonstration and for tests. */
  box(): Promise<OpenedBox>
  close(): Promise<void>
}

/** All that can be said when the box itself, which draws every other page, does not open. */
const CLOSED = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>现在打不开</title><h1>现在打不开答题页</h1><p>系统出了问题，请过几分钟再打开一次。纸条上的编码没有用掉，仍然有效。</p></html>`

export interface BallotOptions {
  settings: Pick<Settings, 'dataDir' | 'publicUrl' | 'trustProxy' | 'ballot'>
  now?: () => Date
  failed(error: unknown): void
}

/** In this process by default, opened when first asked for; in another one when `BALLOT_URL` names it. */
export function openBallot({ settings, now, failed }: BallotOptions): Ballot {
  const { url, secret } = settings.ballot
  if (url !== undefined && secret !== undefined) return remoteBallot(url, secret, settings.publicUrl)
  let opened: Promise<OpenedBox> | undefined
  let pages: Promise<FastifyInstance> | undefined
  const box = () =>
    (opened ??= openHere(settings, now, failed).catch((error: unknown) => {
      opened = undefined
      throw error
    }))
  const openPages = async () => {
    const { openBallotApp } = await import('#ballot/app.ts')
    const { publicUrl, trustProxy } = settings
    const app = await openBallotApp((await box()).desk, { publicUrl, trustProxy, failed, ...(now ? { now } : {}) })
    await app.ready()
    return app
  }
  return {
    calls: lazily(async () => (await box()).calls),
    handle(request, reply) {
      pages ??= openPages()
      pages.then(
        (app) => app.routing(request, reply),
        (error: unknown) => {
          // The next request tries again.
          pages = undefined
          failed(error)
          reply.writeHead(503, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(CLOSED)
        },
      )
    },
    box,
    async close() {
      await (await pages)?.close()
      await (await opened)?.close()
    },
  }
}

async function openHere(
  { dataDir, publicUrl, ballot }: BallotOptions['settings'],
  now: (() => Date) | undefined,
  failed: (error: unknown) => void,
): Promise<OpenedBox> {
  const { openBox } = await import('#ballot/box.ts')
  const { printKit, printPaper } = await import('#ballot/print.ts')
  return openBox({
    folder: dataDir,
    databaseUrl: ballot.databaseUrl,
    keyFolder: ballot.keyFolder,
    publicUrl,
    failed,
    print: { kit: printKit, paper: printPaper },
    ...(now ? { now } : {}),
  })
}

const names = [
  'prepare',
  'printKit',
  'printPaper',
  'open',
  'close',
  'progress',
  'voidBatch',
  'tally',
  'remarks',
  'checkCodes',
  'auditFile',
  'enterPaper',
  'openPaper',
  'erase',
] as const satisfies readonly (keyof BallotBox)[]

/** The calls of a box that is opened (or reached) when the first one comes. */
function lazily(box: () => Promise<BallotBox>): BallotBox {
  const call =
    (name: keyof BallotBox) =>
    async (...args: unknown[]) => {
      const target = (await box())[name] as (...args: unknown[]) => Promise<unknown>
      return target(...args)
    }
  return Object.fromEntries(names.map((name) => [name, call(name)])) as unknown as BallotBox
}

function remoteBallot(url: string, secret: string, publicUrl: string): Ballot {
  const call =
    (name: string) =>
    async (...args: unknown[]) => {
      const answer = await fetch(new URL(`/box/${name}`, url), {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ args }),
      })
      const body = (await answer.json()) as { value?: unknown; refused?: string }
      if (answer.ok) return body.value
      const error = new Error(body.refused ?? `the ballot box answered ${answer.status}`)
      if (body.refused !== undefined) error.name = 'BoxRefused'
      throw error
    }
  return {
    calls: Object.fromEntries(names.map((name) => [name, call(name)])) as unknown as BallotBox,
    handle(_request, reply) {
      // A proxy before both sends respondents to the box; whoever comes here by mistake is shown the way.
      reply.writeHead(307, { location: `${publicUrl}/t` }).end()
    },
    box: () => Promise.reject(new Error('the ballot box runs in another process')),
    close: () => Promise.resolve(),
  }
}
