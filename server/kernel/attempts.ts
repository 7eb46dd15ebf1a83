import type { Actor } from '#domain/base/actor.ts'
import { sql } from 'kysely'
import type { House, Look, ReadOnly, Work } from './work.ts'
import { sha256 } from './work.ts'

/** Wrong tries that cost nothing but the answer; from then on each check of a password waits longer. */
export const FREE_TRIES = 5
/** The same for all browsers that the account does not know, wherever they are. */
export const FREE_TRIES_EVERYWHERE = 50
const FIRST_PAUSE = 10
const STEPS = 5
export const LONGEST_PAUSE = FIRST_PAUSE * 2 ** STEPS
const FORGIVEN_AFTER_MINUTES = 30
const KEEP_HOURS = 24
/** Failed tries of one source that stand in the chain one by one; after that they are only counted (no stranger fills the chain). */
export const ROWS_PER_SOURCE = 20

/**
 * Who tries from where. The name is kept hashed: people do type their password into the field for the name. `known` is a
 * browser in which the account's owner was signed in before: what others do, at the same address too, never slows it.
 */
export interface Attempt {
  loginName: string
  source: string
  device: string
  known: boolean
}

const nameKey = (loginName: string): string => sha256(loginName)

interface Lane {
  key: string
  free: number
  grows: boolean
  minutes: number
}

const near = (key: string): Lane => ({ key, free: FREE_TRIES, grows: true, minutes: FORGIVEN_AFTER_MINUTES })

function lanesOf({ loginName, source, device, known }: Attempt): Lane[] {
  const name = nameKey(loginName)
  const browser = device === '' ? '' : sha256(device)
  if (known) return [near(`device:${name}:${browser}`)]
  const everywhere = { key: `all:${name}:`, free: FREE_TRIES_EVERYWHERE, grows: false, minutes: KEEP_HOURS * 60 }
  return [near(`account:${name}:${source}:${browser}`), everywhere]
}

const later = (now: string, seconds: number): string => new Date(Date.parse(now) + seconds * 1_000).toISOString()

/** Takes one try of each lane before the password is looked at, so that tries sent at once count as well; answers for how many seconds to wait. */
export async function claimTry(house: House, attempt: Attempt): Promise<number> {
  const now = house.clock.now().toISOString()
  const lanes = lanesOf(attempt)
  const wait = await waitOf(house.database.reader, lanes, now)
  if (wait > 0) return wait
  for (const lane of lanes)
    if ((await claim(house, lane, now)) === undefined)
      return Math.max(1, await waitOf(house.database.reader, lanes, now))
  return 0
}

async function waitOf(db: ReadOnly, lanes: readonly Lane[], now: string): Promise<number> {
  const keys = lanes.map((lane) => lane.key)
  const rows = await db
    .selectFrom('signInFailure')
    .select('lockedUntil')
    .where('key', 'in', keys)
    .where('lockedUntil', '>', now)
    .execute()
  return Math.max(0, ...rows.map((row) => Math.ceil((Date.parse(row.lockedUntil ?? now) - Date.parse(now)) / 1_000)))
}

/** One statement, so that any number of processes on one database count together; nothing when the lane waits. */
async function claim(house: House, lane: Lane, now: string): Promise<number | undefined> {
  const old = later(now, -lane.minutes * 60)
  const count = sql<number>`case when ${sql.ref('signInFailure.windowStart')} < ${old} then 1 else ${sql.ref('signInFailure.failures')} + 1 end`
  // The longest pause first: each further wrong try doubles it.
  const steps = Array.from({ length: lane.grows ? STEPS + 1 : 1 }, (_, at) => at).toReversed()
  const whens = steps.map(
    (at) => sql`when (${count}) >= ${sql.lit(lane.free + at)} then ${later(now, FIRST_PAUSE * 2 ** at)}`,
  )
  const row = await house.database.writer
    .insertInto('signInFailure')
    .values({ key: lane.key, failures: 1, windowStart: now, lockedUntil: null })
    .onConflict((on) =>
      on
        .column('key')
        .doUpdateSet({
          failures: count,
          windowStart: now,
          lockedUntil: sql<string | null>`case ${sql.join(whens, sql` `)} else null end`,
        })
        .where((eb) =>
          eb.or([eb('signInFailure.lockedUntil', 'is', null), eb('signInFailure.lockedUntil', '<=', now)]),
        ),
    )
    .returning('failures')
    .executeTakeFirst()
  return row && Number(row.failures)
}

