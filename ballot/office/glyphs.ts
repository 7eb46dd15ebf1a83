import { closeSync, openSync, readSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What everything printed is set in, regular and bold; both have the same signs. */
export const fonts = (): string[] =>
  ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf'].map((file) =>
    fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${file}`)),
  )

type Ranges = readonly (readonly [first: number, last: number])[]

let known: Ranges | undefined

/** Signs of a text that the font cannot draw: Typst would print an empty box for each, on hundreds of slips, and say nothing. */
export function signsWithoutGlyph(text: string): string[] {
  const ranges = (known ??= rangesOf(fonts()[0] ?? ''))
  const lacks = (sign: string) => {
    const point = sign.codePointAt(0) ?? 0
    return !ranges.some(([first, last]) => first <= point && point <= last)
  }
  return [...new Set(text.normalize('NFC'))].filter((sign) => !/[\s\p{Cf}\p{Mn}]/u.test(sign) && lacks(sign))
}

const FULL_UNICODE = 12

/** The characters that a font has glyphs for, read from its `cmap` table alone (OpenType, subtable format 12). */
function rangesOf(path: string): Ranges {
  const file = openSync(path, 'r')
  try {
    const read = (at: number, length: number) => {
      const bytes = Buffer.alloc(length)
      readSync(file, bytes, 0, length, at)
      return bytes
    }
    const head = read(0, 12)
    const tables = read(12, 16 * head.readUInt16BE(4))
    const at = tables.indexOf('cmap')
    const cmap = read(tables.readUInt32BE(at + 8), tables.readUInt32BE(at + 12))
    for (let one = 0; one < cmap.readUInt16BE(2); one += 1) {
      const start = cmap.readUInt32BE(4 + 8 * one + 4)
      if (cmap.readUInt16BE(start) !== FULL_UNICODE) continue
      return Array.from({ length: cmap.readUInt32BE(start + 12) }, (_, group) => [
        cmap.readUInt32BE(start + 16 + 12 * group),
        cmap.readUInt32BE(start + 16 + 12 * group + 4),
      ])
    }
    throw new Error(`${path} has no table of all its characters`)
  } finally {
    closeSync(file)
  }
}
