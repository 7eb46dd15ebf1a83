import { randomInt } from 'node:crypto'
import { randomKey } from './cast.ts'
import type { Sql } from './database.ts'
import type { Room } from './room.ts'

/** Ballots leave the inbox together with at least so many others (decision 0008, point 4). */
export const MIX_FROM = 10
const MOST_AT_ONCE = 500
const HOUR_MS = 3_600_000

interface Inbox {
  id: Uint8Array
  batch: string
  answers: Uint8Array
  remark: Uint8Array | null
  receipt: string
  survey: string
  school: string
}

/** Moves the inbox into the box in random order, sealed anew; `all` also when fewer wait, as closing does. */
export async function mix(room: Room, options: { all?: boolean } = {}): Promise<number> {
  let moved = 0
  for (;;) {
    const some = await room.database.write((sql) => mixSome(room, sql, options.all ? 1 : MIX_FROM))
    moved += some
    if (some < MOST_AT_ONCE) break
  }
  await forgetAttempts(room)
  if (moved > 0) await room.database.tidy()
  return moved
}

/** Seals and orders every ballot of a survey anew, so that nothing is left of the groups in which they were mixed. */
export async function remix(room: Room, surveyId: string): Promise<void> {
  const own = 'batch in (select id from batch where survey = ?)'
  await room.database.write(async (sql) => {
    const keys = room.keys.make(surveyId)
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

async function mixSome(room: Room, sql: Sql, from: number): Promise<number> {
  const rows = await sql.all<Inbox>(
    'select inbox.*, batch.survey, batch.school from inbox join batch on batch.id = inbox.batch limit ?',
    [MOST_AT_ONCE],
  )
  if (rows.length < from) return 0
  for (const row of shuffled(rows)) {
    const keys = room.keys.make(row.survey)
    const anew = (sealed: Uint8Array) => keys.seal(keys.unseal(sealed, row.batch), row.batch)
    await sql.run('insert into ballot (id, batch, answers) values (?, ?, ?)', [
      randomKey(),
      row.batch,
      anew(row.answers),
    ])
  }
  // Texts and check codes each in an order of their own.
  for (const row of shuffled(rows)) {
    if (!row.remark) continue
    const keys = room.keys.make(row.survey)
    const sealed = keys.seal(keys.unseal(row.remark, row.batch), row.batch)
    await sql.run('insert into remark (id, batch, sealed) values (?, ?, ?)', [randomKey(), row.batch, sealed])
  }
  for (const row of shuffled(rows))
    await sql.run('insert into receipt (id, survey, school, code) values (?, ?, ?, ?)', [
      randomKey(),
      row.survey,
      row.school,
      row.receipt,
    ])
  for (const row of rows) await sql.run('delete from inbox where id = ?', [row.id])
  return rows.length
}

/** The mark of a sent form is only needed while somebody may send it again; looked for once an hour. */
async function forgetAttempts(room: Room): Promise<void> {
  const hour = Math.floor(room.now().getTime() / HOUR_MS)
  if (room.forgottenIn === hour) return
  room.forgottenIn = hour
  await room.database.write((sql) =>
    sql.run('update credential set attempt = null, hour = null where hour < ?', [hour - 1]),
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
