import { readFile } from 'node:fs/promises'
import type { SheetTable } from '#domain/schools/listTable.ts'
import { SHEET_LIMITS } from '#domain/records/upload.ts'
import type { CellValue, Sheet, Workbook } from 'hucre/xlsx'
import { judgeArchive } from './archive.ts'
import { readCsv, withinLimits } from '../csv.ts'
import { judgeOpenDocument } from './openDocument.ts'
import type { Book } from './tasks.ts'

/** Reads every visible sheet of a table, whatever program wrote it; its first bytes say which. Runs in the worker. */
export async function parseBook(source: string | Uint8Array): Promise<Book> {
  const bytes = Buffer.from(typeof source === 'string' ? await readFile(source) : source)
  if (bytes.length === 0) return { refused: 'empty' }
  const start = bytes.subarray(0, 4).toString('hex')
  try {
    if (start === 'd0cf11e0') return await bookOf(async () => (await import('hucre')).readXls(bytes))
    if (start === '504b0304') return await parseArchive(bytes)
    const read = readCsv(bytes)
    return 'refused' in read ? read : { sheets: [{ name: '', rows: read.rows, hiddenRows: [], merges: [] }] }
  } catch (error) {
    const words = error instanceof Error ? error.message : ''
    if (/encrypt|password/iu.test(words)) return { refused: 'oldOffice' }
    return { refused: /exceed|limit|too (many|large)|maximum/iu.test(words) ? 'sheetTooLarge' : 'brokenArchive' }
  }
}

async function parseArchive(bytes: Buffer): Promise<Book> {
  if (isOpenDocument(bytes)) {
    const judged = await judgeOpenDocument(bytes, SHEET_LIMITS.inflated)
    if ('refused' in judged) return judged
    return bookOf(async () => (await import('hucre/ods')).readOds(bytes))
  }
  const judged = await judgeArchive(bytes, {
    inflated: SHEET_LIMITS.inflated,
    grid: { cells: SHEET_LIMITS.rows * SHEET_LIMITS.columns },
  })
  if ('refused' in judged) return judged
  if (judged.kind !== 'xlsx') return { refused: 'contentDisagrees' }
  const visible = { sheets: (info: { hidden?: boolean; veryHidden?: boolean }) => !info.hidden && !info.veryHidden }
  return bookOf(async () => (await import('hucre/xlsx')).readXlsx(bytes, visible))
}

/** The first part of an OpenDocument file is its type, unpacked, so that the first bytes tell it. */
const isOpenDocument = (bytes: Buffer): boolean =>
  bytes.subarray(30, 38).toString('latin1') === 'mimetype' &&
  bytes.subarray(38, 84).toString('latin1').startsWith('application/vnd.oasis.opendocument.spreadsheet')

async function bookOf(read: () => Promise<Workbook>): Promise<Book> {
  const book = await read()
  const sheets: SheetTable[] = []
  for (const sheet of book.sheets.filter((one) => !one.hidden && !one.veryHidden)) {
    const limited = withinLimits(sheet.rows.map((row) => row.map(textOf)))
    if ('refused' in limited) return limited
    sheets.push({ name: sheet.name, rows: limited.rows, hiddenRows: hiddenRowsOf(sheet), merges: mergesOf(sheet) })
  }
  return sheets.length > 0 ? { sheets } : { refused: 'noSheet' }
}

const hiddenRowsOf = (sheet: Sheet): number[] =>
  [...(sheet.rowDefs ?? [])].filter(([, row]) => row.hidden).map(([at]) => at)

const mergesOf = (sheet: Sheet): SheetTable['merges'] =>
  (sheet.merges ?? []).map(({ startRow, startCol, endRow, endCol }) => ({
    top: startRow,
    left: startCol,
    bottom: Math.min(endRow, startRow + SHEET_LIMITS.rows),
    right: Math.min(endCol, startCol + SHEET_LIMITS.columns),
  }))

function textOf(value: CellValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return dateText(value)
  if (typeof value === 'boolean') return value ? '是' : '否'
  return String(value).trim()
}

/** A cell holds wall-clock time without a zone, which the reader hands over as if it were UTC. */
function dateText(value: Date): string {
  if (Number.isNaN(value.getTime())) return ''
  const [date = '', time = ''] = value.toISOString().split('T')
  return time.startsWith('00:00') ? date : `${date} ${time.slice(0, 5)}`
}
