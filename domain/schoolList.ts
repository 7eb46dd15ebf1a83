import { searchKey } from '#domain/text.ts'

/** The school list as a bureau hands it over: one header row, one school a row, columns in any order. */

export const stages = ['幼儿园', '小学', '初中', '高中', '九年一贯制', '完全中学', '特殊教育', '中职'] as const
export const ownerships = ['公办', '民办'] as const
export const partyKinds = ['党委', '党总支', '党支部', '联合党支部'] as const

export const listColumns = {
  name: ['学校名称', '学校', '单位名称', '名称'],
  stage: ['学段', '办学类型', '学校类型'],
  ownership: ['办学性质', '性质', '公办民办'],
  zone: ['片区', '所属片区', '分包片区'],
  code: ['学校标识码', '标识码', '学校代码'],
  partyKind: ['党组织类型', '党组织'],
  secretary: ['党组织书记', '书记', '书记姓名'],
  members: ['党员人数', '党员数'],
  staff: ['教职工人数', '教职工数', '教师人数'],
  students: ['学生人数', '学生数', '幼儿人数', '在校生数'],
} as const

export type ListColumn = keyof typeof listColumns
const columns = Object.keys(listColumns) as ListColumn[]
const titleOf = (column: ListColumn): string => listColumns[column][0]

/** Every kind of mistake that the reader names; a page may show them as a legend. */
export const mistakeKinds = {
  emptyFile: '文件是空的',
  noRows: '只有表头，没有学校',
  columnMissing: '缺少必需的列',
  columnUnknown: '有不认识的列',
  columnTwice: '同一列出现两次',
  tooManyCells: '这一行的单元格比表头多',
  tooFewCells: '这一行的单元格比表头少',
  blankRow: '中间有空行',
  totalRow: '把合计行当成了学校',
  nameMissing: '学校名称为空',
  nameTooLong: '学校名称过长',
  nameTwice: '学校名称重复',
  stageUnknown: '学段不认识',
  ownershipUnknown: '办学性质不认识',
  zoneMissing: '片区为空',
  zoneTooLong: '片区名称过长',
  codeWrong: '学校标识码不是 10 位数字',
  codeTwice: '学校标识码重复',
  codeAgainstStage: '标识码首位与学段不符',
  partyKindUnknown: '党组织类型不认识',
  secretaryMissing: '书记姓名为空',
  secretaryWrong: '书记姓名不像姓名',
  numberMissing: '人数为空',
  numberWrong: '人数不是数字',
  numberNegative: '人数为负',
  numberDecimal: '人数带小数',
  numberTooLarge: '人数过大',
  membersOverStaff: '党员人数多于教职工人数',
  staffZero: '教职工人数为 0',
  studentsZero: '学生人数为 0',
  formulaText: '像公式的内容',
  controlCharacter: '含有看不见的字符',
} as const

export type MistakeKind = keyof typeof mistakeKinds

export interface ListMistake {
  /** Row as a spreadsheet counts it: the header is row 1. */
  row: number
  column: string
  kind: MistakeKind
  message: string
}

export interface SchoolListRow {
  row: number
  name: string
  stage: string
  ownership: string
  zone: string
  code: string | null
  partyKind: string
  secretaryName: string
  memberCount: number
  staffCount: number
  studentCount: number
}

export interface SchoolListReading {
  rows: SchoolListRow[]
  mistakes: ListMistake[]
}

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

/** Reads the whole list and names every mistake of every row; rows with a mistake are left out of `rows`. */
export function readSchoolList(cells: readonly (readonly string[])[]): SchoolListReading {
  const mistakes: ListMistake[] = []
  const header = cells[0]
  if (!header || cells.every((row) => row.every((cell) => tidy(cell) === ''))) {
    mistakes.push({ row: 1, column: '', kind: 'emptyFile', message: '文件里没有内容，请检查是否选对了文件。' })
    return { rows: [], mistakes }
  }
  const places = readHeader(header, mistakes)
  const width = header.findLastIndex((cell) => tidy(cell) !== '') + 1
  const last = lastFilledRow(cells)
  if (last === 0)
    mistakes.push({ row: 2, column: '', kind: 'noRows', message: '表头下面没有学校，请从第 2 行起每行填一所学校。' })
  if (mistakes.some((one) => one.kind === 'columnMissing')) return { rows: [], mistakes }
  const seen = { names: new Map<string, number>(), codes: new Map<string, number>() }
  const rows: SchoolListRow[] = []
  for (let at = 1; at <= last; at += 1) {
    const before = mistakes.length
    const row = readRow({ cells: cells[at] ?? [], row: at + 1, width, places, seen, mistakes })
    if (row && mistakes.length === before) rows.push(row)
  }
  return { rows, mistakes }
}

