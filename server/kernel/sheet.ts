import { apart, isUnready } from './files/apart.ts'
import type { Book, Rows } from './files/tasks.ts'
import { type SheetToWrite, writeSheet } from './files/sheetWriter.ts'
import { openHands } from './files/turns.ts'
import { busy, Problem } from './problem.ts'

/** The only door to tables of strangers: reading is guarded and happens in the worker, writing never makes a formula. */

/** Every visible sheet of a table that somebody filled in: XLSX, XLS, ET, ODS or text; the content decides which, not the name. */
export async function readBook(source: string | Uint8Array, owner?: string): Promise<Book> {
  try {
    return await apart('book', { source }, owner)
  } catch (error) {
    if (error instanceof Problem || isUnready(error)) throw error
    return { refused: 'judgeTimeout' }
  }
}

/** The first visible sheet alone. */
export async function readTable(source: string | Uint8Array, owner?: string): Promise<Rows> {
  const book = await readBook(source, owner)
  return 'refused' in book ? book : { rows: (book.sheets[0]?.rows ?? []).map((row) => [...row]) }
}

export { type SheetCell, type SheetColumn, type SheetToWrite, writeSheet } from './files/sheetWriter.ts'

/** A sheet of so few rows is made here in less time than another process would need to take it over. */
const FEW_ROWS = 500
const SHEET_SECONDS = 20

const hands = openHands(1)

/**
 * Writes a workbook without holding up everybody else: a long one in the one process that makes them, one after the other and one at a time
 * for each person (security-14).
 */
export async function writeLongSheet(sheet: SheetToWrite, owner: string): Promise<Buffer> {
  if (sheet.rows.length <= FEW_ROWS) return writeSheet(sheet)
  if (!hands.take(owner)) throw busy(SHEET_SECONDS, '您的上一份表还在导出，请等它下载完再导出这一份。')
  try {
    const { bytes } = await apart('sheet', sheet)
    return Buffer.from(bytes)
  } catch (error) {
    if (error instanceof Problem && error.reasons[0]?.code === 'busy')
      throw busy(SHEET_SECONDS, '现在导出大表的人较多，请过一会儿再导出，或先筛选，少导出一些。')
    // Slower, and better than none.
    if (isUnready(error)) return writeSheet(sheet)
    throw error
  } finally {
    hands.drop(owner)
  }
}
