import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Actor, Person } from '#domain/base/actor.ts'
import type { AuditEvent } from '#domain/records/auditEvents.ts'
import type { Database, Db } from '#server/db/open.ts'
import { faultOf } from '#server/db/errors.ts'
import type { Tables } from '#server/db/tables.ts'
import { type Clock, shanghaiToday, uuidv7 } from './clock.ts'
import { refuse } from './problem.ts'
import type { BallotBox } from '#contract/survey/ballotBox.ts'
import type { Settings } from './settings.ts'
import type { Files } from './files/open.ts'
import type { Log } from './log.ts'

/** What the whole server shares. Passed, never global, so that tests run many side by side. */
export interface House {
  database: Database
  clock: Clock
  settings: Settings
  log: Log
  files: Files
  ballotBox: BallotBox
  /** What keeps the box from working, in words; none is good. */
  boxTroubles?: () => Promise<string[]>
  /** What is not broken and should be otherwise all the same. */
  boxHints?: () => Promise<string[]>
}

/** A query builder that cannot write: only these compile. */
export type ReadOnly = Pick<Db, 'selectFrom' | 'getExecutor' | 'with' | 'withRecursive' | 'fn' | 'case' | 'dynamic'>

/** One reading, of somebody signed in; where anybody may read it is a `Look<Actor>`, and asks who before it uses an id. */
export interface Look<By extends Actor = Person> {
  house: House
  actor: By
  db: ReadOnly
  now: string
  today: string
}

/** One transaction of somebody signed in; where visitors or the system may act it is a `Work<Actor>`. */
export interface Work<By extends Actor = Person> extends Look<By> {
  tx: Transaction<Tables>
  db: Transaction<Tables>
  newId(): string
  /** Adds one audit record; a work without any rolls back. Never put secrets or the text of answers in the detail. */
  record(
    event: AuditEvent,
    subjectType: string,
    subjectId: string,
    detail?: Record<string, unknown> & { schoolId?: string },
  ): void
  /** Runs after the commit, for what must not happen when it fails (removing a file). */
  afterwards(task: () => void | Promise<void>): void
}

interface Recorded {
  event: AuditEvent
  subjectType: string
  subjectId: string
  schoolId: string | null
  detail: string
}

export const GENESIS = '0'.repeat(64)

const RETRIES = 20
const ROWS_AT_ONCE = 1_000

const commits = new WeakMap<object, number>()

/** How many works this process has committed to the house's database: what was drawn before the last one is out of date. */
export const commitsOf = (house: House): number => commits.get(house.database) ?? 0

export function lookAround<By extends Actor>(house: House, actor: By): Look<By> {
  const now = house.clock.now()
  return { house, actor, db: house.database.reader, now: now.toISOString(), today: shanghaiToday(now) }
}

/** Runs the action in one transaction with its audit records; PostgreSQL's serialization failures are tried again. */
export async function inWork<By extends Actor, T>(
  house: House,
  actor: By,
  action: (work: Work<By>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(house, actor, action)
    } catch (error) {
      const fault = faultOf(error)
      if (fault === 'retry' && attempt < RETRIES) {
        await new Promise((done) => setTimeout(done, Math.min(60, 5 * attempt) * Math.random() + 2))
        continue
      }
      if (fault === 'retry' || fault === 'busy') throw refuse('stateChanged', '操作的人较多，请稍后再试一次。')
      throw error
    }
  }
}

async function once<By extends Actor, T>(house: House, actor: By, action: (work: Work<By>) => Promise<T>): Promise<T> {
  const now = house.clock.now()
  const at = now.toISOString()
  const records: Recorded[] = []
  const tasks: (() => void | Promise<void>)[] = []
  const transaction = house.database.writer.transaction()
  const run = house.database.engine === 'postgres' ? transaction.setIsolationLevel('serializable') : transaction
  const answer = await run.execute(async (tx) => {
    const done = await action({
      house,
      actor,
      db: tx,
      tx,
      now: at,
      today: shanghaiToday(now),
      newId: () => uuidv7(now),
      record: (event, subjectType, subjectId, detail = {}) => {
        const { schoolId, ...rest } = detail
        records.push({ event, subjectType, subjectId, schoolId: schoolId ?? null, detail: JSON.stringify(rest) })
      },
      afterwards: (task) => tasks.push(task),
    })
    if (records.length === 0) throw new Error('a work must record at least one audit event')
    await appendAudit(tx, actor, at, records)
    return done
  })
  commits.set(house.database, commitsOf(house) + 1)
  for (const task of tasks) await task()
  return answer
}

/** The text that an audit row's hash covers, with the hash of the row before it. */
export function auditText(row: Omit<Tables['auditRow'], 'hash'>): string {
  return JSON.stringify([
    row.seq,
    row.at,
    row.actorId,
    row.actorName,
    row.event,
    row.subjectType,
    row.subjectId,
    row.schoolId,
    row.detail,
    row.previousHash,
  ])
}

export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

async function appendAudit(tx: Transaction<Tables>, actor: Actor, at: string, records: Recorded[]): Promise<void> {
  // The head row serialises writers of the chain on both engines; it is touched last to hold it for the shortest time.
  const head = await tx
    .updateTable('auditHead')
    .set((eb) => ({ seq: eb('seq', '+', records.length) }))
    .where('id', '=', 1)
    .returning(['seq', 'hash'])
    .executeTakeFirst()
  if (!head) await tx.insertInto('auditHead').values({ id: 1, seq: records.length, hash: GENESIS }).execute()
  let previousHash = head?.hash ?? GENESIS
  let seq = (head?.seq ?? records.length) - records.length
  const rows: Tables['auditRow'][] = []
  for (const one of records) {
    seq += 1
    const row = { seq, at, actorId: actor.personId, actorName: actor.name, ...one, previousHash }
    previousHash = sha256(auditText(row))
    rows.push({ ...row, hash: previousHash })
  }
  // One statement takes a limited number of values; an import of a whole district records thousands of rows.
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE)
    await tx
      .insertInto('auditRow')
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .execute()
  await tx.updateTable('auditHead').set({ hash: previousHash }).where('id', '=', 1).execute()
}
