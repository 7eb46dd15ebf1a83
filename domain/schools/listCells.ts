import { isVacant, type ListColumn, PHONE, titleOf } from '#domain/schools/listColumns.ts'
import type { DoubtKind, ListDoubt, ListMistake, MistakeKind } from '#domain/schools/listMistakes.ts'
import type { TableRow } from '#domain/schools/listTable.ts'
import type { SchoolCount } from '#domain/schools/school.ts'
import { quoted, searchKey, tooLong } from '#domain/base/text.ts'

/** Each cell of a school's row: what it means, and what is wrong or doubtful with it. */

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

/** What has been read so far: rows that must not come twice, and what is wrong. */
export interface Reading {
  seen: { names: Map<string, TableRow>; codes: Map<string, TableRow> }
  mistakes: ListMistake[]
  doubts: ListDoubt[]
}

export type Wrong = (column: ListColumn | '', kind: MistakeKind, message: string) => void
export type Doubt = (column: ListColumn | '', kind: DoubtKind, message: string) => void
interface Told {
  wrong: Wrong
  doubt: Doubt
}

export function checkText(column: ListColumn, raw: string, wrong: Wrong): void {
  const text = raw.trim()
  if (FAILED.test(text)) return wrong(column, 'formulaError', `公式出错（${text}），请改成结果本身。`)
  if (HIDDEN.test(raw)) wrong(column, 'controlCharacter', '含有看不见的字符，请重新输入这一格。')
  // A dash alone says “nothing”; a number may be negative, which has its own message; what begins so is computed when opened as a sheet.
  if (column === 'code' || text === '-') return
  if (/^[=@+]|^-\D/.test(text) || (!counted.includes(column) && column !== 'phone' && text.startsWith('-')))
    wrong(column, 'formulaText', `${quoted(text.slice(0, 20))}像公式，请改成普通文字。`)
}

export function checkName(name: string, table: TableRow, { seen }: Pick<Reading, 'seen'>, wrong: Wrong): void {
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

export function checkCode(
  text: string,
  stage: string,
  table: TableRow,
  { seen, wrong, doubt }: Pick<Reading, 'seen'> & Told,
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

export function checkSecretary(text: string, partyKind: string, wrong: Wrong, doubt: Doubt): string {
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

export function doubtCounts(
  { memberCount, staffCount, studentCount }: Record<SchoolCount, number>,
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

export const checkPhone = (phone: string, wrong: Wrong): string | null => {
  if (phone !== '' && !PHONE.test(phone))
    wrong('phone', 'phoneWrong', `${quoted(phone.slice(0, 20))}不像电话号码，请核对。`)
  return phone === '' ? null : phone
}

export function checkZone(zone: string, wrong: Wrong): string {
  if (zone === '') wrong('zone', 'zoneMissing', '请填写片区。')
  else if ([...zone].length > 30) wrong('zone', 'zoneTooLong', `片区名称${tooLong([...zone].length, 30)}。`)
  return zone
}

/** The number, or -1 when there is none that could be kept; the mistake has been named then. */
export function checkNumber(column: 'members' | 'staff' | 'students', text: string, wrong: Wrong): number {
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
export function checkOrder(text: string, wrong: Wrong): number | null {
  if (text === '') return null
  const plain = text.replace(/\.0+$/, '')
  if (/^\d{1,6}$/.test(plain) && Number(plain) >= 1 && Number(plain) <= MOST) return Number(plain)
  if (!FAILED.test(text))
    wrong('order', 'numberWrong', `排序号${quoted(text.slice(0, 12))}应是 1 到 ${MOST} 的整数，没有就留空。`)
  return null
}

/** What a cell means by the words of a closed set; empty where it is none of them, which `unknown` names. */
export function meant(
  text: string,
  read: (text: string) => string | undefined,
  unknown: (text: string) => void,
): string {
  const found = read(text)
  if (found === undefined) unknown(text === '' ? '（空）' : text)
  return found ?? ''
}
