import { randomInt } from 'node:crypto'
import { randomKey } from './writeQueue.ts'
import type { Sql } from './database.ts'
import { demandKeys, type BoxContext } from './context.ts'

/** Ballots leave the inbox together with at least so many others (decision 0008, point 4). */
export const SHUFFLE_FROM = 10
const MOST_AT_ONCE = 200
const HOUR_MS = 3_600_000

interface Inbox {
  id: Uint8Array
  batch: string
  answers: Uint8Array
  remark: Uint8Array | null
  receipt: string
}

/**
 * Moves the inbox into the box in random order, sealed anew; each survey by itself, since ballots of another one hide nobody. Of
 * the survey `closing` also when fewer than ten wait. It steps aside while `busy` says that people wait: what they send lies in
 * random order too, and among many.
 */
export async function shuffle(
  context: BoxContext,
  options: { closing?: string; busy?: () => boolean } = {},
): Promise<number> {
  const { closing } = options
  let moved = 0
  for (const surveyId of closing === undefined ? await waitingSurveys(context) : [closing])
    while (!options.busy?.()) {
      const some = await context.database.write((sql) => mixSome(context, sql, surveyId, closing ? 1 : SHUFFLE_FROM))
      moved += some
      if (some < MOST_AT_ONCE) break
      // On SQLite nothing above waits for the loop, so those who come meanwhile would not be heard.
      await new Promise((next) => setImmediate(next))
    }
  await forgetAttempts(context)
  if (moved > 0) await context.database.tidy()
  return moved
}

/** Asked once for all slices: it reads the whole inbox. */
async function waitingSurveys(context: BoxContext): Promise<string[]> {
  const rows = await context.database.read.all<{ survey: string }>(
    'select survey from inbox join batch on batch.id = inbox.batch group by survey having count(*) >= ?',
    [SHUFFLE_FROM],
  )
  return rows.map((row) => row.survey)
}

/** Seals and orders every ballot of a survey anew, so that nothing is left of the groups in which they were mixed. */
export async function reshuffle(context: BoxContext, surveyId: string): Promise<void> {
  const own = 'batch in (select id from batch where survey = ?)'
  await context.database.write(async (sql) => {
    await onlyMover(context, sql, surveyId)
    const keys = demandKeys(context, surveyId)
    const ballots = await sql.all<{ batch: string; answers: Uint8Array }>(
      `select batch, answers from ballot where ${own}`,
      [surveyId],
    )
    await sql.run(`delete from ballot where ${own}`, [surveyId])
    for (const { batch, answers } of shuffled(ballots))
      await sql.run('insert into ballot (id, batch, answers) values (?, ?, ?)', [
        randomKey(),
        batch,
        keys.seal(keys.unseal(answers, batch), batch),
      ])
  })
}

/** Of several processes on one database one moves ballots at a time: two that read the same ones would count them twice. */
export async function onlyMover(context: BoxContext, sql: Sql, surveyId: string): Promise<void> {
  if (context.database.engine !== 'postgres') return
  await sql.all('select 1 from (select pg_advisory_xact_lock(hashtextextended(?, 0))) as locked', [surveyId])
}

async function mixSome(context: BoxContext, sql: Sql, surveyId: string, from: number): Promise<number> {
  await onlyMover(context, sql, surveyId)
  const rows = await sql.all<Inbox>(
    'select * from inbox where batch in (select id from batch where survey = ?) limit ?',
    [surveyId, MOST_AT_ONCE],
  )
  if (rows.length < from) return 0
  const keys = demandKeys(context, surveyId)
  const anew = (sealed: Uint8Array, batch: string) => keys.seal(keys.unseal(sealed, batch), batch)
  for (const { batch, answers } of shuffled(rows))
    await sql.run('insert into ballot (id, batch, answers) values (?, ?, ?)', [
      randomKey(),
      batch,
      anew(answers, batch),
    ])
  // Texts and check codes each in an order of their own.
  for (const { batch, remark } of shuffled(rows))
    if (remark)
      await sql.run('insert into remark (id, batch, sealed) values (?, ?, ?)', [
        randomKey(),
        batch,
        anew(remark, batch),
      ])
  for (const { batch, receipt } of shuffled(rows))
    await sql.run('insert into receipt (id, batch, code) values (?, ?, ?)', [randomKey(), batch, receipt])
  for (const row of rows) await sql.run('delete from inbox where id = ?', [row.id])
  return rows.length
}

/** The mark of a sent form is only needed while somebody may send it again; looked for once an hour. */
async function forgetAttempts(context: BoxContext): Promise<void> {
  const hour = Math.floor(context.now().getTime() / HOUR_MS)
  if (context.forgottenIn === hour) return
  context.forgottenIn = hour
  await context.database.write((sql) =>
    sql.run('update credential set attempt = null, form = null, hour = null where hour < ?', [hour - 1]),
  )
}

export function shuffled<T>(list: readonly T[]): T[] {
  const out = [...list]
  for (let at = out.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1)
    const [a, b] = [out[at], out[other]]
    if (a === undefined || b === undefined) continue
    out[at] = b
    out[other] = a
  }
  return out
}
