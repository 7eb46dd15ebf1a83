import type { Readable } from 'node:stream'
import { ARCHIVE_LIMITS, type FileKind, type UploadRefusal } from '#domain/records/upload.ts'
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl'
import { type GridLimit, isForeign, readPart } from './part.ts'
import { Refused } from './refused.ts'

/** Judges an Office file (docx, xlsx, pptx) by walking every part of its ZIP before any parser sees it. */

export interface ArchiveVerdict {
  kind: FileKind
  inflated: number
}

export interface ArchiveLimits {
  inflated: number
  grid?: GridLimit
}

const MAIN_PARTS: readonly [string, FileKind][] = [
  ['wordprocessingml.document.main+xml', 'docx'],
  ['spreadsheetml.sheet.main+xml', 'xlsx'],
  ['presentationml.presentation.main+xml', 'pptx'],
]

const MACRO_NAME = /(^|\/)(vba[^/]*\.bin|vbadata\.xml|macrosheets\/|dialogsheets\/|activex\/|ctrlprops\/)/iu
const MACRO_TYPE = /macroenabled|vbaproject|ms-excel\.(intl)?macrosheet|activex\+xml|ms-office\.activex/iu
const EMBEDDED_NAME = /(^|\/)(embeddings\/[^/]|oleobject[^/]*\.bin$)/iu
/** Connections and queries, panes from the web, ribbons: each may fetch or run by itself once the file is open. */
const REACHING_NAME = /(^|\/)(connections\.xml$|querytables\/|webextensions\/|customui\/)/iu
const CONTENT_TYPES = '[content_types].xml'

const OPTIONS = { autoClose: false, lazyEntries: true, strictFileNames: true } as const

export async function judgeArchive(
  source: string | Buffer,
  limits: ArchiveLimits = { inflated: ARCHIVE_LIMITS.inflated },
): Promise<ArchiveVerdict | { refused: UploadRefusal }> {
  let zip: ZipFile | undefined
  try {
    zip = await (typeof source === 'string' ? openPromise(source, OPTIONS) : fromBufferPromise(source, OPTIONS))
    return await walk(zip, limits)
  } catch (error) {
    if (error instanceof Refused) return { refused: error.code }
    return { refused: refusalOf(error) }
  } finally {
    zip?.close()
  }
}

/** yauzl tells its reasons by words only; a lying size is a bomb, a path that climbs is a bad name, the rest is damage. */
function refusalOf(error: unknown): UploadRefusal {
  const words = error instanceof Error ? error.message : ''
  if (/too many bytes in the stream/iu.test(words)) return 'archiveBomb'
  if (/relative path|absolute path|invalid characters in fileName/iu.test(words)) return 'archiveNames'
  return 'brokenArchive'
}

async function walk(zip: ZipFile, { inflated: inflatedLimit, grid }: ArchiveLimits): Promise<ArchiveVerdict> {
  if (zip.entryCount > ARCHIVE_LIMITS.entries) throw new Refused('archiveBomb')
  const entries = await listEntries(zip)
  checkDeclaredSizes(entries, zip.fileSize, inflatedLimit)

  let inflated = 0
  let types = ''
  for (const entry of entries) {
    const name = entry.fileName.toLowerCase()
    const stream = await zip.openReadStreamPromise(entry)
    const part = await readPart(name, limited(stream, entry, inflatedLimit - inflated), grid)
    inflated += part.bytes
    checkRatio(inflated, zip.fileSize)
    if (name === CONTENT_TYPES) types = part.text
  }
  return { kind: kindOf(types), inflated }
}

async function listEntries(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = []
  const names = new Set<string>()
  for await (const entry of zip.eachEntry()) {
    if (entries.length >= ARCHIVE_LIMITS.entries) throw new Refused('archiveBomb')
    const name = entry.fileName.normalize('NFC').toLowerCase()
    if (names.has(name) || /%2e|%2f|%5c/iu.test(name)) throw new Refused('archiveNames')
    names.add(name)
    if (entry.isEncrypted()) throw new Refused('oldOffice')
    if (name.endsWith('/')) continue
    if (MACRO_NAME.test(name)) throw new Refused('macro')
    if (REACHING_NAME.test(name)) throw new Refused('externalLink')
    if (EMBEDDED_NAME.test(name) || isForeign(name)) throw new Refused('nested')
    entries.push(entry)
  }
  return entries
}

/** An honest directory that already confesses a bomb saves us the reading; it is never believed the other way. */
function checkDeclaredSizes(entries: Entry[], fileSize: number, inflatedLimit: number): void {
  const declared = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  const stored = entries.reduce((sum, entry) => sum + entry.compressedSize, 0)
  if (declared > inflatedLimit || stored > fileSize) throw new Refused('archiveBomb')
  checkRatio(declared, fileSize)
}

/** Below one megabyte a ratio says nothing: an empty sheet packs as well as a bomb and harms nobody. */
function checkRatio(inflated: number, packed: number): void {
  if (inflated > 1024 * 1024 && inflated > packed * ARCHIVE_LIMITS.ratio) throw new Refused('archiveBomb')
}

async function* limited(stream: Readable, entry: Entry, limit: number): AsyncGenerator<Buffer> {
  let bytes = 0
  try {
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) continue
      bytes += chunk.length
      if (bytes > limit) throw new Refused('archiveBomb')
      checkRatio(bytes, Math.max(entry.compressedSize, 1))
      yield chunk
    }
  } finally {
    stream.destroy()
  }
}

function kindOf(types: string): FileKind {
  if (MACRO_TYPE.test(types)) throw new Refused('macro')
  const found = MAIN_PARTS.filter(([type]) => types.includes(type))
  const kind = found.length === 1 ? found[0]?.[1] : undefined
  if (!kind) throw new Refused('kindNotAllowed')
  return kind
}
