export const methodLabels = {
  documents: '查阅资料',
  presentation: '现场展示',
  siteVisit: '实地走访',
  interview: '访谈座谈',
  survey: '群众测评',
} as const
export type Method = keyof typeof methodLabels
export const methods = Object.keys(methodLabels) as Method[]
/** The four methods that people score on sheets; the survey's points come from its own closed result. */
export const scoredMethods = methods.filter((method) => method !== 'survey')

/** How an indicator is scored (rule 6); `scale` from 0 to its points when not said. */
export type IndicatorKind = 'scale' | 'steps' | 'deductPerMiss' | 'cappedBonus' | 'precondition' | 'survey'

export interface Indicator {
  code: string
  title: string
  /** Whole points, as a standard is printed. */
  points: number
  methods: Partial<Record<Method, number>>
  evidence: string
  kind?: IndicatorKind
}

export interface Dimension {
  code: string
  title: string
  points: number
  indicators: readonly Indicator[]
}

export interface PointItem {
  code: string
  title: string
  points: number
}

export interface Standard {
  title: string
  totalPoints: number
  dimensions: readonly Dimension[]
  bonus: { cap: number; items: readonly PointItem[] }
  deduction: { cap: number; items: readonly PointItem[] }
}

export interface StandardMistake {
  at: string
  message: string
}

const add = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Every mistake of a standard at once: points that do not add up, repeated codes, unknown methods, empty titles. */
export function againstStandard(standard: Standard): StandardMistake[] {
  const mistakes: StandardMistake[] = []
  const wrong = (at: string, message: string) => mistakes.push({ at, message })
  if (standard.title.trim() === '') wrong('title', '标准没有名称。')
  if (standard.dimensions.length === 0) wrong('dimensions', '标准没有任何维度。')
  const seen = new Set<string>()
  const once = (code: string) => {
    if (seen.has(code)) wrong(code, `编号 ${code} 出现了不止一次。`)
    seen.add(code)
  }
  for (const dimension of standard.dimensions) {
    once(dimension.code)
    if (dimension.title.trim() === '') wrong(dimension.code, `维度 ${dimension.code} 没有名称。`)
    const inside = add(dimension.indicators.map((one) => one.points))
    if (inside !== dimension.points)
      wrong(dimension.code, `维度 ${dimension.code} 标为 ${dimension.points} 分，所含指标合计 ${inside} 分。`)
    for (const indicator of dimension.indicators) {
      once(indicator.code)
      againstIndicator(indicator, wrong)
    }
  }
  const total = add(standard.dimensions.map((one) => one.points))
  if (total !== standard.totalPoints)
    wrong('totalPoints', `总分标为 ${standard.totalPoints} 分，各维度合计 ${total} 分。`)
  for (const item of [...standard.bonus.items, ...standard.deduction.items]) {
    once(item.code)
    if (!(item.points > 0)) wrong(item.code, `加减分项 ${item.code} 的分值应大于 0。`)
  }
  return mistakes
}

function againstIndicator(indicator: Indicator, wrong: (at: string, message: string) => void): void {
  const { code } = indicator
  if (indicator.title.trim() === '') wrong(code, `指标 ${code} 没有名称。`)
  if (!(indicator.points > 0)) wrong(code, `指标 ${code} 的分值应大于 0。`)
  for (const method of Object.keys(indicator.methods))
    if (!Object.hasOwn(methodLabels, method)) wrong(code, `指标 ${code} 用了不认识的评审方式“${method}”。`)
  const shared = add(Object.values(indicator.methods))
  if (shared !== indicator.points)
    wrong(code, `指标 ${code} 为 ${indicator.points} 分，分到各方式的合计 ${shared} 分。`)
}

export interface SheetLine {
  code: string
  title: string
  evidence: string
  dimension: string
  /** Full marks by this method, in hundredths. */
  maximum: number
}

/** The lines of one method's score sheet, in the standard's order. */
export function linesOf(standard: Standard, method: Method): SheetLine[] {
  return standard.dimensions.flatMap((dimension) =>
    dimension.indicators.flatMap((indicator) => {
      const points = indicator.methods[method]
      if (points === undefined || points === 0) return []
      const { code, title, evidence } = indicator
      return [{ code, title, evidence, dimension: dimension.code, maximum: points * 100 }]
    }),
  )
}

/** Full marks of a method in hundredths. */
export const maximumOf = (standard: Standard, method: Method): number =>
  add(linesOf(standard, method).map((line) => line.maximum))
