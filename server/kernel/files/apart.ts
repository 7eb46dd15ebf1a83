import { type ChildProcess, fork } from 'node:child_process'
import type { Reply, TaskName, Tasks } from './tasks.ts'

/**
 * Runs work on strangers' files in processes of their own, with a memory and a time limit, so that no file can stop the
 * house. Threads would not do: a thread that runs out of memory, or a crash in native code, takes the whole process along.
 */

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
const idle: { worker: ChildProcess; retire: NodeJS.Timeout }[] = []
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

function hire(): ChildProcess | undefined {
  if (hired >= CREW_SIZE) return undefined
  hired++
  const worker = fork(new URL('./worker.ts', import.meta.url), {
    execArgv: ['--max-old-space-size=512'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  worker.once('exit', () => {
    hired--
    const at = idle.findIndex((each) => each.worker === worker)
    if (at >= 0) clearTimeout(idle.splice(at, 1)[0]?.retire)
    next()
  })
  return worker
}

function run(worker: ChildProcess, job: Job): void {
  const settle = () => {
    clearTimeout(timer)
    worker.off('message', onMessage)
    worker.off('error', giveUp)
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
    worker.kill('SIGKILL')
    job.fail(error)
  }
  const onMessage = (message: unknown) => {
    settle()
    rest(worker)
    const reply = message as Reply
    if ('failed' in reply) job.fail(new Error(reply.failed))
    else job.done(reply.reply)
    next()
  }
  const timer = setTimeout(() => giveUp(new Error('the time limit is over')), TIME_LIMIT)
  worker.ref()
  worker.channel?.ref()
  worker.once('message', onMessage)
  worker.once('error', giveUp)
  worker.once('exit', onExit)
  worker.send({ task: job.task, ask: job.ask })
}

/** An idle worker must not keep the house from stopping. */
function rest(worker: ChildProcess): void {
  worker.unref()
  worker.channel?.unref()
  const retire = setTimeout(() => worker.kill(), IDLE_LIMIT)
  retire.unref()
  idle.push({ worker, retire })
}
