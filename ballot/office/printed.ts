import { randomInt } from 'node:crypto'
import encodeQR from 'qr'
import {
  type Audience,
  audienceLabels,
  choicesOf,
  labelOfChoice,
  type Questionnaire,
  REMARK_LENGTH,
} from '#domain/survey/survey.ts'

export interface KitSlip {
  /** What stands behind the `#` of the QR code's address. */
  secret: string
  /** What is typed where nothing scans, such as `XXXX-XXXX-XXXX`. */
  typed: string
}

export interface KitBatch {
  audience: Audience
  /** Empty for teachers, as `className`. */
  grade: string
  className: string
  /** Slips in the bag; those beyond `slips` carry no code. */
  size: number
  slips: KitSlip[]
}

/** The slips of one school. */
export interface Kit {
  bureauName: string
  title: string
  schoolName: string
  /** `YYYY-MM-DD` */
  until: string
  rehearsal: boolean
  publicUrl: string
  batches: KitBatch[]
}

/** Blank questionnaires, one for each audience. */
export interface Paper {
  bureauName: string
  title: string
  /** `YYYY-MM-DD` */
  until: string
  rehearsal: boolean
  questionnaires: Questionnaire[]
}

/** White modules around a code; cameras need four. */
const BORDER = 4
/** A code of a usual address, with its border. */
const SIDE = 33 + 2 * BORDER
/** Pixels of a module's side, so many that no reader blurs them. */
const FINE = 6

/** What the template of the kit draws. */
export const kitData = (kit: Kit) => ({
  bureauName: setLine(kit.bureauName),
  title: setLine(kit.title),
  schoolName: setLine(kit.schoolName),
  until: dayInWords(kit.until),
  rehearsal: kit.rehearsal,
  address: addressInWords(kit.publicUrl),
  decoy: decoy(),
  batches: kit.batches
    .filter(({ size }) => size > 0)
    .map((batch) => ({
      audience: batch.audience,
      audienceName: audienceLabels[batch.audience],
      place: setLine(placeOf(batch)),
      size: batch.size,
      codes: batch.slips.length,
      slips: shuffled([
        ...batch.slips.map(({ secret, typed }) => ({ typed, qr: codeDrawing(`${kit.publicUrl}/t#${secret}`) })),
        ...Array.from({ length: Math.max(0, batch.size - batch.slips.length) }, () => null),
      ]),
    })),
})

/** What the template of the paper questionnaires draws. */
export const paperData = (paper: Paper) => ({
  bureauName: setLine(paper.bureauName),
  title: setLine(paper.title),
  until: dayInWords(paper.until),
  rehearsal: paper.rehearsal,
  remarkLength: REMARK_LENGTH,
  questionnaires: paper.questionnaires.map(({ audience, version, questions }) => ({
    audience,
    audienceName: audienceLabels[audience],
    version,
    questions: questions.map((one) => setLine(one.text)),
    choices: choicesOf(audience).map((answer) => ({ answer, label: labelOfChoice(audience, answer) })),
  })),
})

const placeOf = ({ audience, grade, className }: KitBatch): string => {
  if (audience === 'teacher') return '全体教师'
  return className.startsWith(grade) ? className : `${grade}${className}`
}

export const dayInWords = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** Where to type a code; the second line can break before a dot when it must. */
const addressInWords = (publicUrl: string): { scheme: string; rest: string } => {
  const { protocol, host } = new URL(publicUrl)
  return { scheme: `${protocol}//`, rest: setLine(`${host}/t`) }
}

/** One line that can break anywhere: a long Latin word without blanks would otherwise run over the slip's edge. */
const setLine = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').replaceAll(/[!-~]{24,}/g, (word) => word.replaceAll(/.(?=.)/g, '$&\u200B'))

/** Level M survives a fold or a stain. */
const codeDrawing = (address: string): string => drawing(encodeQR(address, 'raw', { ecc: 'medium', border: BORDER }))

/** One path, in which dark modules side by side are one rectangle: a quarter of the size of one square per module. */
function drawing(modules: readonly (readonly boolean[])[]): string {
  const path = modules.flatMap((row, y) => {
    const runs: string[] = []
    for (let x = 0; x < row.length; x++) {
      const start = x
      while (row[x]) x++
      if (x > start) runs.push(`M${start} ${y}h${x - start}v1h${start - x}z`)
    }
    return runs
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${modules.length} ${modules.length}"><path d="${path.join('')}"/></svg>`
}

/** Half black like a code, but without the three corners by which a camera finds one; as grey values. */
function decoy(): { side: number; pixels: number[] } {
  const inside = (at: number) => at >= BORDER && at < SIDE - BORDER
  const dark = Array.from({ length: SIDE }, (_, y) =>
    Array.from({ length: SIDE }, (_, x) => inside(x) && inside(y) && randomInt(2) === 1),
  )
  const side = SIDE * FINE
  const pixels = Array.from({ length: side * side }, (_, at) =>
    dark[Math.floor(at / side / FINE)]?.[Math.floor((at % side) / FINE)] ? 0 : 255,
  )
  return { side, pixels }
}

/** Nobody who sees the sheet before it is cut may say that the codes come first. */
function shuffled<T>(items: T[]): T[] {
  for (let at = items.length - 1; at > 0; at--) {
    const other = randomInt(at + 1)
    ;[items[at], items[other]] = [items[other] as T, items[at] as T]
  }
  return items
}
