import { readFile } from 'node:fs/promises'
import { SHEET_LIMITS } from '#domain/upload.ts'
import { type CellValue, readXlsx } from 'hucre/xlsx'
import { judgeArchive } from './archive.ts'
import { withinLimits } from '../csv.ts'
import type { Rows } from './tasks.ts'

/** Reads the first visible sheet of a workbook that the judge has let through. Runs in the worker. */
export async function parseSheet(source: string | Uint8Array): Promise<Rows> {
  const judged = await judgeArchive(typeof source === 'string' ? source : Buffer.from(source), {
    inflated: SHEET_LIMITS.inflated,
    grid: { cells: SHEET_LIMITS.rows * SHEET_LIMITS.columns },
  })
  if ('refused' in judged) return judged
  if (judged.kind !== 'xlsx') return { refused: 'contentDisagrees' }
  const bytes = typeof source === 'string' ? await readFile(source) : source
  try {
    let chosen = false
    const book = await readXlsx(bytes, {
      sheets: (info) => {
        const take = !chosen && !info.hidden && !info.veryHidden
        chosen ||= take
        return take
      },
    })
    const sheet = book.sheets[0]
    return sheet ? withinLimits(sheet.rows.map((row) => row.map(textOf))) : { refused: 'noSheet' }
  } catch (error) {
    const words = error instanceof Error ? error.message : ''
    return { refused: /exceed|limit|too (many|large)|maximum/iu.test(words) ? 'sheetTooLarge' : 'brokenArchive' }
  }
}

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
