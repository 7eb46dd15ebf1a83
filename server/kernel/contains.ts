import { PostgresAdapter, type RawBuilder, sql } from 'kysely'
import { alikes, wordsOf } from '#domain/alike.ts'
import type { ReadOnly } from './work.ts'

/**
 * The condition behind every search box: each word stands in one of the columns, as it was typed but for case and width. `%`, `_`, `*`
 * and every other sign stand for themselves, so a search finds what is stored. Without a word everything is found.
 */
export function contains(db: ReadOnly, columns: readonly string[], words: string): RawBuilder<boolean> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter
  const holds = (column: string, word: string) =>
    isPostgres
      ? sql<boolean>`${sql.ref(column)} ~ ${regular(word)}`
      : sql<boolean>`${sql.ref(column)} glob ${`*${globbed(word)}*`}`
  const each = wordsOf(words).map(
    (word) =>
      sql<boolean>`(${sql.join(
        columns.map((column) => holds(column, word)),
        sql` or `,
      )})`,
  )
  return each.length > 0 ? sql<boolean>`(${sql.join(each, sql` and `)})` : sql<boolean>`1 = 1`
}

/** A class of GLOB: `]` may only stand first in one, `^` never, `-` only last. */
function globbed(word: string): string {
  return [...word].map((char) => classOf(alikes(char), (one) => (/[*?[]/.test(one) ? `[${one}]` : one))).join('')
}

const regular = (word: string): string =>
  [...word].map((char) => classOf(alikes(char), (one) => one.replace(/[\\^$.*+?()[\]{}|-]/g, '\\$&'), '\\')).join('')

/** One character as it stands, or a class of all that count as it. */
function classOf(forms: readonly string[], alone: (one: string) => string, escape = ''): string {
  const [only, ...more] = forms
  if (more.length === 0) return alone(only ?? '')
  const place = (one: string) => (one === ']' ? 0 : one === '-' || one === '^' ? 2 : 1)
  const signs = forms
    .toSorted((one, other) => place(one) - place(other))
    .map((one) => (/[\\\]^[-]/.test(one) ? `${escape}${one}` : one))
  return `[${signs.join('')}]`
}
