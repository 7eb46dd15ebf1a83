import { mkdtemp, open, rm } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { faultOf } from '#server/db/errors.ts'
import { hintsOf } from './hints.ts'
import type { House } from './work.ts'
import { freeIn, LITTLE_ROOM } from './files/disk.ts'

/** What a machine that watches is told; `troubles` is for whoever is called out of bed, so it is in words. */
export interface Health {
  ok: boolean
  database: 'ok' | 'unreadable' | 'unwritable' | 'noAnswer'
  files: 'ok' | 'unwritable'
  ballotBox: 'ok' | 'broken'
  /** Bytes left on the disk of the data folder. */
  freeBytes: number | null
  troubles: string[]
  /** What is not broken and should be otherwise all the same; it leaves health green. */
  hints: string[]
}

const ANSWER_WITHIN_MS = 3_000
/** Asked more often, the answer is the last one: a flood of questions writes nothing. */
const ASKED_AGAIN_MS = 2_000
const PROBE = Buffer.alloc(65_536)

const kept = new WeakMap<House['database'], { at: number; health: Promise<Health> }>()

export function healthOf(house: House): Promise<Health> {
  const last = kept.get(house.database)
  if (last && performance.now() - last.at < ASKED_AGAIN_MS) return last.health
  const health = examine(house)
  kept.set(house.database, { at: performance.now(), health })
  return health
}

/** Whether requests can be served at all: the database answers and takes changes, the files can be kept. */
export const isReady = ({ database, files }: Health): boolean => database === 'ok' && files === 'ok'

async function examine(house: House): Promise<Health> {
  const [database, files, freeBytes, box, hints] = await Promise.all([
    databaseState(house),
    filesState(house),
    freeIn(house.settings.dataDir),
    within(house.boxTroubles?.() ?? Promise.resolve([]), ['票箱没有在时限内回应。']),
    within(hintsOf(house), []),
  ])
  const troubles = [
    ...(database === 'ok' ? [] : [databaseWords[database]]),
    ...(files === 'ok' ? [] : ['数据文件夹写不进去：磁盘满了、只读，或没有权限。']),
    ...(freeBytes !== null && freeBytes < LITTLE_ROOM ? ['磁盘快满了，已经停收上传的文件，请尽快腾出空间。'] : []),
    ...box,
  ]
  const health = { database, files, ballotBox: box.length === 0 ? 'ok' : 'broken', freeBytes, troubles } as const
  // Whoever asks hears which file and which setting, not where on the machine it lies nor what it says.
  const { dataDir, ballot } = house.settings
  const named = (list: string[]) =>
    list.map((one) => one.replaceAll(`${dataDir}${sep}`, '').replaceAll(`BALLOT_URL=${ballot.url}`, 'BALLOT_URL'))
  return { ok: troubles.length === 0, ...health, troubles: named(troubles), hints: named(hints) }
}

const databaseWords: Record<Exclude<Health['database'], 'ok'>, string> = {
  unreadable: '数据库读不出来。',
  unwritable: '数据库能读，但写不进去：磁盘满了、文件只读，或数据库处于只读状态。',
  noAnswer: '数据库没有在时限内回应。',
}

/** A question to a database that hangs is never answered; the next one waits for the same instead of taking one more connection. */
const asking = new WeakMap<House['database'], Promise<Health['database']>>()

async function databaseState(house: House): Promise<Health['database']> {
  const { database } = house
  const pending = asking.get(database) ?? askDatabase(house).finally(() => asking.delete(database))
  asking.set(database, pending)
  return within(pending, 'noAnswer')
}

async function askDatabase(house: House): Promise<Health['database']> {
  const { database } = house
  try {
    await database.reader.selectFrom('setting').select('key').limit(1).execute()
  } catch (error) {
    house.log.error({ err: error }, 'health: the database cannot be read')
    return 'unreadable'
  }
  try {
    if (database.engine === 'sqlite') tryLock(join(house.settings.dataDir, 'yipin.db'))
    else await sql`create temp table "healthProbe" on commit drop as select 1 as one`.execute(database.writer)
    return 'ok'
  } catch (error) {
    // Somebody else is just writing: so it can be written.
    if (['busy', 'retry', 'crowded'].includes(faultOf(error) ?? '')) return 'ok'
    house.log.error({ err: error }, 'health: the database cannot be written')
    return 'unwritable'
  }
}

/** Takes the lock of a writer and lets it go; nothing is written, so that no drawn page becomes old by being watched. */
function tryLock(path: string): void {
  const file = new DatabaseSync(path)
  try {
    file.exec('pragma busy_timeout = 0; begin immediate; rollback')
  } finally {
    file.close()
  }
}

/** Writes and removes a small file: what is said of free space is often wrong (quotas, reserved blocks, read-only). */
async function filesState(house: House): Promise<Health['files']> {
  let folder: string | undefined
  try {
    folder = await mkdtemp(join(house.settings.dataDir, '.health-'))
    const file = await open(join(folder, 'probe'), 'w')
    try {
      await file.write(PROBE)
      await file.sync()
    } finally {
      await file.close()
    }
    return 'ok'
  } catch (error) {
    house.log.error({ err: error }, 'health: the data folder cannot be written')
    return 'unwritable'
  } finally {
    if (folder) await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}

function within<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(otherwise), ANSWER_WITHIN_MS)
    const settle = (value: T) => {
      clearTimeout(timer)
      resolve(value)
    }
    answer.then(settle, () => settle(otherwise))
  })
}
