import {
  columnKeys,
  isVacant,
  type ListColumn,
  optionalColumns,
  ownershipOf,
  ownerships,
  partyKindOf,
  PHONE,
  partyKinds,
  stageOf,
  stages,
  titleOf,
} from '#domain/schools/listColumns.ts'
import {
  type ListMapping,
  type ListNote,
  type ListTable,
  type ReadColumn,
  readListTable,
  type SheetTable,
  type TableRow,
  tidy,
} from '#domain/schools/listTable.ts'
import { quoted, searchKey, tooLong } from '#domain/base/text.ts'

/** The school list as a bureau hands it over: one school a row; header, columns and sheets as they come. */

/** Every kind of mistake that the reader names: nothing is written until it is mended. */
export const mistakeKinds = {
  emptyFile: '文件是空的',
  noHeader: '没有找到表头',
  noRows: '只有表头，没有学校',
  columnMissing: '缺少必需的列',
  columnTwice: '同一列出现两次',
  tooManyCells: '这一行的内容超出了表头',
  nameMissing: '学校名称为空',
  nameTooLong: '学校名称过长',
  nameTwice: '学校名称重复',
  stageUnknown: '学段不在可选范围',
  ownershipUnknown: '办学性质不在可选范围',
  zoneMissing: '片区为空',
  zoneTooLong: '片区名称过长',
  codeWrong: '学校标识码不是 10 位数字',
  codeTwice: '学校标识码重复',
  partyKindUnknown: '党组织类型不在可选范围',
  secretaryWrong: '书记姓名不像姓名',
  numberMissing: '人数为空',
  numberWrong: '人数不是数字',
  numberNegative: '人数为负',
  numberDecimal: '人数带小数',
  numberTooLarge: '人数过大',
  phoneWrong: '电话不像电话',
  formulaText: '像公式的内容',
  formulaError: '公式出错',
  controlCharacter: '含有看不见的字符',
} as const

/** What may well be true and still deserves a look: a person says so, row by row. */
export const doubtKinds = {
  hiddenRow: '文件里隐藏的行',
  codeAgainstStage: '标识码首位与学段不符',
  secretaryVacant: '书记空缺',
  noBranch: '没有单独的党组织',
  membersOverStaff: '党员多于教职工',
  staffZero: '教职工为 0',
  studentsZero: '学生为 0',
} as const

export type MistakeKind = keyof typeof mistakeKinds
export type DoubtKind = keyof typeof doubtKinds | 'nearSchool' | 'nearZone' | 'codeAgainstName'

export interface ListMistake {
  sheet: string
  /** Row as a spreadsheet counts it; 0 speaks of the sheet. */
  row: number
  /** As the row names it; empty where it names none. */
  school: string
  column: string
  kind: MistakeKind
  message: string
}

export interface ListDoubt {
  sheet: string
  row: number
  school: string
  column: string
  kind: DoubtKind
  message: string
}

export interface SchoolListRow {
  sheet: string
  row: number
  name: string
  stage: string
  ownership: string
  zone: string
  code: string | null
  partyKind: string
  /** Of the instructor where there is no organization; empty while the post is vacant. */
  secretaryName: string
  memberCount: number
  staffCount: number
  studentCount: number
  /** Nothing where the list has no such column or cell. */
  clerkName: string | null
  contactPhone: string | null
  sortOrder: number | null
}

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

/** A text file or a table made by us, as a sheet without hidden rows. */
export const plainSheet = (rows: readonly (readonly string[])[]): SheetTable => ({
  name: '',
  rows,
  hiddenRows: [],
  merges: [],
})

/** The first digit of a school's identifier code tells its kind, as 教育部's coding rule sets it. */
const FIRST_DIGIT: Record<string, readonly string[]> = {
  幼儿园: ['1'],
  小学: ['2'],
  初中: ['3'],
  九年一贯制: ['3', '2'],
  高中: ['3', '4'],
  完全中学: ['3', '4'],
}

const MOST = 100_000
const counted: readonly ListColumn[] = ['members', 'staff', 'students']
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060]/
const FAILED = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)$/

interface Reading {
  seen: { names: Map<string, TableRow>; codes: Map<string, TableRow> }
  mistakes: ListMistake[]
  doubts: ListDoubt[]
}

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
  const left = new Set(choices.left)
  const rows: SchoolListRow[] = []
  for (const table of used) {
    if (!isWhole(table, reading)) continue
    for (const row of table.rows) {
      if (left.has(rowKey(row))) {
        notes.push({ sheet: row.sheet, row: row.row, message: '按您的选择，这一行不导入。' })
        continue
      }
      const before = reading.mistakes.length
      const read = readRow(row, choices, reading)
      if (reading.mistakes.length === before) rows.push(read)
    }
  }
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

