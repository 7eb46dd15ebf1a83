import { SHEET_LIMITS } from '#domain/records/upload.ts'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import type { Rows } from './files/tasks.ts'

/** Comma-separated text as Chinese offices really exchange it: UTF-8 with or without BOM, GB18030, or Excel's UTF-16. */
export function readCsv(bytes: Uint8Array): Rows {
  const text = decode(bytes)
  if (text === undefined) return { refused: 'brokenText' }
  const firstLine = text.slice(0, text.search(/[\r\n]|$/u))
  // A sheet saved with another country's settings parts its cells with semicolons.
  const delimiter = [',', '\t', ';'].find((one) => firstLine.includes(one)) ?? ','
  try {
    const rows: string[][] = parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: false,
      skip_empty_lines: false,
      to: SHEET_LIMITS.rows + 1,
    })
    return withinLimits(rows.map((row) => row.map((cell) => cell.trim())))
  } catch {
    return { refused: 'brokenText' }
  }
}

function decode(bytes: Uint8Array): string | undefined {
  const labels =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? ['utf-16le']
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? ['utf-16be']
        : ['utf-8', 'gb18030']
  for (const label of labels) {
    try {
      const text = new TextDecoder(label, { fatal: true }).decode(bytes)
      return text.includes('\u0000') ? undefined : text
    } catch {
      // Not this encoding: bytes of GB18030 are practically never well-formed UTF-8, so the order decides rightly.
    }
  }
  return undefined
}

/** Drops what is empty at the right and at the bottom, then holds the table to the limits. */
export function withinLimits(rows: string[][]): Rows {
  const trimmed = rows.map((row) => row.slice(0, row.findLastIndex((cell) => cell !== '') + 1))
  const used = trimmed.slice(0, trimmed.findLastIndex((row) => row.length > 0) + 1)
  const tooLarge = used.length > SHEET_LIMITS.rows || used.some((row) => row.length > SHEET_LIMITS.columns)
  return tooLarge ? { refused: 'sheetTooLarge' } : { rows: used }
}

export type CsvCell = string | number | null | undefined

/** With BOM, since Excel takes a file without one for GBK and shows garbage; without header it continues a file that has both. */
export function writeCsv(header: readonly string[] | null, rows: readonly (readonly CsvCell[])[]): Buffer {
  const table = [...(header ? [header] : []), ...rows].map((row) => row.map(cellText))
  return Buffer.from(stringify(table, { bom: header !== null, record_delimiter: '\r\n' }), 'utf8')
}

function cellText(value: CsvCell): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'number' ? String(value) : guarded(value)
}

/** A spreadsheet runs text that starts like a formula, also behind spaces and in full-width signs; a quote mark stops it. */
function guarded(text: string): string {
  if (/^-\d+(\.\d+)?$/u.test(text)) return text
  return /^[\s\u3000]*[=+\-@|＝＋－＠｜]|^[\t\r\n]/u.test(text) ? `'${text}` : text
}
