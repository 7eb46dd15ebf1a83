import { keysOf } from '#domain/base/record.ts'
import { quoted } from '#domain/base/text.ts'
import { listColumns, type ListColumn } from '#domain/schools/listColumns.ts'

/** A sheet as its file holds it; rows and columns count from 0. */
export interface SheetTable {
  /** The name of the sheet; empty for a text file. */
  name: string
  rows: readonly (readonly string[])[]
  hiddenRows: readonly number[]
  merges: readonly { top: number; left: number; bottom: number; right: number }[]
}

export interface ListNote {
  sheet: string
  /** As a spreadsheet counts; 0 speaks of the whole sheet. */
  row: number
  message: string
}

/** A column of the file: its title and what it is taken for. */
export interface ReadColumn {
  title: string
  column: ListColumn | null
}

export interface TableRow {
  sheet: string
  /** As a spreadsheet counts them: the first is 1. */
  row: number
  hidden: boolean
  /** Something stands to the right of the last title. */
  overflow: boolean
  cells: ReadonlyMap<ListColumn, string>
}

export interface ListTable {
  sheet: string
  /** 0 when no header was found. */
  headerRow: number
  columns: ReadColumn[]
  twice: ListColumn[]
  rows: TableRow[]
  notes: ListNote[]
}

/** Titles that somebody has said the meaning of; an empty meaning leaves the column out. */
export type ListMapping = Readonly<Record<string, ListColumn | ''>>

const HEADER_WITHIN = 30
const TITLES_OF_A_HEADER = 3
const TOTAL = /^(合计|总计|小计|共计)/
const SIGNATURE = /^(制表|填表|填报|审核|审批|负责人|联系人|联系电话|单位公章|公章|盖章|备注|说明|注[:：])/

/** A title as people mean it: without line breaks, spaces, brackets, stars and colons. */
const titleKey = (title: string): string =>
  tidy(title)
    .replace(/[\s*＊:：]/g, '')
    .replace(/[（(【[].*?[)）\]】]/g, '')

/** Finds the header wherever it stands and reads the rows below it; what is passed over is told in a note, never silently. */
export function readListTable(sheet: SheetTable, mapping: ListMapping): ListTable {
  const rows = filledDown(sheet)
  const meaning = (title: string): ListColumn | null => {
    const key = titleKey(title)
    const said = mapping[key]
    return said === undefined ? columnOf(key) : said || null
  }
  const header = findHeader(rows, meaning)
  const table: ListTable = { sheet: sheet.name, headerRow: 0, columns: [], twice: [], rows: [], notes: [] }
  if (!header) return table
  const places = new Map<ListColumn, number>()
  for (const [at, title] of header.titles.entries()) {
    if (titleKey(title) === '') continue
    const column = meaning(title)
    table.columns.push({ title: titleKey(title), column })
    if (column && places.has(column)) table.twice.push(column)
    else if (column) places.set(column, at)
  }
  table.headerRow = header.last + 1
  for (let at = 0; at < header.first; at += 1)
    if (isFilled(rows[at])) note(table, at, `${quoted(firstOf(rows[at]).slice(0, 30))}在表头上面，没有读。`)
  const ignored = table.columns.filter((one) => !one.column && mapping[one.title] !== '').map((one) => one.title)
  if (ignored.length > 0) note(table, header.last, `${ignored.map(quoted).join('')}不是名单用的列，没有读。`)
  readRows({ sheet, rows, table, places, from: header.last + 1, width: header.titles.length })
  return table
}

const note = (table: ListTable, at: number, message: string) =>
  table.notes.push({ sheet: table.sheet, row: at + 1, message })

interface Body {
  sheet: SheetTable
  rows: readonly (readonly string[])[]
  table: ListTable
  places: ReadonlyMap<ListColumn, number>
  from: number
  width: number
}