function readRow(table: TableRow, choices: ListChoices, reading: Reading): SchoolListRow {
  const at = { sheet: table.sheet, row: table.row }
  const school = tidy(choices.cells[cellKey(at, 'name')] ?? table.cells.get('name') ?? '').slice(0, 60)
  const wrong: Wrong = (column, kind, message) =>
    reading.mistakes.push({ ...at, school, column: column === '' ? '' : titleOf(column), kind, message })
  const doubt: Doubt = (column, kind, message) =>
    reading.doubts.push({ ...at, school, column: column === '' ? '' : titleOf(column), kind, message })
  const raw = (column: ListColumn) => choices.cells[cellKey(at, column)] ?? table.cells.get(column) ?? ''
  const value = (column: ListColumn) => tidy(raw(column))

  if (table.hidden) doubt('', 'hiddenRow', '这一行在文件里是隐藏的。要导入请确认，不要就选“不导入这一行”。')
  if (table.overflow) wrong('', 'tooManyCells', '这一行的内容超出了表头，可能错了一格，请核对。')
  for (const column of columnKeys) checkText(column, raw(column), wrong)
  const name = value('name')
  checkName(name, table, reading, wrong)
  const stage = meant(value('stage'), stageOf, (found) =>
    wrong('stage', 'stageUnknown', `学段${quoted(found)}不对，请填：${stages.join('、')}。`),
  )
  const ownership = meant(value('ownership'), ownershipOf, (found) =>
    wrong('ownership', 'ownershipUnknown', `办学性质${quoted(found)}不对，请填${ownerships.join('或')}。`),
  )
  const partyKind = meant(value('partyKind'), partyKindOf, (found) =>
    wrong('partyKind', 'partyKindUnknown', `党组织类型${quoted(found)}不对，请填：${partyKinds.join('、')}。`),
  )
  const zone = value('zone').replace(/\s/g, '')
  if (zone === '') wrong('zone', 'zoneMissing', '请填写片区。')
  else if ([...zone].length > 30) wrong('zone', 'zoneTooLong', `片区名称${tooLong([...zone].length, 30)}。`)
  const code = checkCode(value('code'), stage, table, { ...reading, wrong, doubt })
  if (partyKind === '未建') doubt('partyKind', 'noBranch', '没有单独的党组织：书记一栏填党建指导员，由他代行职责。')
  const secretaryName = checkSecretary(value('secretary'), partyKind, wrong, doubt)
  const counts = {
    memberCount: checkNumber('members', value('members'), wrong),
    staffCount: checkNumber('staff', value('staff'), wrong),
    studentCount: checkNumber('students', value('students'), wrong),
  }
  doubtCounts(counts, doubt)
  const phone = value('phone')
  if (phone !== '' && !PHONE.test(phone))
    wrong('phone', 'phoneWrong', `${quoted(phone.slice(0, 20))}不像电话号码，请核对。`)
  const clerk = value('clerk')
  return {
    ...at,
    name,
    stage,
    ownership,
    zone,
    code,
    partyKind,
    secretaryName,
    ...counts,
    clerkName: isVacant(clerk) ? null : clerk,
    contactPhone: phone === '' ? null : phone,
    sortOrder: checkOrder(value('order'), wrong),
  }
}

type Wrong = (column: ListColumn | '', kind: MistakeKind, message: string) => void
type Doubt = (column: ListColumn | '', kind: DoubtKind, message: string) => void

function checkText(column: ListColumn, raw: string, wrong: Wrong): void {
  const text = raw.trim()
  if (FAILED.test(text)) return wrong(column, 'formulaError', `公式出错（${text}），请改成结果本身。`)
  if (HIDDEN.test(raw)) wrong(column, 'controlCharacter', '含有看不见的字符，请重新输入这一格。')
  // A dash alone says “nothing”; a number may be negative, which has its own message; what begins so is computed when opened as a sheet.
  if (column === 'code' || text === '-') return
  if (/^[=@+]|^-\D/.test(text) || (!counted.includes(column) && column !== 'phone' && text.startsWith('-')))
    wrong(column, 'formulaText', `${quoted(text.slice(0, 20))}像公式，请改成普通文字。`)
}

function checkName(name: string, table: TableRow, { seen }: Reading, wrong: Wrong): void {
  if (name === '') return wrong('name', 'nameMissing', '请填写学校名称。')
  if ([...name].length > 60) wrong('name', 'nameTooLong', `学校名称${tooLong([...name].length, 60)}。`)
  // Full-width brackets or spaces do not make another school.
  const key = searchKey(name).replace(/\s/g, '')
  const first = seen.names.get(key)
  if (first) wrong('name', 'nameTwice', `${quoted(name)}与${placeOf(first, table)}重复。`)
  else seen.names.set(key, table)
}

