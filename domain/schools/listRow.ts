import {
  columnKeys,
  isVacant,
  type ListColumn,
  ownershipOf,
  ownerships,
  partyKindOf,
  partyKinds,
  stageOf,
  stages,
  titleOf,
} from '#domain/schools/listColumns.ts'
import {
  checkCode,
  checkName,
  checkNumber,
  checkOrder,
  checkPhone,
  checkSecretary,
  checkText,
  checkZone,
  type Doubt,
  doubtCounts,
  meant,
  type Reading,
  type Wrong,
} from '#domain/schools/listCells.ts'
import { type ListMapping, type TableRow, tidy } from '#domain/schools/listTable.ts'
import type { SchoolFacts } from '#domain/schools/school.ts'
import { quoted } from '#domain/base/text.ts'

/** A school as a row of the list tells it. */
export interface SchoolListRow extends SchoolFacts {
  sheet: string
  row: number
  zone: string
  /** Nothing where the list has no such column or cell. */
  clerkName: string | null
}

/** What a person has said on the page about this file. */
export interface ListChoices {
  mapping: ListMapping
  /** Cells as mended on the page, by `cellKey`. */
  cells: Readonly<Record<string, string>>
  /** Rows to leave out, by `rowKey`. */
  left: readonly string[]
}

export const noChoices: ListChoices = { mapping: {}, cells: {}, left: [] }
export const rowKey = (at: { sheet: string; row: number }): string => `${at.sheet}!${at.row}`
export const cellKey = (at: { sheet: string; row: number }, column: ListColumn): string => `${rowKey(at)}.${column}`

/** The cells of one row, as mended on the page where they were, and how to name what is wrong with them. */
interface Cells {
  table: TableRow
  raw: (column: ListColumn) => string
  value: (column: ListColumn) => string
  wrong: Wrong
  doubt: Doubt
}

function cellsOf(table: TableRow, choices: ListChoices, reading: Reading): Cells {
  const at = { sheet: table.sheet, row: table.row }
  const raw = (column: ListColumn) => choices.cells[cellKey(at, column)] ?? table.cells.get(column) ?? ''
  const value = (column: ListColumn) => tidy(raw(column))
  const place = (column: ListColumn | '') => ({
    ...at,
    school: value('name').slice(0, 60),
    column: column === '' ? '' : titleOf(column),
  })
  return {
    table,
    raw,
    value,
    wrong: (column, kind, message) => reading.mistakes.push({ ...place(column), kind, message }),
    doubt: (column, kind, message) => reading.doubts.push({ ...place(column), kind, message }),
  }
}

/** Reads a row and names every mistake and doubt of it; it is whole only when no mistake was added. */
export function readRow(table: TableRow, choices: ListChoices, reading: Reading): SchoolListRow {
  const cells = cellsOf(table, choices, reading)
  const { value, wrong, doubt } = cells
  if (table.hidden) doubt('', 'hiddenRow', '这一行在文件里是隐藏的。要导入请确认，不要就选“不导入这一行”。')
  if (table.overflow) wrong('', 'tooManyCells', '这一行的内容超出了表头，可能错了一格，请核对。')
  for (const column of columnKeys) checkText(column, cells.raw(column), wrong)
  const name = value('name')
  checkName(name, table, reading, wrong)
  const { stage, ownership, partyKind } = readKinds(cells)
  const zone = checkZone(value('zone').replace(/\s/g, ''), wrong)
  const code = checkCode(value('code'), stage, table, { ...reading, wrong, doubt })
  if (partyKind === '未建') doubt('partyKind', 'noBranch', '没有单独的党组织：书记一栏填党建指导员，由他代行职责。')
  const secretaryName = checkSecretary(value('secretary'), partyKind, wrong, doubt)
  const counts = {
    memberCount: checkNumber('members', value('members'), wrong),
    staffCount: checkNumber('staff', value('staff'), wrong),
    studentCount: checkNumber('students', value('students'), wrong),
  }
  doubtCounts(counts, doubt)
  const contactPhone = checkPhone(value('phone'), wrong)
  const clerkName = isVacant(value('clerk')) ? null : value('clerk')
  const sortOrder = checkOrder(value('order'), wrong)
  const record = { name, stage, ownership, zone, code, partyKind, secretaryName, ...counts, contactPhone, sortOrder }
  return { sheet: table.sheet, row: table.row, ...record, clerkName }
}

/** The cells that hold one of a few words. */
function readKinds({ value, wrong }: Cells) {
  const stage = meant(value('stage'), stageOf, (found) =>
    wrong('stage', 'stageUnknown', `学段${quoted(found)}不对，请填：${stages.join('、')}。`),
  )
  const ownership = meant(value('ownership'), ownershipOf, (found) =>
    wrong('ownership', 'ownershipUnknown', `办学性质${quoted(found)}不对，请填${ownerships.join('或')}。`),
  )
  const partyKind = meant(value('partyKind'), partyKindOf, (found) =>
    wrong('partyKind', 'partyKindUnknown', `党组织类型${quoted(found)}不对，请填：${partyKinds.join('、')}。`),
  )
  return { stage, ownership, partyKind }
}
