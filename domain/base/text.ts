const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g

const UNSEEN = /[\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]/gu

/**
 * Text without marks that turn the direction of what follows, non-characters and halves of characters. They come along with pasted
 * text, and nobody could delete them when told to, since nobody sees them.
 */
export const withoutUnseen = (text: string): string => text.replace(UNSEEN, '')

/**
 * Text as its reader reads it: without signs that show nothing of their own (joiners, fillers, marks above or below, the square around a
 * digit), which would part a number or a word for a program and for nobody else.
 */
export const asRead = (text: string): string => text.normalize('NFKC').replace(/[\p{Cf}\p{M}\p{DI}\u2800]/gu, '')

/** The form in which text is compared and searched; what people typed is stored as typed. */
export const searchKey = (text: string): string => text.normalize('NFKC').toLowerCase().replace(INVISIBLE, '').trim()

/** Letters and digits only, as whole characters (𠮷 is one). */
const characters = (text: string): string[] => [...searchKey(text)].filter((char) => /[\p{L}\p{N}]/u.test(char))

/** Runs of letters and digits, each as whole characters. */
const runs = (text: string): string[][] =>
  searchKey(text)
    .split(/[^\p{L}\p{N}]+/u)
    .map((run) => [...run])
    .filter((run) => run.length > 0)

/**
 * Overlapping pairs of characters, the search index of Chinese text: most words have two characters, so trigrams miss them.
 * The last character of a run stands alone too, so that every character begins a token and is found by its beginning.
 */
export function bigrams(text: string): string[] {
  return [...new Set(runs(text).flatMap((run) => run.map((char, at) => `${char}${run[at + 1] ?? ''}`)))]
}

/** The same tokens as one text, for a full-text column. */
export const bigramText = (text: string): string => bigrams(text).join(' ')

/**
 * What to look up for a typed query: all of `tokens` must be in the index, and for each of `beginnings` some token that begins
 * with it (a word of one character).
 */
export function queryBigrams(text: string): { tokens: string[]; beginnings: string[] } {
  const tokens = new Set<string>()
  const beginnings = new Set<string>()
  for (const run of runs(text)) {
    if (run.length === 1) beginnings.add(run.join(''))
    for (let at = 0; at + 1 < run.length; at += 1) tokens.add(`${run[at]}${run[at + 1]}`)
  }
  return { tokens: [...tokens], beginnings: [...beginnings] }
}

/** How alike two texts are, 0 to 1: the share of pairs of characters that they have in common (Dice). */
export function similarity(one: string, other: string): number {
  const a = pairs(one)
  const b = pairs(other)
  if (a.length === 0 || b.length === 0) {
    const whole = characters(one).join('')
    return whole !== '' && whole === characters(other).join('') ? 1 : 0
  }
  const rest = new Map<string, number>()
  for (const pair of b) rest.set(pair, (rest.get(pair) ?? 0) + 1)
  let common = 0
  for (const pair of a) {
    const left = rest.get(pair) ?? 0
    if (left > 0) {
      common += 1
      rest.set(pair, left - 1)
    }
  }
  return (2 * common) / (a.length + b.length)
}

function pairs(text: string): string[] {
  const chars = characters(text)
  return chars.slice(1).map((char, at) => `${chars[at]}${char}`)
}

/** Brands whose name or concept is close to the given one (G3), the closest first. */
export function nearDuplicates<B extends { name: string; concept: string }>(
  name: string,
  concept: string,
  others: readonly B[],
): { brand: B; likeness: number }[] {
  const LIKE = 0.6
  return others
    .map((brand) => ({
      brand,
      likeness: Math.max(similarity(name, brand.name), concept.trim() === '' ? 0 : similarity(concept, brand.concept)),
    }))
    .filter((one) => one.likeness >= LIKE)
    .toSorted((a, b) => b.likeness - a.likeness)
}

/** Characters as people count them: a combining mark or an emoji of several parts is one with what it belongs to, a joined letter is not. */
export const countCharacters = (text: string): number => {
  const marks = /[\p{M}\u{1f3fb}-\u{1f3ff}]/gu
  return [
    ...text
      .normalize('NFC')
      .trim()
      .replace(/\u200d\p{Extended_Pictographic}/gu, '')
      .replace(INVISIBLE, '')
      .replace(marks, ''),
  ].length
}

/** Text as it may be stored: composed (NFC), without control characters, line ends as \n, trimmed. */
export const plainText = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim()

/** At most `most` characters without cutting one in half; what is cut ends in an ellipsis. */
export function shorten(text: string, most: number): string {
  const chars = [...text]
  return chars.length <= most ? text : `${chars.slice(0, Math.max(0, most - 1)).join('')}…`
}

const turned: Readonly<Record<string, string>> = { '“': '‘', '”': '’', '‘': '“', '’': '”' }

/** Words in Chinese quotation marks; marks inside them change to the other kind (GB/T 15834), however deep they stand. */
export const quoted = (text: string): string => `“${text.replace(/[“”‘’]/g, (mark) => turned[mark] ?? mark)}”`

/** What is said wherever a text is too long: the limit, how long it is now, and how much has to go. */
export const tooLong = (length: number, most: number): string =>
  `不能超过 ${most} 个字，现在有 ${length} 个字，请删去 ${length - most} 个字`
