import type { RosterClass } from '#domain/survey/sampling.ts'
import { quoted, tooLong } from '#domain/base/text.ts'

export interface Pasted {
  classes: RosterClass[]
  /** What cannot be understood, each with its line as the reader counts it. */
  mistakes: { line: number; message: string }[]
}

const MOST_PUPILS = 200
const digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** How schools also write a grade: 初一, 1年级, 1, 高中一年级. */
function gradeOf(written: string, grades: readonly string[]): string | undefined {
  const plain = written.replace(/[\s()（）]/g, '')
  const chinese = plain.replace(/^\d/, (digit) => digits[Number(digit)] ?? digit)
  const tries = [
    plain,
    chinese,
    `${chinese}年级`,
    chinese.replace(/^初中?([一二三])(年级)?$/, (_, one: string) => `${digits[digits.indexOf(one) + 6]}年级`),
    chinese.replace(/^高中?([一二三])(年级)?$/, '高$1'),
  ]
  return tries.find((one) => grades.includes(one))
}

/** 三年级2班 in one cell; 三(2)班 too. */
function apart(written: string, grades: readonly string[]): [string, string] | undefined {
  const [, head = '', tail = ''] =
    /^(.+?年级|[初高][一二三]|[托小中大]班|[一二三四五六七八九])\s*(.+)$/.exec(written) ?? []
  const grade = gradeOf(head, grades)
  return grade && tail ? [grade, tail] : undefined
}

const isHead = (cells: readonly string[]): boolean =>
  cells.some((one) => /人数|班级|年级$/.test(one) && !/\d/.test(one))
const isTotal = (cells: readonly string[]): boolean => cells.some((one) => /^(合计|总计|小计)/.test(one))

/**
 * Reads what was copied from a spreadsheet: grade, class and number in a line, by tabs, commas or blanks. The grade may stand
 * only in the first of its lines (merged cells) or together with the class.
 */
export function readPasted(text: string, grades: readonly string[]): Pasted {
  const read: Pasted = { classes: [], mistakes: [] }
  const lines = new Map<string, number>()
  let above = ''
  text.split(/\r?\n/).forEach((raw, at) => {
    const line = at + 1
    const wrong = (message: string) => read.mistakes.push({ line, message })
    const cells = cellsOf(raw)
    const written = cells.filter(Boolean)
    if (written.length === 0 || isTotal(written)) return
    const number = /^(\d+)人?$/.exec(written.at(-1) ?? '')?.[1]
    if (number === undefined) {
      if (!(at === 0 && isHead(written)))
        wrong(`${quoted(written.at(-1) ?? '')}不是人数，请在最后写数字，例如“三年级 2班 45”。`)
      return
    }
    const placed = placeOf(written.slice(0, -1), cells[0] === '' ? above : '', grades)
    if (typeof placed === 'string') wrong(placed)
    else {
      const [grade, name] = placed
      above = grade
      const pupils = Number(number)
      const first = lines.get(`${grade} ${name}`)
      if (first === undefined) lines.set(`${grade} ${name}`, line)
      else wrong(`和第 ${first} 行都是“${grade}${name}”，请核对。`)
      if (pupils < 1 || pupils > MOST_PUPILS) wrong(`人数写了 ${pupils}，应在 1 到 ${MOST_PUPILS} 之间。`)
      else if (name.length > 20) wrong(`班级名称${tooLong(name.length, 20)}。`)
      else if (first === undefined) read.classes.push({ grade, name, pupils })
    }
  })
  return read
}

const cellsOf = (raw: string): string[] => {
  const plain = raw.normalize('NFKC')
  const by = plain.includes('\t') ? /\t/ : /[,;、]/.test(plain) ? /[,;、]/ : / +/
  return (by.source === ' +' ? plain.trim() : plain).split(by).map((one) => one.trim())
}

/** Grade and class of a line, or what is wrong with them. */
function placeOf(words: readonly string[], above: string, grades: readonly string[]): [string, string] | string {
  const [first = '', ...rest] = words
  if (first === '') return '缺年级和班级。'
  if (rest.length > 1) return `多了一列${quoted(rest.at(-1) ?? '')}，每行只写年级、班级、人数。`
  if (rest.length === 1) {
    const grade = gradeOf(first, grades)
    return grade ? [grade, classOf(rest[0] ?? '')] : `没有${quoted(first)}这个年级，请写${grades.join('、')}。`
  }
  const both = apart(first, grades)
  if (both) return [both[0], classOf(both[1])]
  return above ? [above, classOf(first)] : `${quoted(first)}里看不出年级，请写成“三年级 2班 45”。`
}

/** 2, (2)班, 2 班 and 2班 are one class. */
const classOf = (written: string): string => {
  const plain = written.replace(/[()\s]/g, '')
  return /^\d+$/.test(plain) ? `${plain}班` : plain
}

/** The list as it would be copied back into a spreadsheet. */
export const asText = (classes: readonly RosterClass[]): string =>
  classes.map((one) => `${one.grade}\t${one.name}\t${one.pupils}`).join('\n')