/** Whether this failure still goes into the chain: the first ones of a source do, the rest is a number beside it. */
export async function countOfSource(house: House, source: string): Promise<number> {
  const lane = { key: `source:${source}`, free: Number.MAX_SAFE_INTEGER, grows: false, minutes: FORGIVEN_AFTER_MINUTES }
  return (await claim(house, lane, house.clock.now().toISOString())) ?? 0
}

export async function dropOldTries(work: Work<Actor>): Promise<void> {
  await work.tx
    .deleteFrom('signInFailure')
    .where('windowStart', '<', later(work.now, -KEEP_HOURS * 3_600))
    .execute()
}

/** A success wipes the tries; answers how many of them others made, from browsers that the account does not know. */
export async function forgetFailures(work: Work, attempt: Attempt): Promise<number> {
  const name = nameKey(attempt.loginName)
  const keys = lanesOf(attempt).map((lane) => lane.key)
  const rows = await work.tx
    .selectFrom('signInFailure')
    .select(['key', 'failures'])
    .where('key', 'in', [...keys, `all:${name}:`])
    .execute()
  const of = (wanted: string) => Number(rows.find((row) => row.key === wanted)?.failures ?? 0)
  const own = attempt.known ? 0 : of(keys[0] ?? '')
  const others = Math.max(0, of(`all:${name}:`) - own)
  await work.tx
    .deleteFrom('signInFailure')
    .where('key', 'in', [...keys, `all:${name}:`])
    .execute()
  return others
}

/** Lets an account be tried at once again, wherever. */
export async function unlockName(work: Work, loginName: string): Promise<number> {
  const name = nameKey(loginName)
  const rows = await work.tx
    .deleteFrom('signInFailure')
    .where((eb) =>
      eb.or([
        eb('key', 'like', `account:${name}:%`),
        eb('key', 'like', `device:${name}:%`),
        eb('key', '=', `all:${name}:`),
      ]),
    )
    .returning('lockedUntil')
    .execute()
  return rows.filter((row) => (row.lockedUntil ?? '') > work.now).length
}

/** Which of the accounts wait somewhere at this moment. */
export async function lockedNames(look: Look, loginNames: readonly string[]): Promise<Set<string>> {
  const rows = await look.db
    .selectFrom('signInFailure')
    .select('key')
    .where('key', 'not like', 'source:%')
    .where('lockedUntil', '>', look.now)
    .execute()
  const locked = new Set(rows.map((row) => row.key.split(':')[1]))
  return new Set(loginNames.filter((name) => locked.has(nameKey(name))))
}

/** Whether the person was signed in in this browser before. */
export async function isKnownDevice(db: ReadOnly, personId: string, device: string): Promise<boolean> {
  if (device === '') return false
  const row = await db
    .selectFrom('knownDevice')
    .select('personId')
    .where('personId', '=', personId)
    .where('deviceHash', '=', sha256(device))
    .executeTakeFirst()
  return row !== undefined
}

export async function rememberDevice(work: Work, personId: string, device: string): Promise<void> {
  await work.tx
    .insertInto('knownDevice')
    .values({ personId, deviceHash: sha256(device), createdAt: work.now })
    .onConflict((on) => on.columns(['personId', 'deviceHash']).doNothing())
    .execute()
}

/** After a reset by a slip no browser of before is trusted. */
export async function forgetDevices(work: Work, personId: string): Promise<void> {
  await work.tx.deleteFrom('knownDevice').where('personId', '=', personId).execute()
}
