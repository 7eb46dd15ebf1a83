import { PostgresAdapter, type RawBuilder, sql } from 'kysely'
import { alikes, wordsOf } from '#domain/base/alike.ts'
import type { ReadOnly } from './work.ts'

/**
 * The condition behind every search box: each word stands in one of the columns, as it was typed but for case and width. `%`, `_`, `*`
 * and every other sign stand for themselves, so a search finds what is stored. Without a word everything is found. A column of readings
 * (`pinyin`) holds a word that is the beginning of its pinyin or of its initials, from any character on.
 */
export function contains(db: ReadOnly, columns: readonly string[], words: string): RawBuilder<boolean> {
  const postgres = isPostgres(db)
  const holds = (column: string, word: string) =>
    /\bpinyin$/.test(column)
      ? readsAs(column, word)
      : postgres
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

/** One letter would find almost everything, and figures are no pinyin. */
const LETTERS = /^(?=.*[a-z])[a-z0-9]{2,}$/

function readsAs(column: string, word: string): RawBuilder<boolean> {
  const typed = word.normalize('NFKC').toLowerCase().replaceAll('ü', 'v')
  return LETTERS.test(typed) ? sql<boolean>`${sql.ref(column)} like ${`%|${typed}%`}` : sql<boolean>`1 = 0`
}

/** All characters in their order, whatever stands between them: 红旗小学 for 红旗路小学. For when nothing holds the words themselves. */
export function inOrder(db: ReadOnly, column: string, words: string): RawBuilder<boolean> {
  const chars = [...wordsOf(words).join('')].slice(0, CHARACTERS_AT_MOST)
  if (chars.length < 2) return sql<boolean>`1 = 0`
  return isPostgres(db)
    ? sql<boolean>`${sql.ref(column)} ~ ${chars.map(regular).join('.*')}`
    : sql<boolean>`${sql.ref(column)} glob ${`*${chars.map(globbed).join('*')}*`}`
}

const CHARACTERS_AT_MOST = 20
const isPostgres = (db: ReadOnly): boolean => db.getExecutor().adapter instanceof PostgresAdapter

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
