import { type ChildProcess, fork, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { createServer } from 'node:net'
import type { Job, Tally } from './caller.ts'

/** What a bench found; `runs` are the single measurements in order, so that the noise can be judged. */
export interface Finding {
  bench: string
  /** Ours over the limit: of the harder case when there are several. */
  ratio: number
  goal: number
  /** Whether the ratio should reach the goal or stay below it. */
  better: 'more' | 'less'
  ours: number
  limit: number
  runs: { ours: number; limit: number }[]
  /** Further promises of the same bench that must hold. */
  also?: { what: string; value: number; atMost: number }[]
  lines: string[]
  [more: string]: unknown
}

export const met = (found: Finding): boolean =>
  (found.better === 'more' ? found.ratio >= found.goal : found.ratio <= found.goal) &&
  (found.also ?? []).every((one) => one.value <= one.atMost)

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}

/** A server process of a bench. */
export interface Running {
  url: string
  pid: number
  /** Milliseconds from spawning to the first 200. */
  readyAfter: number
  stop(): Promise<void>
  /** As if the power went: no chance to tidy up. */
  kill(): Promise<void>
}

export interface Spawned {
  args: string[]
  env?: Record<string, string>
  path?: string
}

const WAIT_MS = 60_000

/** Starts a process on a free port and waits for its first 200. */
export async function startProcess({ args, env = {}, path = '/healthz' }: Spawned): Promise<Running> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const settings = { PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: url, LOG_LEVEL: 'warn' }
  const started = performance.now()
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    env: { ...process.env, ...settings, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  // A bench that dies must not leave a server behind.
  const dropped = () => child.kill('SIGKILL')
  process.once('exit', dropped)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const leave = async (signal: 'SIGTERM' | 'SIGKILL') => {
    process.removeListener('exit', dropped)
    child.kill(signal)
    await ended
  }
  await untilReady(child, `${url}${path}`, started)
  return {
    url,
    pid: child.pid ?? 0,
    readyAfter: performance.now() - started,
    stop: () => leave('SIGTERM'),
    kill: () => leave('SIGKILL'),
  }
}

export const startServer = (options: { dataDir: string; env?: Record<string, string> }): Promise<Running> =>
  startProcess({ args: ['server/start.mjs'], env: { DATA_DIR: options.dataDir, ...options.env } })

async function untilReady(child: ChildProcess, url: string, started: number): Promise<void> {
  while (performance.now() - started < WAIT_MS) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode} before it answered`)
    if ((await statusOf(url)) === 200) return
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
  child.kill('SIGKILL')
  throw new Error(`${url} did not answer 200 within ${WAIT_MS} ms`)
}

const statusOf = (url: string): Promise<number> =>
  new Promise((resolve) => {
    get(url, { agent: false }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? 0))
    }).on('error', () => resolve(0))
  })

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Drives an address from a process of its own for a bounded time. */
export function load(job: Job): Promise<Tally> {
  const child = fork(new URL('./caller.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  return new Promise((resolve, reject) => {
    child.once('message', (tally) => resolve(tally as Tally))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the callers ended with ${code} before they reported`)))
    child.send(job)
  })
}

/** Measures ours and the limit in turn, so that whatever else the machine does falls on both. */
export async function alternate(
  rounds: number,
  ours: () => Promise<number>,
  limit: () => Promise<number>,
): Promise<{ ours: number; limit: number }[]> {
  await ours()
  await limit()
  const runs: { ours: number; limit: number }[] = []
  for (let round = 0; round < rounds; round += 1) runs.push({ ours: await ours(), limit: await limit() })
  return runs
}

export interface Compared {
  ratio: number
  ours: number
  limit: number
  runs: { ours: number; limit: number }[]
}

export const compared = (runs: { ours: number; limit: number }[]): Compared => ({
  ratio: median(runs.map((run) => run.ours / run.limit)),
  ours: median(runs.map((run) => run.ours)),
  limit: median(runs.map((run) => run.limit)),
  runs,
})

/** The finding of a bench that measures several pages: the worst of them stands for all, each has a line. */
export function findingOf<Page extends Compared>(
  of: Pick<Finding, 'bench' | 'goal' | 'better'>,
  pages: readonly Page[],
  line: (page: Page) => string,
): Finding {
  const [worst] = pages.toSorted((a, b) => (of.better === 'more' ? a.ratio - b.ratio : b.ratio - a.ratio))
  if (!worst) throw new Error('nothing was measured')
  const { ratio, ours, limit, runs } = worst
  return { ...of, ratio, ours, limit, runs, pages, lines: pages.map(line) }
}

/** Resident memory in MiB, where the system tells it. */
export function residentMemory(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return kilobytes ? Number(kilobytes) / 1024 : undefined
}
