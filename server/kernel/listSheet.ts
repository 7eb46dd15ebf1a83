import { refuse } from './problem.ts'
import { type Exchange, sendDocument } from './routes.ts'
import { type SheetCell, type SheetColumn, writeLongSheet } from './sheet.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A column of a list that is saved as a workbook: its heading, and beside it what stands below. */
export interface ListSheetColumn<Row> extends SheetColumn {
  of(row: Row, index: number): SheetCell
}

/** More rows than anybody reads in one sheet; making them would also hold up everybody else. */
export const MOST_ROWS = 20_000

/** To be asked before the rows are read; `narrow` says by what the list can be made shorter. */
export function demandReadable(total: number, narrow = '请先筛选。'): void {
  if (total > MOST_ROWS) throw refuse('tooLarge', `符合条件的有 ${total} 条，一次最多导出 ${MOST_ROWS} 条。${narrow}`)
}

/** Sends rows as a workbook named by its title and the day, or by `name`. */
export async function sendListSheet<Row>(
  { reply, look }: Exchange,
  list: { title: string; name?: string; rows: readonly Row[]; columns: readonly ListSheetColumn<Row>[] },
) {
  const { title, columns, name = `${title}-${look.today}` } = list
  const rows = list.rows.map((row, index) => columns.map((column) => column.of(row, index)))
  // What a column computes stays here; the other process needs its heading, width and kind.
  const shown = columns.map(({ header, width, kind }) => ({ header, width, kind }))
  const body = await writeLongSheet({ title, columns: shown, rows }, look.actor.personId ?? look.actor.name)
  return sendDocument(reply, { name: `${name}.xlsx`, mime: XLSX, body })
}
