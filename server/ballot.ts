import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { OpenedBox } from '#ballot/box/box.ts'
import type { BallotBox } from '#contract/survey/ballotBox.ts'
import type { Settings } from './kernel/settings.ts'

/** The ballot box as the server's process sees it: a dozen calls, and the respondents' pages passed on unread. */
export interface Ballot {
  calls: BallotBox
  /** Answers requests for `/t…`, whose content the server never sees. */
  handle(request: IncomingMessage, reply: ServerResponse): void
  /** The box itself where it runs in this process, for the demonstration and for tests. */
  box(): Promise<OpenedBox>
  /** What keeps the box from working, in words for whoever runs the machine; none is good. */
  troubles(): Promise<string[]>
  /** What is not broken and should be otherwise all the same. */
  hints(): Promise<string[]>
  /** Opens it when it has something to go on with; what is wrong is answered and ends nothing else. */
  wake(): Promise<string[]>
  close(): Promise<void>
}

/** All that can be said when the box itself, which draws every other page, does not open. */
const CLOSED = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>现在打不开</title><h1>现在打不开答题页</h1><p>系统出了问题，请过几分钟再打开一次。纸条上的编码没有用掉，仍然有效。</p></html>`

/** The box is in another process, and the proxy sends its respondents here. */
const UNLED = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>现在打不开</title><h1>现在打不开答题页</h1><p>答题页还没有接到票箱上。纸条上的编码没有用掉，仍然有效，请过些时候再打开。</p>
<p>管理员：请让反向代理把 /t 和 /t/… 转到票箱进程的 BALLOT_PORT（docs/operations.md“The ballot box”）。</p></html>`

export interface BallotOptions {
  settings: Pick<Settings, 'dataDir' | 'publicUrl' | 'trustProxy' | 'hsts' | 'ballot'>
  now?: () => Date
  failed(error: unknown): void
}

/** In this process by default, opened when first asked for; in another one when `BALLOT_URL` names it. */
export function openBallot({ settings, now, failed }: BallotOptions): Ballot {
  const { url, secret } = settings.ballot
  if (url !== undefined && secret !== undefined) return remoteBallot(url, secret)
  let opened: Promise<OpenedBox> | undefined
  let pages: Promise<FastifyInstance> | undefined
  const box = () =>
    (opened ??= openHere(settings, now, failed).catch((error: unknown) => {
      opened = undefined
      throw error
    }))
  const openPages = async () => {
    const { openBallotApp } = await import('#ballot/voting/app.ts')
    const { publicUrl, trustProxy, hsts } = settings
    const app = await openBallotApp((await box()).voting, {
      publicUrl,
      trustProxy,
      hsts,
      failed,
      ...(now ? { now } : {}),
    })
    await app.ready()
    return app
  }
  const troubles = async () => {
    try {
      return await (await box()).troubles()
    } catch (error) {
      failed(error)
      return [error instanceof Error && error.name === 'BoxBroken' ? error.message : `票箱打不开（${String(error)}）。`]
    }
  }
  const inUse = () =>
    settings.ballot.databaseUrl !== undefined || existsSync(join(settings.dataDir, 'ballot.db')) || opened !== undefined
  return {
    calls: lazily(async () => (await box()).calls),
    troubles: async () => (inUse() ? troubles() : []),
    hints: async () => (inUse() ? (await box()).hints() : []),
    wake: async () => (inUse() ? troubles() : []),
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
      // One that failed to open has nothing to close.
      await (await pages?.catch(() => undefined))?.close()
      await (await opened?.catch(() => undefined))?.close()
    },
  }
}

async function openHere(
  { dataDir, publicUrl, ballot }: BallotOptions['settings'],
  now: (() => Date) | undefined,
  failed: (error: unknown) => void,
): Promise<OpenedBox> {
  const { openBox } = await import('#ballot/box/box.ts')
  const { printKit, printPaper } = await import('#ballot/office/print.ts')
  return openBox({
    folder: dataDir,
    databaseUrl: ballot.databaseUrl,
    keyFolder: ballot.keyFolder,
    newKey: ballot.newKey,
    publicUrl,
    failed,
    print: { kit: printKit, paper: printPaper },
    ...(now ? { now } : {}),
  })
}

/** Every call of the box: one that its contract has and this has not does not compile. */
const known: Record<keyof BallotBox, true> = {
  prepare: true,
  printKit: true,
  printPaper: true,
  open: true,
  close: true,
  progress: true,
  voidBatch: true,
  tally: true,
  remarks: true,
  checkCodes: true,
  auditFile: true,
  enterPaper: true,
  openPaper: true,
  withdrawPaper: true,
  isLost: true,
  erase: true,
}

/** A box each of whose calls is made by its name. */
const boxOf = (call: (name: string) => (...args: unknown[]) => Promise<unknown>): BallotBox =>
  Object.fromEntries(Object.keys(known).map((name) => [name, call(name)])) as unknown as BallotBox

/** The calls of a box that is opened (or reached) when the first one comes. */
function lazily(box: () => Promise<BallotBox>): BallotBox {
  return boxOf((name) => async (...args) => {
    const target = (await box())[name as keyof BallotBox] as (...args: unknown[]) => Promise<unknown>
    return target(...args)
  })
}

const ASK_MS = 2_000

function remoteBallot(url: string, secret: string): Ballot {
  const call =
    (name: string, limit?: number) =>
    async (...args: unknown[]) => {
      const answer = await fetch(new URL(`/box/${name}`, url), {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ args }),
        ...(limit ? { signal: AbortSignal.timeout(limit) } : {}),
      })
      const body = (await answer.json()) as { value?: unknown; refused?: string }
      if (answer.ok) return body.value
      const error = new Error(body.refused ?? `the ballot box answered ${answer.status}`)
      if (body.refused !== undefined) error.name = 'BoxRefused'
      throw error
    }
  const troubles = async () => {
    try {
      return (await call('troubles', ASK_MS)()) as string[]
    } catch {
      return [`票箱进程（BALLOT_URL=${url}）没有回应，或 BALLOT_SECRET 与它的不同。`]
    }
  }
  return {
    calls: boxOf((name) => call(name)),
    handle(_request, reply) {
      // Only a proxy that sends /t to the box brings respondents there; sent on from here they would come back here for ever.
      reply.writeHead(503, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(UNLED)
    },
    troubles,
    hints: async () => (await call('hints', ASK_MS)()) as string[],
    wake: troubles,
    box: () => Promise.reject(new Error('the ballot box runs in another process')),
    close: () => Promise.resolve(),
  }
}