function readRows({ sheet, rows, table, places, from, width }: Body): void {
  const last = rows.findLastIndex(isFilled)
  const blank: number[] = []
  let zone = ''
  for (let at = from; at <= last; at += 1) {
    const row = rows[at] ?? []
    if (!isFilled(row)) {
      blank.push(at + 1)
      continue
    }
    const first = tidy(firstOf(row)).replaceAll(' ', '')
    if (TOTAL.test(first)) {
      note(table, at, '这一行是合计，没有读。')
      continue
    }
    if (SIGNATURE.test(first) && !row.some((cell) => /^\d{10}$/.test(tidy(cell)))) {
      note(table, at, `${quoted(firstOf(row).slice(0, 30))}是表尾的说明，没有读。`)
      continue
    }
    const cells = new Map([...places].map(([column, place]) => [column, row[place] ?? '']))
    const own = tidy(cells.get('zone') ?? '')
    if (own !== '') zone = own
    else if (zone !== '' && places.has('zone')) {
      cells.set('zone', zone)
      note(table, at, `片区空着，按上面的${quoted(zone)}读。`)
    }
    const overflow = row.slice(width).some((cell) => tidy(cell) !== '')
    table.rows.push({ sheet: sheet.name, row: at + 1, hidden: sheet.hiddenRows.includes(at), overflow, cells })
  }
  if (blank.length > 0)
    table.notes.push({ sheet: sheet.name, row: blank[0] ?? 0, message: `空行没有读：第 ${blank.join('、')} 行。` })
}

/** A merged cell stands for all the cells that it covers. */
function filledDown(sheet: SheetTable): readonly (readonly string[])[] {
  if (sheet.merges.length === 0) return sheet.rows
  const rows = sheet.rows.map((row) => [...row])
  for (const { top, left, bottom, right } of sheet.merges)
    for (let row = top; row <= Math.min(bottom, rows.length - 1); row += 1)
      for (let column = left; column <= right; column += 1) {
        const cells = rows[row]
        if (!cells) continue
        while (cells.length <= column) cells.push('')
        cells[column] = sheet.rows[top]?.[left] ?? ''
      }
  return rows
}

interface Header {
  first: number
  last: number
  titles: string[]
}

function findHeader(
  rows: readonly (readonly string[])[],
  meaning: (title: string) => ListColumn | null,
): Header | undefined {
  const known = (titles: readonly string[]) => new Set(titles.map(meaning).filter(Boolean)).size
  let best: Header | undefined
  let most = TITLES_OF_A_HEADER - 1
  for (let at = 0; at < Math.min(rows.length, HEADER_WITHIN); at += 1) {
    const titles = [...(rows[at] ?? [])]
    const two = joined(titles, rows[at + 1] ?? [], meaning)
    const single = known(titles)
    const double = known(two)
    // A second line of titles adds columns that the first does not name; a school's row adds none.
    if (single > most) [most, best] = [single, { first: at, last: at, titles: trimmed(titles) }]
    if (single > 0 && double > Math.max(single, most))
      [most, best] = [double, { first: at, last: at + 1, titles: trimmed(two) }]
  }
  return best
}

/** Titles in two lines, “人数” over “党员” and “学生”: whichever reading of a column is known. */
function joined(
  upper: readonly string[],
  lower: readonly string[],
  meaning: (title: string) => ListColumn | null,
): string[] {
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, at) => {
    const [over, under] = [upper[at] ?? '', lower[at] ?? '']
    return [over, under, `${under}${over}`, `${over}${under}`].find((title) => meaning(title)) ?? over
  })
}

const trimmed = (titles: readonly string[]): string[] =>
  titles.slice(0, titles.findLastIndex((title) => titleKey(title) !== '') + 1)

const columnsByTitle = new Map(
  keysOf(listColumns).flatMap((column) => listColumns[column].map((title) => [title as string, column] as const)),
)

const columnOf = (title: string): ListColumn | null => columnsByTitle.get(title) ?? null
const isFilled = (row: readonly string[] | undefined): boolean => row?.some((cell) => tidy(cell) !== '') ?? false
const firstOf = (row: readonly string[] | undefined): string => row?.find((cell) => tidy(cell) !== '') ?? ''

/** Cells as people mean them: full-width digits and letters become plain ones, spaces at the ends go. */
export function tidy(cell: string): string {
  return cell
    .replace(/[！-～]/g, (char) =>
      /[０-９Ａ-Ｚａ-ｚ．－，]/.test(char) ? String.fromCharCode(char.charCodeAt(0) - 0xfee0) : char,
    )
    .replaceAll('\u3000', ' ')
    .replaceAll('\ufeff', '')
    .trim()
}
