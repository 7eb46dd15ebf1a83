export interface SheetColumn {
  header: string
  /** In characters; a Chinese character takes two. */
  width: number
  /** `score` takes whole hundredths and shows points with two decimals, a number to reckon with. */
  kind: 'text' | 'number' | 'score' | 'date'
}
export type SheetCell = string | number | null | undefined

export interface SheetToWrite {
  title: string
  columns: readonly SheetColumn[]
  rows: readonly (readonly SheetCell[])[]
}

const FORMATS = { text: '@', number: 'General', score: '0.00', date: 'yyyy-mm-dd' } as const
const FONT = { name: '宋体', size: 11 } as const
const CELL_LIMIT = 32_767

export async function writeSheet({ title, columns, rows }: SheetToWrite): Promise<Buffer> {
  // Loaded with the first export: seventy modules that a start need not wait for.
  const { writeXlsx } = await import('hucre/xlsx')
  const table = [
    columns.map((column) => column.header),
    ...rows.map((row) => columns.map((column, i) => cellOf(column.kind, row[i]))),
  ]
  const headerStyle = { font: { ...FONT, bold: true }, numFmt: FORMATS.text }
  const cells = new Map(columns.map((column, i) => [`0,${i}`, { value: plainText(column.header), style: headerStyle }]))
  const bytes = await writeXlsx({
    defaultFont: FONT,
    sheets: [
      {
        name: sheetName(title),
        columns: columns.map((column) => ({ width: column.width, numFmt: FORMATS[column.kind] })),
        rows: table,
        cells,
        freezePane: { rows: 1 },
      },
    ],
  })
  return Buffer.from(bytes)
}

function cellOf(kind: SheetColumn['kind'], value: SheetCell): string | number | Date | null {
  if (value === null || value === undefined || value === '') return null
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value) ? value : plainText(String(value))
  if (kind === 'score' && typeof value === 'number') return value / 100
  const text = plainText(String(value))
  return kind === 'date' && /^\d{4}-\d{2}-\d{2}$/u.test(text) ? new Date(`${text}T00:00:00Z`) : text
}

/** XML has no place for control characters and half pairs; one of them would make the whole file unreadable. */
function plainText(text: string): string {
  const clean = text.toWellFormed().replace(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, '')
  return clean.length > CELL_LIMIT ? clean.slice(0, CELL_LIMIT).toWellFormed() : clean
}

const sheetName = (title: string): string =>
  [...title.replace(/[[\]:*?/\\']|\p{Cc}/gu, ' ').trim()].slice(0, 31).join('').trim() || '表'
