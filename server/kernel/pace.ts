import type { Actor } from '#domain/base/actor.ts'
import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { found } from './problem.ts'
import type { House, Work } from './work.ts'

const HOUR = 3_600_000

const keys = new WeakMap<House, Promise<string>>()

/** The key under which public forms are sealed: one for all processes on a database, made when it is first wanted. */
export function formKey(house: House): Promise<string> {
  const known = keys.get(house)
  if (known) return known
  const asked = readKey(house)
  keys.set(house, asked)
  asked.catch(() => keys.delete(house))
  return asked
}

async function readKey({ database }: House): Promise<string> {
  const read = () => database.writer.selectFrom('formKey').select('value').where('id', '=', 1).executeTakeFirst()
  const kept = await read()
  if (kept) return kept.value
  await database.writer
    .insertInto('formKey')
    .values({ id: 1, value: randomBytes(32).toString('base64url') })
    .onConflict((on) => on.column('id').doNothing())
    .execute()
  return found(await read()).value
}

/**
 * Counts one more from an address and answers how many came from there before, within the hour. It counts in the work that takes
 * the form: those sent at once count one after another in every process, and what is refused counts nothing. The address itself is
 * not kept, and its count no longer than the hour.
 */
export async function countArrival(work: Work<Actor>, source: string): Promise<number> {
  const past = new Date(Date.parse(work.now) - HOUR).toISOString()
  const key = createHmac('sha256', await formKey(work.house))
    .update(`address:${source}`)
    .digest('base64url')
  await work.tx.deleteFrom('formArrival').where('since', '<', past).where('key', '!=', key).execute()
  const old = sql<boolean>`${sql.ref('formArrival.since')} < ${past}`
  const row = await work.tx
    .insertInto('formArrival')
    .values({ key, count: 1, since: work.now })
    .onConflict((on) =>
      on.column('key').doUpdateSet({
        count: sql<number>`case when ${old} then 1 else ${sql.ref('formArrival.count')} + 1 end`,
        since: sql<string>`case when ${old} then ${work.now} else ${sql.ref('formArrival.since')} end`,
      }),
    )
    .returning('count')
    .executeTakeFirstOrThrow()
  return Number(row.count) - 1
}