function readHeader(header: readonly string[], mistakes: ListMistake[]): Map<ListColumn, number> {
  const places = new Map<ListColumn, number>()
  for (const [at, cell] of header.entries()) {
    const title = tidy(cell).replace(/[（(].*[)）]$/, '')
    if (title === '') continue
    const column = columns.find((one) => (listColumns[one] as readonly string[]).includes(title))
    if (!column)
      mistakes.push({
        row: 1,
        column: title,
        kind: 'columnUnknown',
        message: `不认识“${title}”这一列，请删去或改成模板里的列名。`,
      })
    else if (places.has(column))
      mistakes.push({
        row: 1,
        column: title,
        kind: 'columnTwice',
        message: `“${titleOf(column)}”出现了两次，请只留一列。`,
      })
    else places.set(column, at)
  }
  for (const column of columns)
    if (!places.has(column))
      mistakes.push({
        row: 1,
        column: titleOf(column),
        kind: 'columnMissing',
        message: `缺少“${titleOf(column)}”这一列，请补上。`,
      })
  return places
}

function lastFilledRow(cells: readonly (readonly string[])[]): number {
  for (let at = cells.length - 1; at >= 1; at -= 1) if (cells[at]?.some((cell) => tidy(cell) !== '')) return at
  return 0
}

interface Reading {
  cells: readonly string[]
  row: number
  width: number
  places: Map<ListColumn, number>
  seen: { names: Map<string, number>; codes: Map<string, number> }
  mistakes: ListMistake[]
}

function readRow(reading: Reading): SchoolListRow | undefined {
  const { cells, row, places, mistakes } = reading
  const wrong = (column: ListColumn | '', kind: MistakeKind, message: string) =>
    mistakes.push({ row, column: column === '' ? '' : titleOf(column), kind, message })
  const value = (column: ListColumn) => tidy(cells[places.get(column) ?? -1] ?? '')

  if (cells.every((cell) => tidy(cell) === '')) {
    wrong('', 'blankRow', '这一行是空的，请删去空行。')
    return undefined
  }
  const name = value('name')
  if (/^(合计|总计|小计|共计)/.test(name.replaceAll(' ', ''))) {
    wrong('name', 'totalRow', '这一行是合计，不是学校，请删去。')
    return undefined
  }
  if (cells.slice(reading.width).some((cell) => tidy(cell) !== ''))
    wrong('', 'tooManyCells', '这一行的内容比表头多，可能错了一格，请核对。')
  if (cells.length < reading.width)
    wrong('', 'tooFewCells', `这一行只有 ${cells.length} 格，表头有 ${reading.width} 格，可能漏了一格，请核对。`)
  for (const column of columns) {
    const raw = cells[places.get(column) ?? -1] ?? ''
    if (HIDDEN.test(raw)) wrong(column, 'controlCharacter', '含有看不见的字符，请重新输入这一格。')
    // A number may be negative, which has its own message; a text that begins so is computed when it is opened as a sheet.
    if (/^[=@+]|^-\D/.test(raw.trim()) || (!counted.includes(column) && raw.trim().startsWith('-')))
      wrong(column, 'formulaText', `“${raw.trim().slice(0, 20)}”像公式，请改成普通文字。`)
  }
  checkName(name, reading, wrong)
  const stage = oneOf(value('stage'), stages, (found) =>
    wrong('stage', 'stageUnknown', `学段“${found}”不认识，请填：${stages.join('、')}。`),
  )
  const ownership = oneOf(value('ownership'), ownerships, (found) =>
    wrong('ownership', 'ownershipUnknown', `办学性质“${found}”不认识，请填公办或民办。`),
  )
  const zone = value('zone')
  if (zone === '') wrong('zone', 'zoneMissing', '请填写片区。')
  else if ([...zone].length > 30) wrong('zone', 'zoneTooLong', '片区名称超过 30 个字，请核对。')
  const code = checkCode(value('code'), stage, reading, wrong)
  const partyKind = oneOf(value('partyKind'), partyKinds, (found) =>
    wrong('partyKind', 'partyKindUnknown', `党组织类型“${found}”不认识，请填：${partyKinds.join('、')}。`),
  )
  const secretaryName = value('secretary')
  if (secretaryName === '') wrong('secretary', 'secretaryMissing', '请填写书记姓名。')
  else if (/^\d+$/.test(secretaryName) || [...secretaryName].length > 30)
    wrong('secretary', 'secretaryWrong', `“${secretaryName.slice(0, 12)}”不像姓名，请核对。`)
  const [memberCount, staffCount, studentCount] = (['members', 'staff', 'students'] as const).map((column) =>
    checkNumber(column, value(column), wrong),
  )
  if (staffCount === 0) wrong('staff', 'staffZero', '教职工人数为 0，请核对。')
  if (studentCount === 0) wrong('students', 'studentsZero', '学生人数为 0，请核对；已停办的学校不要列入。')
  if (memberCount !== undefined && staffCount !== undefined && staffCount > 0 && memberCount > staffCount)
    wrong('members', 'membersOverStaff', `党员 ${memberCount} 人多于教职工 ${staffCount} 人，请核对。`)
  if (memberCount === undefined || staffCount === undefined || studentCount === undefined) return undefined
  return { row, name, stage, ownership, zone, code, partyKind, secretaryName, memberCount, staffCount, studentCount }
}

