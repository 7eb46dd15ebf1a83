const FULL_WIDTH = 0xfee0

/**
 * The characters that people may type for one: upper and lower case, half and full width, so that a search for `vr3` finds `ＶＲ３`.
 * The first one given is among them.
 */
export function alikes(char: string): string[] {
  const half = char === '\u3000' ? ' ' : char.normalize('NFKC')
  const forms = new Set<string>([char])
  for (const one of [half, half.toLowerCase(), half.toUpperCase()]) {
    if ([...one].length !== 1) continue
    forms.add(one)
    const code = one.codePointAt(0) ?? 0
    if (code === 0x20) forms.add('\u3000')
    if (code > 0x20 && code < 0x7f) forms.add(String.fromCodePoint(code + FULL_WIDTH))
  }
  return [...forms]
}

/** More words than anybody types are a flood; what comes after them does not narrow the search. */
const WORDS_AT_MOST = 8

/** The words of a search box; each must be found. */
export const wordsOf = (words: string): string[] =>
  words
    .normalize('NFC')
    .split(/[\s\u3000]+/u)
    .filter(Boolean)
    .slice(0, WORDS_AT_MOST)

/** Whether each of the words stands in the text, whatever its case and width: what `contains` asks of a database, for what is at hand. */
export function holdsWords(text: string, words: string): boolean {
  const chars = [...text]
  const standsAt = (forms: readonly string[][], at: number) =>
    forms.every((alike, offset) => alike.includes(chars[at + offset] ?? ''))
  return wordsOf(words).every((word) => {
    const forms = Array.from(word, alikes)
    return chars.some((_, at) => standsAt(forms, at))
  })
}
