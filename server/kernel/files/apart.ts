import { type ChildProcess, fork } from 'node:child_process'
import { busy } from '../problem.ts'
import type { TaskReply, TaskName, Tasks } from './tasks.ts'
import { openTurns, type Turns } from './turns.ts'

/**
 * Runs work on strangers' files in processes of their own, with a memory and a time limit, so that no file can stop the
 * house. Threads would not do: a thread that runs out of memory, or a crash in native code, takes the whole process along.
 */

interface Job {
  task: TaskName
  ask: unknown
  /** Whose file it is: of each person one is looked at, the others wait. */
  owner: string | undefined
  done: (reply: unknown) => void
  fail: (error: Error) => void
}

interface Crew {
  size: number
  hired: number
  idle: { worker: ChildProcess; retire: NodeJS.Timeout }[]
  turns: Turns<Job>
}

const crewOf = (size: number, longest: number): Crew => ({ size, hired: 0, idle: [], turns: openTurns(longest) })

/** Public pictures are drawn by somebody of their own: what is uploaded never keeps a visitor waiting. */
const files = crewOf(2, 200)
const pictures = crewOf(1, 500)
/** Long sheets are made one after the other, so that their memory is needed once. */
const sheets = crewOf(1, 10)
const TASKS: Record<TaskName, { crew: Crew; limit: number }> = {
  judge: { crew: files, limit: 5_000 },
  book: { crew: files, limit: 15_000 },
  turn: { crew: files, limit: 15_000 },
  render: { crew: pictures, limit: 15_000 },
  sheet: { crew: sheets, limit: 120_000 },
}
/** Until a new worker is there; that is the machine's time, not the file's. */
const START_LIMIT = 60_000
const IDLE_LIMIT = 60_000
const RETRY_SECONDS = 15

/**
 * Rejects when the file needed more time or memory than it may have; whoever asks turns that into a refusal. A full line is
 * told as such.
 */
export function apart<N extends TaskName>(task: N, ask: Tasks[N]['ask'], owner?: string): Promise<Tasks[N]['reply']> {
  return new Promise((done, fail) => {
    const { crew } = TASKS[task]
    // The worker answers a task with that task's own reply, which the channel cannot express in types.
    const job: Job = { task, ask, owner, done: (reply) => done(reply as Tasks[N]['reply']), fail }
    if (crew.turns.join(job)) next(crew)
    else fail(busy(RETRY_SECONDS))
  })
}

function next(crew: Crew): void {
  if (crew.idle.length === 0 && crew.hired >= crew.size) return
  const job = crew.turns.next()
  if (!job) return
  const free = crew.idle.pop()
  if (free) clearTimeout(free.retire)
  run(crew, { worker: free?.worker ?? hire(crew), isNew: !free }, job)
}

function hire(crew: Crew): ChildProcess {
  crew.hired++
  const worker = fork(new URL('./worker.ts', import.meta.url), {
    execArgv: ['--max-old-space-size=512'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  worker.once('exit', () => {
    crew.hired--
    const at = crew.idle.findIndex((each) => each.worker === worker)
    if (at >= 0) clearTimeout(crew.idle.splice(at, 1)[0]?.retire)
    next(crew)
  })
  // One that never began to run does not exit either.
  worker.once('error', () => {
    if (worker.pid === undefined) crew.hired--
  })
  return worker
}

/** The machine had no memory or no process left for the worker: nothing was said about the file. */
const UNREADY = 'WORKER_UNREADY'
const unready = (cause: unknown): Error =>
  Object.assign(new Error('no worker could be started', { cause }), { code: UNREADY })

export const isUnready = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === UNREADY

function run(crew: Crew, { worker, isNew }: { worker: ChildProcess; isNew: boolean }, job: Job): void {
  let ready = !isNew
  const failing = (error: Error) => job.fail(ready ? error : unready(error))
  const settle = () => {
    clearTimeout(timer)
    crew.turns.end(job)
    worker.off('message', onMessage)
    worker.off('error', giveUp)
    worker.off('exit', onExit)
  }
  const onExit = () => {
    settle()
    failing(new Error('the worker ended'))
    next(crew)
  }
  const giveUp = (error: Error) => {
    settle()
    // A worker that failed once may hold anything in memory; a new one is cheaper than the doubt.
    worker.on('error', () => {})
    worker.kill('SIGKILL')
    failing(error)
    if (worker.pid === undefined) next(crew)
  }
  const endAfter = (limit: number) => setTimeout(() => giveUp(new Error('the time limit is over')), limit)
  const onMessage = (message: unknown) => {
    const reply = message as TaskReply
    if ('ready' in reply) {
      ready = true
      clearTimeout(timer)
      timer = endAfter(TASKS[job.task].limit)
      return
    }
    settle()
    rest(crew, worker)
    if ('failed' in reply) job.fail(new Error(reply.failed))
    else job.done(reply.reply)
    next(crew)
  }
  let timer = endAfter(isNew ? START_LIMIT : TASKS[job.task].limit)
  worker.ref()
  worker.channel?.ref()
  worker.on('message', onMessage)
  worker.once('error', giveUp)
  worker.once('exit', onExit)
  worker.send({ task: job.task, ask: job.ask })
}

/** An idle worker must not keep the house from stopping. */
function rest(crew: Crew, worker: ChildProcess): void {
  worker.unref()
  worker.channel?.unref()
  const retire = setTimeout(() => worker.kill(), IDLE_LIMIT)
  retire.unref()
  crew.idle.push({ worker, retire })
}
