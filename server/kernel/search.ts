import type { Actor } from '#domain/base/actor.ts'
import { bigrams, queryBigrams, searchKey } from '#domain/base/text.ts'
import type { ReadOnly, Work } from './work.ts'

export type SearchedType = 'brand' | 'plan' | 'article' | 'event'

/** Most tokens that one text adds: a long article is found by its beginning. */
const TOKENS_AT_MOST = 2000
const INSERTED_AT_ONCE = 200

/** Pairs of characters and single characters, so that a word of any length is found without a scan. */
function tokensOf(text: string): string[] {
  const single = [...searchKey(text)].filter((char) => /[\p{L}\p{N}]/u.test(char))
  return [...new Set([...bigrams(text), ...single])].slice(0, TOKENS_AT_MOST)
}

/** Puts a published text into the search index, in place of what stood there for it. */
export async function indexForSearch(
  work: Work<Actor>,
  subject: { subjectType: SearchedType; subjectId: string; bureauId: string; text: string },
): Promise<void> {
  const { text, ...key } = subject
  await dropFromSearch(work, key)
  const rows = tokensOf(text).map((token) => ({ token, ...key }))
  for (let at = 0; at < rows.length; at += INSERTED_AT_ONCE)
    await work.tx
      .insertInto('searchToken')
      .values(rows.slice(at, at + INSERTED_AT_ONCE))
      .execute()
}

export async function dropFromSearch(
  work: Work<Actor>,
  subject: { subjectType: SearchedType; subjectId: string },
): Promise<void> {
  await work.tx
    .deleteFrom('searchToken')
    .where('subjectType', '=', subject.subjectType)
    .where('subjectId', '=', subject.subjectId)
    .execute()
}

/** Ids of the subjects that hold every pair of characters of the words asked for; a word of one character is a token too. */
export function subjectsMatching(db: ReadOnly, subjectType: SearchedType, words: string) {
  const query = queryBigrams(words)
  const tokens = [...query.tokens, ...query.beginnings].slice(0, 30)
  return db
    .selectFrom('searchToken')
    .select('subjectId')
    .where('subjectType', '=', subjectType)
    .where('token', 'in', tokens)
    .groupBy('subjectId')
    .having((eb) => eb.fn.countAll(), '=', Math.max(1, tokens.length))
}
