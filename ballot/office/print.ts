import { type ChildProcess, fork } from 'node:child_process'
import type { Kit, Paper } from './printed.ts'
import type { PrintOrder, PrintReply } from './printWorker.ts'

export type { Kit, KitBatch, KitSlip, Paper } from './printed.ts'

/**
 * Typst works in a process of its own: a school takes a second, in which votes must still be taken; and the codes in its
 * memory are gone with it.
 */

const TIME_LIMIT = 120_000
const IDLE_LIMIT = 5_000

let printer: ChildProcess | undefined
let retire: NodeJS.Timeout | undefined
let queue: Promise<unknown> = Promise.resolve()

/** The slips of a school as PDF, every class shuffled. */
export const printKit = (kit: Kit): Promise<Uint8Array> => inTurn({ kit })

/** Blank questionnaires as PDF. */
export const printPaper = (paper: Paper): Promise<Uint8Array> => inTurn({ paper })

/** One after the other: a second Typst beside the first would only need twice the memory. */
function inTurn(order: PrintOrder): Promise<Uint8Array> {
  const mine = queue.then(() => print(order))
  queue = mine.catch(() => {})
  return mine
}

function print(order: PrintOrder): Promise<Uint8Array> {
  clearTimeout(retire)
  const worker = (printer ??= started())
  worker.ref()
  worker.channel?.ref()
  return new Promise((done, fail) => {
    const settle = () => {
      clearTimeout(limit)
      worker.off('message', onReply)
      worker.off('error', giveUp)
      worker.off('exit', onExit)
    }
    const giveUp = (error: Error) => {
      settle()
      if (printer === worker) printer = undefined
      worker.once('error', () => {})
      worker.kill('SIGKILL')
      fail(error)
    }
    const onExit = () => giveUp(new Error('the printing process ended'))
    const onReply = (message: unknown) => {
      settle()
      rest(worker)
      const reply = message as PrintReply
      if ('failed' in reply) fail(new Error(reply.failed))
      else done(reply.pdf)
    }
    const limit = setTimeout(() => giveUp(new Error('printing took too long')), TIME_LIMIT)
    worker.once('message', onReply)
    worker.once('error', giveUp)
    worker.once('exit', onExit)
    worker.send(order)
  })
}

/** Gets no settings: what prints needs neither the database's password nor the way to the keys. (Windows needs `SystemRoot`.) */
function started(): ChildProcess {
  const worker = fork(new URL('./printWorker.ts', import.meta.url), {
    execArgv: ['--max-old-space-size=256'],
    env: process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  worker.once('exit', () => {
    if (printer === worker) printer = undefined
  })
  return worker
}

/** An idle printer must not keep the house from stopping. */
function rest(worker: ChildProcess): void {
  worker.unref()
  worker.channel?.unref()
  retire = setTimeout(() => worker.kill(), IDLE_LIMIT)
  retire.unref()
}
