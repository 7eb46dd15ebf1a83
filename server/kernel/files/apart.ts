import { Worker } from 'node:worker_threads'
import type { Reply, TaskName, Tasks } from './tasks.ts'

/** Runs work on strangers' files in worker threads with a memory and a time limit, so that no file can stop the house. */

interface Job {
  task: TaskName
  ask: unknown
  done: (reply: unknown) => void
  fail: (error: Error) => void
}

const CREW_SIZE = 2
const TIME_LIMIT = 30_000
const IDLE_LIMIT = 60_000

const waiting: Job[] = []
const idle: { worker: Worker; retire: NodeJS.Timeout }[] = []
let hired = 0

/** Rejects when the file needed more time or memory than it may have; whoever asks turns that into a refusal. */
export function apart<N extends TaskName>(task: N, ask: Tasks[N]['ask']): Promise<Tasks[N]['reply']> {
  return new Promise((done, fail) => {
    // The worker answers a task with that task's own reply, which the channel cannot express in types.
    waiting.push({ task, ask, done: (reply) => done(reply as Tasks[N]['reply']), fail })
    next()
  })
}

function next(): void {
  if (waiting.length === 0) return
  const free = idle.pop()
  if (free) clearTimeout(free.retire)
  const worker = free?.worker ?? hire()
  const job = worker && waiting.shift()
  if (job) run(worker, job)
}

function hire(): Worker | undefined {
  if (hired >= CREW_SIZE) return undefined
  hired++
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  worker.once('exit', () => {
    hired--
    const at = idle.findIndex((each) => each.worker === worker)
    if (at >= 0) clearTimeout(idle.splice(at, 1)[0]?.retire)
    next()
  })
  return worker
}

function run(worker: Worker, job: Job): void {
  const settle = () => {
    clearTimeout(timer)
    worker.removeAllListeners('message')
    worker.removeAllListeners('error')
    worker.off('exit', onExit)
  }
  const onExit = () => {
    settle()
    job.fail(new Error('the worker ended'))
  }
  const giveUp = (error: Error) => {
    settle()
    // A worker that failed once may hold anything in memory; a new one is cheaper than the doubt.
    worker.once('error', () => {})
    void worker.terminate()
    job.fail(error)
  }
  const timer = setTimeout(() => giveUp(new Error('the time limit is over')), TIME_LIMIT)
  worker.ref()
  worker.once('error', giveUp)
  worker.once('exit', onExit)
  worker.once('message', (message: Reply) => {
    settle()
    rest(worker)
    if ('failed' in message) job.fail(new Error(message.failed))
    else job.done(message.reply)
    next()
  })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage({ task: job.task, ask: job.ask })
}

function rest(worker: Worker): void {
  worker.unref()
  const retire = setTimeout(() => void worker.terminate(), IDLE_LIMIT)
  retire.unref()
  idle.push({ worker, retire })
}
