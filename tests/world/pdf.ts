import { inflateSync } from 'node:zlib'

/** As much of PDF as Typst writes: enough to read from the file itself what it prints. */
export interface PdfPage {
  /** In the order of drawing. */
  runs: PdfRun[]
  /** Their texts. */
  texts: string[]
  /** QR codes: filled paths on a grid of whole modules. Lengths in millimetres, from the top left corner of the page. */
  codes: PdfCode[]
}

/** Glyphs on one line; lengths in millimetres from the top left corner of the page, `top` to the line that the letters stand on. */
export interface PdfRun {
  text: string
  left: number
  top: number
  size: number
}

export interface PdfCode {
  left: number
  top: number
  /** Length of a module's side. */
  module: number
  /** Dark modules, as `x,y`, counted from `left` and `top`. */
  dark: Set<string>
}

const MILLIMETRE = 72 / 25.4
const PAGE_HEIGHT = 841.8898

export function readPdf(pdf: Uint8Array): PdfPage[] {
  const objects = objectsOf(Buffer.from(pdf).toString('latin1'))
  const body = (id: string | undefined): string => objects.get(id ?? '') ?? ''
  return [...objects.values()]
    .filter((object) => /\/Type \/Page\n/.test(object))
    .map((page) => {
      const fonts = new Map(
        [...page.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name, id]) => [
          name,
          signsOf(streamOf(body(/\/ToUnicode (\d+)/.exec(body(id))?.[1]))),
        ]),
      )
      const content = streamOf(body(/\/Contents (\d+)/.exec(page)?.[1]))
      const runs = runsOf(content, fonts)
      return { runs, texts: runs.map((run) => run.text), codes: codesOf(content) }
    })
}

const objectsOf = (file: string): Map<string, string> =>
  new Map([...file.matchAll(/(\d+) 0 obj\n([^]*?)\nendobj/g)].map(([, id, text]) => [id ?? '', text ?? '']))

function streamOf(object: string): string {
  const raw = /stream\n([^]*)\nendstream/.exec(object)?.[1] ?? ''
  return object.includes('/FlateDecode') ? inflateSync(Buffer.from(raw, 'latin1')).toString('latin1') : raw
}

/** Which character each glyph stands for. */
function signsOf(map: string): Map<number, string> {
  const text = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le')
  return new Map(
    [...map.matchAll(/^<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>$/gm)].map(([, glyph = '', sign = '']) => [
      Number.parseInt(glyph, 16),
      text(sign),
    ]),
  )
}

function runsOf(content: string, fonts: ReadonlyMap<string | undefined, Map<number, string>>): PdfRun[] {
  return [...content.matchAll(/([-\d.]+) ([-\d.]+) cm\n(?:\/c0 cs\n[\d.]+ scn\n)?BT\n([^]*?)\nET\n/g)].map(
    ([, x, y, run = '']) => {
      const [, font, size] = /\/(f\d+) ([\d.]+) Tf/.exec(run) ?? []
      const shown = [...run.matchAll(/^([^]*?) T[jJ]$/gm)].flatMap(([, piece = '']) => glyphsOf(piece))
      return {
        text: shown.map((glyph) => fonts.get(font)?.get(glyph) ?? '').join(''),
        left: Number(x) / MILLIMETRE,
        top: (PAGE_HEIGHT - Number(y)) / MILLIMETRE,
        size: Number(size) / MILLIMETRE,
      }
    },
  )
}

/** Two bytes for each glyph, in `<hex>` or `(literal)` strings. */
function glyphsOf(operand: string): number[] {
  const bytes = bytesOf(operand)
  return Array.from({ length: bytes.length / 2 }, (_, at) => ((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0))
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** Brackets inside a literal need no escape while they come in pairs. */
function bytesOf(operand: string): number[] {
  const bytes: number[] = []
  let depth = 0
  for (const [token, hex, octal, escaped] of operand.matchAll(/<([0-9A-Fa-f]*)>|\\([0-7]{1,3})|\\([^])|[^]/g)) {
    const outside = depth === 0
    if (token === ')') depth -= 1
    if (outside && hex !== undefined) bytes.push(...Buffer.from(hex, 'hex'))
    else if (!outside && depth > 0) {
      if (octal !== undefined) bytes.push(Number.parseInt(octal, 8))
      else bytes.push(...Buffer.from(escaped === undefined ? token : (escapes[escaped] ?? escaped), 'latin1'))
    }
    if (token === '(') depth += 1
  }
  return bytes
}

function codesOf(content: string): PdfCode[] {
  const drawn = /\n([\d.]+) 0 0 -\1 ([\d.]+) ([\d.]+) cm\n\/c0 cs\n0 scn\n((?:\d+ \d+ [ml]\n|h\n)+)f\n/g
  return [...content.matchAll(drawn)].map(([, scale, x, y, path = '']) => ({
    left: Number(x) / MILLIMETRE,
    top: (PAGE_HEIGHT - Number(y)) / MILLIMETRE,
    module: Number(scale) / MILLIMETRE,
    dark: new Set(
      [...path.matchAll(/(\d+) (\d+) m\n(\d+) \2 l\n/g)].flatMap(([, from, row, to]) =>
        Array.from({ length: Number(to) - Number(from) }, (_, at) => `${Number(from) + at},${row}`),
      ),
    ),
  }))
}
