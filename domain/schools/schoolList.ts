import { columnKeys, optionalColumns, titleOf } from '#domain/schools/listColumns.ts'
import type { Reading } from '#domain/schools/listCells.ts'
import type { ListDoubt, ListMistake } from '#domain/schools/listMistakes.ts'
import { type ListChoices, noChoices, readRow, rowKey, type SchoolListRow } from '#domain/schools/listRow.ts'
import {
  type ListNote,
  type ListTable,
  type ReadColumn,
  readListTable,
  type SheetTable,
  tidy,
} from '#domain/schools/listTable.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { quoted } from '#domain/base/text.ts'

/** The school list as a bureau hands it over: one school a row; header, columns and sheets as they come. */

export interface SheetReading {
  sheet: string
  headerRow: number
  columns: ReadColumn[]
  rows: number
}

export interface SchoolListReading {
  rows: SchoolListRow[]
  mistakes: ListMistake[]
  doubts: ListDoubt[]
  notes: ListNote[]
  sheets: SheetReading[]
}

/** A text file or a table made by us, as a sheet without hidden rows. */
export const plainSheet = (rows: readonly (readonly string[])[]): SheetTable => ({
  name: '',
  rows,
  hiddenRows: [],
  merges: [],
})

/** Reads every sheet and names every mistake and doubt of every row; rows with a mistake are left out of `rows`. */
export function readSchoolList(sheets: readonly SheetTable[], choices: ListChoices = noChoices): SchoolListReading {
  const tables = sheets.map((sheet) => readListTable(sheet, choices.mapping))
  const reading: Reading = { seen: { names: new Map(), codes: new Map() }, mistakes: [], doubts: [] }
  const notes = tables.flatMap((table) => table.notes)
  const used = tables.filter((table) => table.headerRow > 0)
  if (used.length === 0) return { rows: [], notes, sheets: [], doubts: [], mistakes: [nothingIn(sheets)] }
  for (const table of tables)
    if (table.headerRow === 0)
      notes.push({ sheet: table.sheet, row: 0, message: `表${quoted(table.sheet)}里没有找到学校名单的表头，没有读。` })
  const rows = used.flatMap((table) => (isWhole(table, reading) ? readRows(table, choices, { reading, notes }) : []))
  if (used.every((table) => table.rows.length === 0))
    reading.mistakes.push({
      sheet: used[0]?.sheet ?? '',
      row: (used[0]?.headerRow ?? 0) + 1,
      school: '',
      column: '',
      kind: 'noRows',
      message: '表头下面没有学校，请每行填一所学校。',
    })
  return {
    rows,
    mistakes: reading.mistakes,
    doubts: reading.doubts,
    notes,
    sheets: used.map(({ sheet, headerRow, columns, rows: all }) => ({ sheet, headerRow, columns, rows: all.length })),
  }
}

/** The rows without a mistake, but for those that somebody chose to leave out. */
function readRows(
  table: ListTable,
  choices: ListChoices,
  { reading, notes }: { reading: Reading; notes: ListNote[] },
): SchoolListRow[] {
  const left = new Set(choices.left)
  return table.rows.flatMap((row) => {
    if (left.has(rowKey(row))) {
      notes.push({ sheet: row.sheet, row: row.row, message: '按您的选择，这一行不导入。' })
      return []
    }
    const before = reading.mistakes.length
    const read = readRow(row, choices, reading)
    return reading.mistakes.length === before ? [read] : []
  })
}

function nothingIn(sheets: readonly SheetTable[]): ListMistake {
  const isEmpty = sheets.every((sheet) => sheet.rows.every((row) => row.every((cell) => tidy(cell) === '')))
  const at = { sheet: sheets[0]?.name ?? '', row: 0, school: '', column: '' }
  return isEmpty
    ? { ...at, kind: 'emptyFile', message: '文件里没有内容，请检查是否选对了文件。' }
    : { ...at, kind: 'noHeader', message: '没有找到表头。表头那一行要有“学校名称”“学段”等列名，可以照模板整理。' }
}

/** Whether the sheet has every column that a school needs, each once. */
function isWhole({ sheet, headerRow, columns, twice }: ListTable, { mistakes }: Reading): boolean {
  const missing = columnKeys.filter(
    (column) => !optionalColumns.includes(column) && !columns.some((one) => one.column === column),
  )
  for (const column of missing)
    mistakes.push({
      sheet,
      row: headerRow,
      school: '',
      column: titleOf(column),
      kind: 'columnMissing',
      message: `缺少“${titleOf(column)}”这一列，请补上，或在下面指明是哪一列。`,
    })
  for (const column of new Set(twice))
    mistakes.push({
      sheet,
      row: headerRow,
      school: '',
      column: titleOf(column),
      kind: 'columnTwice',
      message: `“${titleOf(column)}”有两列，请在下面指明用哪一列。`,
    })
  return missing.length === 0
}

/** What stands against writing a list: every mistake and every doubt that nobody has looked at, each with its place. */
export const againstApplying = (
  mistakes: readonly ListMistake[],
  doubts: readonly (Omit<ListDoubt, 'kind'> & { accepted: boolean })[],
): Refusal[] =>
  [...mistakes, ...doubts.filter((one) => !one.accepted)].map((one) =>
    refusal('invalid', `${placeInWords(one)}：${one.message}`, { field: `${rowKey(one)}.${one.column}` }),
  )

const placeInWords = ({ sheet, row, column }: { sheet: string; row: number; column: string }): string =>
  `${sheet === '' ? '' : `表${quoted(sheet)}`}${row === 0 ? '' : `第 ${row} 行`}${column === '' ? '' : quoted(column)}` ||
  '文件'
