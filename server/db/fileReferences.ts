import { setImmediate as pause } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

type Columns = { [T in keyof Tables]?: keyof Tables[T] & string }

/** Every column that refers to a file; a test holds this against the database, and each test's data against it. */
export const fileColumns = {
  evidence: 'fileId',
  brand: 'logoFileId',
  promise: 'fileId',
  promiseOutcome: 'fileId',
  article: 'coverFileId',
} as const satisfies Columns

/** Kept texts that name files by their id: earlier versions, what was submitted, and what a seal keeps of it. */
export const fileTexts = {
  entryVersion: 'body',
  brandVersion: 'body',
  argumentationVersion: 'body',
  articleChange: 'before',
  application: 'frozen',
  seal: 'content',
  decision: 'files',
  adjustment: 'files',
  recommendation: 'package',
} as const satisfies Columns

/** Of those the texts that nothing but themselves makes refer to a file: no column has named it before. */
export const ownTexts = { decision: 'files', adjustment: 'files' } as const satisfies Columns

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const ROWS_AT_ONCE = 200

/** Those of the ids that a kept text names. Each text is read once, a few at a time, so that nobody waits for it. */
export async function namedInTexts(
  db: Pick<Kysely<Tables>, 'selectFrom'>,
  ids: readonly string[],
  texts: Columns = fileTexts,
): Promise<Set<string>> {
  const wanted = new Set(ids)
  const named = new Set<string>()
  if (wanted.size === 0) return named
  for (const [table, column] of Object.entries(texts)) {
    let after = ''
    for (;;) {
      // All of them have an id and are read the same way, so one of them stands for the type of all.
      const rows = await db
        .selectFrom(table as 'entryVersion')
        .select(['id', `${column as 'body'} as text`])
        .where('id', '>', after)
        .where(column as 'body', 'is not', null)
        .orderBy('id')
        .limit(ROWS_AT_ONCE)
        .execute()
      for (const { text } of rows) for (const [id] of text.matchAll(ID)) if (wanted.has(id)) named.add(id)
      after = rows.at(-1)?.id ?? after
      if (rows.length < ROWS_AT_ONCE) break
      await pause()
    }
  }
  return named
}

/** Files uploaded before an instant that no column refers to; what a kept text names is asked apart. */
export function unattachedFiles(db: Pick<Kysely<Tables>, 'selectFrom'>, before: string) {
  let rows = db.selectFrom('file').where('file.createdAt', '<', before)
  for (const [table, column] of Object.entries(fileColumns))
    rows = rows.where('file.id', 'not in', (eb) =>
      eb
        .selectFrom(table as 'evidence')
        .select(`${table}.${column}` as 'evidence.fileId')
        .where(`${table}.${column}` as 'evidence.fileId', 'is not', null),
    )
  return rows
}
