import { showScore, sum, toHundredths } from '#domain/base/score.ts'
import { quoted } from '#domain/base/text.ts'

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
  /** Points as a standard is printed, of at most two decimals. */
  points: number
  methods: Partial<Record<Method, number>>
  evidence: string
  kind?: IndicatorKind
  /** For `steps`: the steps allowed, in per cent of full marks, 0 and 100 among them. */
  steps?: readonly number[]
  /** For `deductPerMiss`: what one miss costs, in hundredths of a point. */
  perMiss?: number
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

/** Added in hundredths, so that shares like 0.1 and 0.2 add up to 0.3. */
const add = (points: readonly number[]): number => sum(points.map(toHundredths))
const same = (hundredths: number, points: number): boolean => hundredths === toHundredths(points)

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
    if (!same(inside, dimension.points))
      wrong(
        dimension.code,
        `维度 ${dimension.code} 标为 ${dimension.points} 分，所含指标合计 ${showScore(inside)} 分。`,
      )
    for (const indicator of dimension.indicators) {
      once(indicator.code)
      againstIndicator(indicator, wrong)
    }
  }
  for (const [key, label] of [
    ['bonus', '加分'],
    ['deduction', '减分'],
  ] as const)
    if (!(standard[key].cap >= 0)) wrong(key, `${label}的上限应为 0 或以上。`)
  const total = add(standard.dimensions.map((one) => one.points))
  if (!same(total, standard.totalPoints))
    wrong('totalPoints', `总分标为 ${standard.totalPoints} 分，各维度合计 ${showScore(total)} 分。`)
  for (const item of [...standard.bonus.items, ...standard.deduction.items]) {
    once(item.code)
    if (item.title.trim() === '') wrong(item.code, `加减分项 ${item.code} 没有名称。`)
    if (!(item.points > 0)) wrong(item.code, `加减分项 ${item.code} 的分值应大于 0。`)
  }
  return mistakes
}

function againstIndicator(indicator: Indicator, wrong: (at: string, message: string) => void): void {
  const { code } = indicator
  if (code.trim() === '') wrong('code', `指标${quoted(indicator.title)}没有编号。`)
  if (indicator.title.trim() === '') wrong(code, `指标 ${code} 没有名称。`)
  for (const [method, points] of Object.entries(indicator.methods))
    if (points < 0 || Math.abs(points * 100 - toHundredths(points)) > 1e-6)
      wrong(code, `指标 ${code} 分给“${method}”的分值应为 0 或以上，最多两位小数。`)
  // A precondition is a yes or no before all scoring, so it may carry no points.
  if (indicator.points < 0 || (indicator.points === 0 && indicator.kind !== 'precondition'))
    wrong(code, `指标 ${code} 的分值应大于 0。`)
  againstKind(indicator, wrong)
  for (const method of Object.keys(indicator.methods))
    if (!Object.hasOwn(methodLabels, method)) wrong(code, `指标 ${code} 用了没有的评审方式“${method}”。`)
  const shared = add(Object.values(indicator.methods))
  if (!same(shared, indicator.points))
    wrong(code, `指标 ${code} 为 ${indicator.points} 分，分到各方式的合计 ${showScore(shared)} 分。`)
}

function againstKind(indicator: Indicator, wrong: (at: string, message: string) => void): void {
  const { code, kind = 'scale', steps, perMiss, methods: shares } = indicator
  if (kind === 'steps' && !(steps?.includes(0) && steps.includes(100)))
    wrong(code, `指标 ${code} 按档评分，请列出各档占满分的百分比，含 0 和 100。`)
  if (steps?.some((step) => !Number.isInteger(step) || step < 0 || step > 100))
    wrong(code, `指标 ${code} 的各档应是 0 到 100 的整数百分比。`)
  if (kind === 'deductPerMiss' && !(perMiss !== undefined && Number.isInteger(perMiss) && perMiss > 0))
    wrong(code, `指标 ${code} 按缺项扣分，请写明每缺一项扣多少分。`)
  if (kind === 'survey' && Object.keys(shares).some((method) => method !== 'survey'))
    wrong(code, `指标 ${code} 的得分来自群众测评，不能再分给别的评审方式。`)
}

export interface SheetLine {
  code: string
  title: string
  evidence: string
  dimension: string
  /** Full marks by this method, in hundredths. */
  maximum: number
  kind: IndicatorKind
  steps?: readonly number[]
  perMiss?: number
}

/** The lines of one method's score sheet, in the standard's order. */
export function linesOf(standard: Standard, method: Method): SheetLine[] {
  return standard.dimensions.flatMap((dimension) =>
    dimension.indicators.flatMap((indicator) => {
      const points = indicator.methods[method]
      if (points === undefined || points === 0) return []
      const { code, title, evidence, kind = 'scale', steps, perMiss } = indicator
      return [
        {
          code,
          title,
          evidence,
          dimension: dimension.code,
          maximum: toHundredths(points),
          kind,
          ...(steps && { steps }),
          ...(perMiss !== undefined && { perMiss }),
        },
      ]
    }),
  )
}

/** Full marks of a method in hundredths. */
export const maximumOf = (standard: Standard, method: Method): number =>
  sum(linesOf(standard, method).map((line) => line.maximum))
