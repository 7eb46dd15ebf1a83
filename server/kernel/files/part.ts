import { ARCHIVE_LIMITS, type UploadRefusal } from '#domain/records/upload.ts'
import { checkFields, checkFormulas, fieldCodes } from './codes.ts'
import { Refused } from './refused.ts'
import { checkRelationships } from './relations.ts'

/** Reads one part of an Office file as a stream and looks for what attacks a reader. */

export interface Part {
  bytes: number
  /** Kept only for the small parts whose whole text is needed: the content types and the relationships. */
  text: string
}

const FOREIGN_NAME =
  /\.(zip|rar|7z|gz|docx?|docm|xlsx?|xlsm|xlsb|pptx?|pptm|exe|dll|js|vbs|bat|cmd|ps1|hta|lnk|jar|html?)$/iu
export const isForeign = (name: string): boolean => FOREIGN_NAME.test(name)

const MAGICS: readonly [string, UploadRefusal][] = [
  ['504b0304', 'nested'],
  ['504b0506', 'nested'],
  ['d0cf11e0', 'nested'],
  ['4d5a', 'nested'],
  ['7f454c46', 'nested'],
  ['526172211a07', 'nested'],
  ['377abcaf271c', 'nested'],
  ['1f8b08', 'nested'],
]

/** UTF-32 in both orders, with and without its mark, and EBCDIC: no reader of the bytes below would see what they say. */
const STRANGE_ENCODINGS = ['0000feff', 'fffe0000', '0000003c', '3c000000', '4c6fa794']

export async function readPart(name: string, chunks: AsyncIterable<Buffer>, grid?: GridLimit): Promise<Part> {
  const whole = name === '[content_types].xml' || name.endsWith('.rels')
  const watch = watchXml(grid)
  let bytes = 0
  let text = ''
  let decoder: TextDecoder | undefined
  let head: Buffer | undefined = Buffer.alloc(0)

  const read = (chunk: Buffer, last: boolean) => {
    if (!decoder) return
    const piece = decoder.decode(chunk, { stream: !last })
    watch.see(piece, last)
    if (!whole) return
    text += piece
    if (text.length > ARCHIVE_LIMITS.partText) throw new Refused('archiveBomb')
  }

  for await (const chunk of chunks) {
    bytes += chunk.length
    if (!head) {
      read(chunk, false)
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.length < 64) continue
    decoder = decoderFor(name, head)
    read(head, false)
    head = undefined
  }
  if (head) {
    decoder = decoderFor(name, head)
    read(head, false)
  }
  read(Buffer.alloc(0), true)
  if (name.endsWith('.rels')) checkRelationships(text)
  return { bytes, text }
}

/** A decoder when the part is XML, whatever it is called; a part that is another file inside is refused. */
function decoderFor(name: string, head: Buffer): TextDecoder | undefined {
  const hex = head.subarray(0, 8).toString('hex')
  for (const [magic, code] of MAGICS) if (hex.startsWith(magic)) throw new Refused(code)
  if (STRANGE_ENCODINGS.some((start) => hex.startsWith(start))) throw new Refused('xmlEntities')
  if (hex.startsWith('fffe') || hex.startsWith('3c00')) return new TextDecoder('utf-16le')
  if (hex.startsWith('feff') || hex.startsWith('003c')) return new TextDecoder('utf-16be')
  const start = head
    .toString('latin1', 0, 1000)
    .replace(/^\u00ef\u00bb\u00bf/u, '')
    .trimStart()
  if (!start.startsWith('<') && !/\.(xml|rels|vml)$/u.test(name)) return undefined
  const declared = /^<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']/iu.exec(start)?.[1]?.toLowerCase()
  // Another encoding could spell DOCTYPE in bytes that this reading does not see, and OPC allows only these.
  if (declared && !['utf-8', 'utf8', 'us-ascii'].includes(declared)) throw new Refused('xmlEntities')
  return new TextDecoder('utf-8')
}

/** In every pattern an attribute list is `[^<]*?`: XML has no `<` inside a tag, so a hundred thousand open tags cost no more than their letters. */
const CELL_PLACE = /<(?:[\w.-]+:)?(?:c|row)\s[^<]*?\br\s*=\s*["']([a-z]{0,3})(\d{1,9})["']/giu

const columnNumber = (letters: string): number =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

const CARRY_LIMIT = 1024 * 1024

/** Looks through text piece by piece, cutting only before a tag, so that nothing hides on the seam. */
/** How many cells the rectangle around a sheet may hold: a reader pays for all of it, however few are filled. */
export interface GridLimit {
  cells: number
}

function watchXml(grid: GridLimit | undefined) {
  let rows = 1
  let columns = 1
  const measure = (text: string, limit: GridLimit) => {
    for (const [, column = '', row] of text.matchAll(CELL_PLACE)) {
      rows = Math.max(rows, Number(row))
      columns = Math.max(columns, columnNumber(column))
    }
    if (rows * columns > limit.cells) throw new Refused('sheetTooLarge')
  }
  let rest = ''
  let instructions = ''
  const look = (text: string) => {
    if (grid) measure(text, grid)
    if (/<!(doctype|entity)/iu.test(text)) throw new Refused('xmlEntities')
    if (/<(?:[\w.-]+:)?(ddelink|olelink)\b/iu.test(text)) throw new Refused('dde')
    if (/<(?:[\w.-]+:)?(oleobject|control)\s[^<]*?r:id\s*=/iu.test(text)) throw new Refused('nested')
    if (/<(?:[\w.-]+:)?DataMashup[\s>]/iu.test(text)) throw new Refused('externalLink')
    checkFormulas(text)
    instructions = (instructions + fieldCodes(text)).slice(-65_536)
    checkFields(instructions)
  }
  return {
    see(piece: string, last: boolean) {
      const text = rest + piece
      const cut = last ? text.length : text.lastIndexOf('<')
      const at = cut > 0 ? cut : text.length > CARRY_LIMIT ? text.length - 1024 : 0
      if (at > 0) look(text.slice(0, at))
      rest = text.slice(at)
    },
  }
}
