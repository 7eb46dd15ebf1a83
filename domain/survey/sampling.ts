import { shareOut, sum } from '#domain/base/score.ts'
import { type Audience, audiences } from '#domain/survey/survey.ts'

/** Who is asked, and how many (field practice §3.9). The bureau draws, never the school, and anybody can draw again from the seed. */

const nursery = ['托班', '小班', '中班', '大班'] as const
const young = ['一年级', '二年级'] as const
const primary = [...young, '三年级', '四年级', '五年级', '六年级'] as const
const junior = ['七年级', '八年级', '九年级'] as const
const senior = ['高一', '高二', '高三'] as const

const gradesByStage: Record<string, readonly string[]> = {
  幼儿园: nursery,
  小学: primary,
  初中: junior,
  高中: senior,
  九年一贯制: [...primary, ...junior],
  完全中学: [...junior, ...senior],
  特殊教育: [...primary, ...junior, ...senior],
  中职: senior,
}

/** The grades that a stage has, lowest first. */
export const gradesOf = (stage: string): readonly string[] => gradesByStage[stage] ?? []

/** Pupils answer for themselves from grade 3 on; of younger children only the parents are asked (rule 13). */
export const pupilsAnswer = (grade: string): boolean =>
  !(nursery as readonly string[]).includes(grade) && !(young as readonly string[]).includes(grade)

const allGrades: readonly string[] = [...nursery, ...primary, ...junior, ...senior]

/** Teachers, parents, pupils, each from the lowest class up: the order in which people look for a class. */
export const inOrder = <Place extends { audience: Audience; grade: string; className: string }>(
  places: readonly Place[],
): Place[] =>
  places.toSorted(
    (a, b) =>
      audiences.indexOf(a.audience) - audiences.indexOf(b.audience) ||
      allGrades.indexOf(a.grade) - allGrades.indexOf(b.grade) ||
      a.className.localeCompare(b.className, 'zh-CN', { numeric: true }),
  )

export interface RosterClass {
  grade: string
  name: string
  pupils: number
}

export interface Roster {
  schoolId: string
  teachers: number
  classes: readonly RosterClass[]
}

/** Everyone of the class (or all teachers) draws one slip from a bag of `size`; `codes` of them carry a code. */
export interface Batch {
  audience: Audience
  grade: string
  className: string
  size: number
  codes: number
}

const TEACHERS = 60
const LEAST = 30
const MOST = 120
const CLASSES = 2

/** All of a few, a tenth of many, and never more than there are. */
export function sampleSize(audience: Audience, population: number): number {
  if (audience === 'teacher') return Math.min(population, TEACHERS)
  return Math.min(population, MOST, Math.max(LEAST, Math.ceil(population / 10)))
}

const classesFor = (audience: Audience, roster: Roster): readonly RosterClass[] =>
  audience === 'teacher'
    ? []
    : audience === 'parent'
      ? roster.classes
      : roster.classes.filter((one) => pupilsAnswer(one.grade))

const populationOf = (audience: Audience, roster: Roster): number =>
  audience === 'teacher' ? roster.teachers : sum(classesFor(audience, roster).map((one) => one.pupils))

/** How many codes each audience of a school gets. */
export function sampleOf(roster: Roster, asked: readonly Audience[]): Record<Audience, number> {
  const of = (audience: Audience) =>
    asked.includes(audience) ? sampleSize(audience, populationOf(audience, roster)) : 0
  return { teacher: of('teacher'), parent: of('parent'), pupil: of('pupil') }
}

/**
 * The classes of a school and their codes: the sample of an audience is divided over the grades in proportion, within a grade
 * over two classes drawn by lot (more only when these are too small), in proportion to their size.
 */
export function drawBatches(seed: string, roster: Roster, asked: readonly Audience[]): Batch[] {
  return asked.flatMap((audience): Batch[] => {
    const codes = sampleSize(audience, populationOf(audience, roster))
    if (audience === 'teacher')
      return codes === 0 ? [] : [{ audience, grade: '', className: '', size: roster.teachers, codes }]
    const classes = classesFor(audience, roster)
    const grades = [...new Set(classes.map((one) => one.grade))].toSorted()
    const inGrade = grades.map((grade) => classes.filter((one) => one.grade === grade))
    const shares = shareOut(
      codes,
      inGrade.map((all) => sum(all.map((one) => one.pupils))),
    )
    return grades.flatMap((grade, at) =>
      drawGrade(`${seed}:${roster.schoolId}:${audience}:${grade}`, inGrade[at] ?? [], shares[at] ?? 0).map((one) => ({
        audience,
        ...one,
      })),
    )
  })
}

function drawGrade(label: string, classes: readonly RosterClass[], codes: number): Omit<Batch, 'audience'>[] {
  if (codes === 0) return []
  const order = shuffled(
    classes.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    lots(label),
  )
  const drawn: RosterClass[] = []
  for (const one of order) {
    if (drawn.length >= CLASSES && sum(drawn.map((each) => each.pupils)) >= codes) break
    drawn.push(one)
  }
  const shares = shareOut(
    codes,
    drawn.map((one) => one.pupils),
  )
  return drawn
    .map((one, at) => ({ grade: one.grade, className: one.name, size: one.pupils, codes: shares[at] ?? 0 }))
    .filter((one) => one.codes > 0)
}

/** Fisher–Yates from the end. */
function shuffled<T>(items: readonly T[], next: (below: number) => number): T[] {
  const order = [...items]
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = next(at + 1)
    const [here, there] = [order[at] as T, order[other] as T]
    order[at] = there
    order[other] = here
  }
  return order
}

/**
 * Lots from a text: the FNV-1a hash of `n:text` for n = 0…3 fills the four words of an sfc32 generator, whose first twelve
 * numbers are thrown away. Numbers that would favour the low lots are drawn again.
 */
export function lots(text: string): (below: number) => number {
  let [a, b, c, d] = [0, 1, 2, 3].map((at) => fnv1a(`${at}:${text}`)) as [number, number, number, number]
  const word = (): number => {
    const result = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + result) | 0
    return result >>> 0
  }
  for (let at = 0; at < 12; at += 1) word()
  return (below) => {
    const fair = 2 ** 32 - (2 ** 32 % below)
    for (;;) {
      const drawn = word()
      if (drawn < fair) return drawn % below
    }
  }
}

/** Over the UTF-16 units, low byte first. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193)
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193)
  }
  return hash >>> 0
}
