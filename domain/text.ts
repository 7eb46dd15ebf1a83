const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g

/** The form in which text is compared and searched; what people typed is stored as typed. */
export const searchKey = (text: string): string => text.normalize('NFKC').toLowerCase().replace(INVISIBLE, '').trim()

/** Letters and digits only, as whole characters (𠮷 is one). */
const characters = (text: string): string[] => [...searchKey(text)].filter((char) => /[\p{L}\p{N}]/u.test(char))

/**
 * Overlapping pairs of characters, the search index of Chinese text: most words have two characters, so trigrams miss them.
 * A text of one character gives that character.
 */
export function bigrams(text: string): string[] {
  const found = new Set<string>()
  for (const run of searchKey(text).split(/[^\p{L}\p{N}]+/u)) {
    const chars = [...run]
    if (chars.length === 1 && chars[0]) found.add(chars[0])
    for (let at = 0; at + 1 < chars.length; at += 1) found.add(`${chars[at]}${chars[at + 1]}`)
  }
  return [...found]
}

/** How alike two texts are, 0 to 1: the share of pairs of characters that they have in common (Dice). */
export function similarity(one: string, other: string): number {
  const a = pairs(one)
  const b = pairs(other)
  if (a.length === 0 || b.length === 0)
    return characters(one).join('') === characters(other).join('') && one !== '' ? 1 : 0
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

export const countCharacters = (text: string): number => [...text.trim()].length