type Wrong = (column: ListColumn | '', kind: MistakeKind, message: string) => void

function checkName(name: string, { row, seen }: Reading, wrong: Wrong): void {
  if (name === '') return void wrong('name', 'nameMissing', '请填写学校名称。')
  if ([...name].length > 60) wrong('name', 'nameTooLong', '学校名称超过 60 个字，请核对。')
  // Full-width brackets or spaces do not make another school.
  const key = searchKey(name).replace(/\s/g, '')
  const first = seen.names.get(key)
  if (first !== undefined) wrong('name', 'nameTwice', `“${name}”与第 ${first} 行重复。`)
  else seen.names.set(key, row)
}

function checkCode(code: string, stage: string, { row, seen }: Reading, wrong: Wrong): string | null {
  if (!/^\d{10}$/.test(code)) {
    wrong('code', 'codeWrong', `标识码“${code.slice(0, 16)}”应为 10 位数字。`)
    return null
  }
  const first = seen.codes.get(code)
  if (first !== undefined) wrong('code', 'codeTwice', `标识码 ${code} 与第 ${first} 行重复。`)
  else seen.codes.set(code, row)
  const allowed = FIRST_DIGIT[stage]
  if (allowed && !allowed.includes(code.charAt(0)))
    wrong(
      'code',
      'codeAgainstStage',
      `标识码首位是 ${code.charAt(0)}，${stage}应为 ${allowed.join(' 或 ')}，请核对学段或标识码。`,
    )
  return code
}

function checkNumber(column: 'members' | 'staff' | 'students', text: string, wrong: Wrong): number | undefined {
  const title = titleOf(column)
  if (text === '') return void wrong(column, 'numberMissing', `请填写${title}。`)
  const plain = text.replace(/[,，]/g, '').replace(/人$/, '')
  if (!/^-?\d+(\.\d+)?$/.test(plain))
    return void wrong(column, 'numberWrong', `${title}“${text.slice(0, 12)}”不是数字。`)
  const value = Number(plain)
  if (value < 0) return void wrong(column, 'numberNegative', `${title}不能是负数。`)
  if (!Number.isInteger(value)) return void wrong(column, 'numberDecimal', `${title}应为整数，现在是 ${plain}。`)
  if (value > MOST) return void wrong(column, 'numberTooLarge', `${title} ${plain} 太大，请核对。`)
  return value
}

function oneOf(text: string, known: readonly string[], unknown: (text: string) => void): string {
  if (!known.includes(text)) unknown(text === '' ? '（空）' : text)
  return text
}

/** Cells as people mean them: full-width digits and letters become plain ones, spaces at the ends go. */
function tidy(cell: string): string {
  return cell
    .replace(/[！-～]/g, (char) =>
      /[０-９Ａ-Ｚａ-ｚ．－，]/.test(char) ? String.fromCharCode(char.charCodeAt(0) - 0xfee0) : char,
    )
    .replaceAll('\u3000', ' ')
    .replaceAll('\ufeff', '')
    .trim()
}
