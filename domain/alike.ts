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