const placeOf = (first: TableRow, here: TableRow): string =>
  first.sheet === here.sheet ? `第 ${first.row} 行` : `表${quoted(first.sheet)}第 ${first.row} 行`

/** A code as spreadsheets mangle it: `="2141503001"`, `'2141503001`, `2141503001.0`. */
const bareCode = (text: string): string =>
  text
    .replace(/^="?|"$/g, '')
    .replace(/^'/, '')
    .replace(/\.0+$/, '')
    .replace(/\s/g, '')

function checkCode(
  text: string,
  stage: string,
  table: TableRow,
  { seen, wrong, doubt }: Reading & { wrong: Wrong; doubt: Doubt },
): string | null {
  const code = bareCode(text)
  if (!/^\d{10}$/.test(code)) {
    wrong('code', 'codeWrong', `标识码${quoted(code.slice(0, 16))}应为 10 位数字。`)
    return null
  }
  const first = seen.codes.get(code)
  if (first) wrong('code', 'codeTwice', `标识码 ${code} 与${placeOf(first, table)}重复。`)
  else seen.codes.set(code, table)
  const allowed = FIRST_DIGIT[stage]
  if (allowed && !allowed.includes(code.charAt(0)))
    doubt(
      'code',
      'codeAgainstStage',
      `标识码首位是 ${code.charAt(0)}，${stage}一般是 ${allowed.join(' 或 ')}，请核对学段和标识码。`,
    )
  return code
}

function checkSecretary(text: string, partyKind: string, wrong: Wrong, doubt: Doubt): string {
  const whom = partyKind === '未建' ? '党建指导员' : '书记'
  if (isVacant(text)) {
    doubt('secretary', 'secretaryVacant', `${whom}空缺：暂不建书记账号，配备后在学校页面补上姓名再发激活单。`)
    return ''
  }
  const name = text.replace(/[（(].*[)）]$/, '').trim()
  if (/[、，,/;；]/.test(name))
    wrong('secretary', 'secretaryWrong', `${quoted(text.slice(0, 20))}是几个人，请只填主持工作的一位。`)
  else if (name === '' || /^\d+$/.test(name) || [...name].length > 30)
    wrong('secretary', 'secretaryWrong', `${quoted(text.slice(0, 12))}不像姓名，请核对。`)
  return name
}

function doubtCounts(
  { memberCount, staffCount, studentCount }: { memberCount: number; staffCount: number; studentCount: number },
  doubt: Doubt,
): void {
  if (staffCount === 0) doubt('staff', 'staffZero', '教职工人数为 0，请核对。')
  if (studentCount === 0) doubt('students', 'studentsZero', '学生人数为 0：新建学校可以确认；已停办的学校不要列入。')
  if (staffCount > 0 && memberCount > staffCount)
    doubt(
      'members',
      'membersOverStaff',
      `党员 ${memberCount} 人多于教职工 ${staffCount} 人：有离退休党员或联合支部时属正常。`,
    )
}

/** The number, or -1 when there is none that could be kept; the mistake has been named then. */
function checkNumber(column: 'members' | 'staff' | 'students', text: string, wrong: Wrong): number {
  const title = titleOf(column)
  const no = (kind: MistakeKind, message: string): number => {
    wrong(column, kind, message)
    return -1
  }
  if (text === '') return no('numberMissing', `请填写${title}。`)
  const plain = text
    .replace(/[,，]/g, '')
    .replace(/[人名]$/, '')
    .trim()
  if (!/^-?\d+(\.\d+)?$/.test(plain))
    return FAILED.test(text) ? -1 : no('numberWrong', `${title}${quoted(text.slice(0, 12))}不是数字。`)
  const value = Number(plain)
  if (value < 0) return no('numberNegative', `${title}不能是负数。`)
  if (!Number.isInteger(value)) return no('numberDecimal', `${title}应为整数，现在是 ${plain}。`)
  if (value > MOST) return no('numberTooLarge', `${title} ${plain} 太大，请核对。`)
  return value
}

/** The place in the bureau's own order; an empty cell gives none. */
function checkOrder(text: string, wrong: Wrong): number | null {
  if (text === '') return null
  const plain = text.replace(/\.0+$/, '')
  if (/^\d{1,6}$/.test(plain) && Number(plain) >= 1 && Number(plain) <= MOST) return Number(plain)
  if (!FAILED.test(text))
    wrong('order', 'numberWrong', `排序号${quoted(text.slice(0, 12))}应是 1 到 ${MOST} 的整数，没有就留空。`)
  return null
}

function meant(text: string, read: (text: string) => string | undefined, unknown: (text: string) => void): string {
  const found = read(text)
  if (found === undefined) unknown(text === '' ? '（空）' : text)
  return found ?? ''
}
