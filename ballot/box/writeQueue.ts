import { shanghaiHour } from '#domain/base/calendar.ts'
import { randomUUID } from 'node:crypto'
import { packAnswers, packRemark } from './content.ts'
import { SLOT_MS, PROGRESS_FROM } from './progress.ts'
import type { Sql } from './database.ts'
import type { Closed } from '../voting/voting.ts'
import { bodyOfSurvey, demandKeys, isOver, type Ready, type BoxContext } from './context.ts'

const MOST_AT_ONCE = 256
const HOUR_MS = 3_600_000
const NIGHT_ENDS = 5

export type Written = { state: 'counted' | 'changed' } | { state: Closed }

export interface Waiting {
  ready: Ready
  done(outcome: Written): void
  failed(error: unknown): void
}

export interface Queue {
  cast(ready: Ready): Promise<Written>
  /** Whether somebody waits for an answer now. */
  busy(): boolean
  idle(): Promise<void>
}

/** Takes ballots one by one and writes those that wait together in one transaction; each is answered after the disk has it. */
export function openQueue(context: BoxContext): Queue {
  let waiting: Waiting[] = []
  let running: Promise<void> | undefined
  const drain = async () => {
    while (waiting.length > 0) {
      await untilNoMoreArrive(() => waiting.length)
      const batch = waiting.slice(0, MOST_AT_ONCE)
      waiting = waiting.slice(MOST_AT_ONCE)
      await writeTogether(context, batch)
    }
    running = undefined
  }
  return {
    cast: (ready) =>
      new Promise<Written>((done, failed) => {
        waiting.push({ ready, done, failed })
        running ??= drain()
      }),
    busy: () => running !== undefined,
    idle: async () => {
      await running
    },
  }
}

/** As long as every turn of the loop brings more, those share the commit: it costs nobody a timer and a rush far fewer commits. */
async function untilNoMoreArrive(count: () => number): Promise<void> {
  for (let before = 0; before < count() && count() < MOST_AT_ONCE; ) {
    before = count()
    await new Promise((next) => setImmediate(next))
  }
}

async function writeTogether(context: BoxContext, batch: readonly Waiting[]): Promise<void> {
  try {
    const outcomes = await context.database.write((sql) => writeAll(context, sql, batch))
    for (const [at, one] of batch.entries()) one.done(outcomes[at] ?? { state: 'unknown' })
  } catch (error) {
    for (const one of batch) one.failed(error)
  }
}

async function writeAll(context: BoxContext, sql: Sql, batch: readonly Waiting[]): Promise<Written[]> {
  const now = context.now().getTime()
  const hour = Math.floor(now / HOUR_MS)
  const counts = new Map<string, { counted: number; hasty: number; surveyId: string }>()
  // Closing waits for this transaction, or this one sees that it has happened.
  const lock = context.database.engine === 'postgres' ? ' for share' : ''
  const surveys = [...new Set(batch.map(({ ready }) => ready.surveyId))]
  const open = new Map<string, { over: boolean }>()
  for (const id of surveys) {
    const [row] = await sql.all<{ state: string; body: string }>(`select state, body from survey where id = ?${lock}`, [
      id,
    ])
    if (row?.state === 'open') open.set(id, { over: isOver(context, bodyOfSurvey(row)) })
  }
  const outcomes: Written[] = []
  for (const { ready } of batch) {
    const survey = open.get(ready.surveyId)
    if (!survey || (survey.over && !ready.onPaper)) {
      // Whose thanks were lost on the way is not told after the closing that the ballot came too late.
      const why = await whyNot(sql, ready)
      outcomes.push(why.state === 'counted' || why.state === 'changed' ? why : { state: 'closed' })
      continue
    }
    const spent = await sql.run(
      'update credential set spent = 1, attempt = ?, form = ?, hour = ? where handle = ? and spent = 0',
      [ready.attempt, ready.form, hour, ready.handle],
    )
    if (spent === 0) {
      outcomes.push(await whyNot(sql, ready))
      continue
    }
    await keep(context, sql, ready)
    const count = counts.get(ready.batchId) ?? { counted: 0, hasty: 0, surveyId: ready.surveyId }
    count.counted += 1
    if (ready.hasty) count.hasty += 1
    counts.set(ready.batchId, count)
    outcomes.push({ state: 'counted' })
  }
  await count(sql, counts, now)
  return outcomes
}

/** The ballot without the code and the code without the ballot: nothing in either row names the other. */
async function keep(context: BoxContext, sql: Sql, ready: Ready): Promise<void> {
  const keys = demandKeys(context, ready.surveyId)
  const answers = keys.seal(packAnswers(ready.questionnaire, ready.answers), ready.batchId)
  const remark = ready.text === '' ? null : keys.seal(packRemark(ready.text), ready.batchId)
  await sql.run('insert into inbox (id, batch, answers, remark, receipt) values (?, ?, ?, ?, ?)', [
    randomKey(),
    ready.batchId,
    answers,
    remark,
    ready.checkCode,
  ])
}

/** A random key that says nothing of when it was made (never UUIDv7). */
export const randomKey = (): Buffer => Buffer.from(randomUUID().replaceAll('-', ''), 'hex')

/** The same form sent again is thanked again, with other answers told that the first ones count; anything else hears why the code is of no use. */
async function whyNot(sql: Sql, ready: Ready): Promise<Written> {
  const [row] = await sql.all<{ spent: number; attempt: Uint8Array | null; form: Uint8Array | null }>(
    'select spent, attempt, form from credential where handle = ?',
    [ready.handle],
  )
  if (!row) return { state: 'unknown' }
  if (row.spent === 2) return { state: 'void' }
  if (!row.attempt || !ready.attempt.equals(row.attempt)) return { state: 'spent' }
  return { state: row.form && ready.form.equals(row.form) ? 'counted' : 'changed' }
}

async function count(
  sql: Sql,
  counts: ReadonlyMap<string, { counted: number; hasty: number }>,
  now: number,
): Promise<void> {
  const atNight = shanghaiHour(new Date(now).toISOString()) < NIGHT_ENDS
  // In one order everywhere, so that two processes cannot wait for each other.
  for (const [id, one] of [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    await sql.run('update batch set counted = counted + ? where id = ?', [one.counted, id])
    await sql.run(
      'update batch set watched = watched + ?, hasty = hasty + ?, night = night + ? where id = ? and counted >= ?',
      [one.counted, one.hasty, atNight ? one.counted : 0, id, PROGRESS_FROM],
    )
    await sql.run(
      'insert into pulse (batch, slot, counted) values (?, ?, ?) on conflict (batch, slot) do update set counted = pulse.counted + excluded.counted',
      [id, Math.floor(now / SLOT_MS), one.counted],
    )
  }
}
