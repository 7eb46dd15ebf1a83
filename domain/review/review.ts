import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { divideHalfUp, mean, shareOut, showScore, sum, toHundredths, TRIM_FROM } from '#domain/base/score.ts'
import {
  byTotal,
  disagreementOf,
  type Disagreement,
  type ScoredMethod,
  type Scores,
  totalOfSheet,
} from '#domain/review/sheet.ts'
import { linesOf, methodLabels, type SheetLine, type Standard } from '#domain/year/standard.ts'
import { surveyPoints } from '#domain/survey/survey.ts'
import { quoted } from '#domain/base/text.ts'

/** Written into every result; raise it whenever a sentence of rules 7 or 8 is computed in another way. */
export const RULE_VERSION = '2026-1'

export interface RankingRules {
  version: string
  /** From so many sheets on the highest and the lowest total are dropped (rule 7). */
  dropFrom: number
  /** The dimension that decides ties after the survey (rule 8). */
  tieDimension: string
}

const rankingRules: RankingRules = { version: RULE_VERSION, dropFrom: TRIM_FROM, tieDimension: 'D' }

/** One submitted sheet; drafts, recused and returned ones never come here. */
export interface SheetInput {
  id: string
  reviewerId: string
  method: ScoredMethod
  scores: Scores
}

export type AdjustmentKind = 'bonus' | 'deduction'

export interface AdjustmentInput {
  id: string
  kind: AdjustmentKind
  code: string
  /** Hundredths, above 0 for both kinds. */
  points: number
  reason: string
}

export interface ApplicationInput {
  applicationId: string
  schoolId: string
  sheets: readonly SheetInput[]
  /** Points of the closed survey in hundredths, with their source; null while there are none. */
  survey: { points: number; source: string } | null
  adjustments: readonly AdjustmentInput[]
}

/** What the ranking needs of a standard, prepared once for all applications. */
export interface Rubric {
  standard: Standard
  rules: RankingRules
  methods: { method: ScoredMethod; lines: SheetLine[]; tieLines: SheetLine[]; maximum: number }[]
  survey: { lines: SheetLine[]; maximum: number }
}

export function rubricOf(standard: Standard, rules: RankingRules = rankingRules): Rubric {
  const methods: readonly ScoredMethod[] = ['documents', 'presentation', 'siteVisit', 'interview']
  const full = (lines: readonly SheetLine[]) => sum(lines.map((line) => line.maximum))
  const survey = linesOf(standard, 'survey')
  return {
    standard,
    rules,
    methods: methods.flatMap((method) => {
      const lines = linesOf(standard, method)
      const tieLines = lines.filter((line) => line.dimension === rules.tieDimension)
      return lines.length === 0 ? [] : [{ method, lines, tieLines, maximum: full(lines) }]
    }),
    survey: { lines: survey, maximum: full(survey) },
  }
}

/** Mean of the submitted totals; of five or more, one highest and one lowest are left out (rule 7). */
export function scoreOfMethod<S extends { id: string; total: number }>(
  sheets: readonly S[],
  dropFrom = TRIM_FROM,
): { score: number; kept: S[]; lowest: S | null; highest: S | null } {
  const sorted = sheets.toSorted(byTotal)
  const dropping = sorted.length >= Math.max(dropFrom, 3)
  const kept = dropping ? sorted.slice(1, -1) : sorted
  const [lowest, highest] = dropping ? [sorted[0] ?? null, sorted.at(-1) ?? null] : [null, null]
  return { score: mean(kept.map((one) => one.total)), kept, lowest, highest }
}

export interface Scored {
  applicationId: string
  schoolId: string
  total: number
  methods: Partial<Record<ScoredMethod, number>>
  survey: number
  bonus: number
  deduction: number
  /** Points in the dimension that decides ties. */
  dimension: number
  /** Methods without a single submitted sheet, and the survey while its points are missing: no result before these come. */
  missing: (ScoredMethod | 'survey')[]
}

/** Total = methods + survey + bonus − deduction (rule 7); a large deduction may bring it below 0. */
const totalOf = (scored: Pick<Scored, 'methods' | 'survey' | 'bonus' | 'deduction'>): number =>
  sum(Object.values(scored.methods)) + scored.survey + scored.bonus - scored.deduction

const cappedSum = (adjustments: readonly AdjustmentInput[], kind: AdjustmentInput['kind'], cap: number): number =>
  Math.min(sum(adjustments.filter((one) => one.kind === kind).map((one) => one.points)), toHundredths(cap))

function methodsOf(application: ApplicationInput, rubric: Rubric) {
  return rubric.methods.map(({ method, lines, tieLines, maximum }) => {
    const sheets = application.sheets
      .filter((sheet) => sheet.method === method)
      .map((sheet) => ({ id: sheet.id, sheet, total: totalOfSheet(lines, sheet.scores) }))
    const result = scoreOfMethod(sheets, rubric.rules.dropFrom)
    const dimension = mean(result.kept.map((one) => totalOfSheet(tieLines, one.sheet.scores)))
    return { method, lines, maximum, sheets, dimension, ...result }
  })
}

/** The survey's points over its indicators, adding up to exactly the points there are. */
const surveyParts = (points: number, rubric: Rubric): number[] =>
  shareOut(
    points,
    rubric.survey.lines.map((line) => line.maximum),
  )

function surveyDimension(points: number, rubric: Rubric): number {
  const parts = surveyParts(points, rubric)
  return sum(parts.filter((_, at) => rubric.survey.lines[at]?.dimension === rubric.rules.tieDimension))
}

function scoreApplication(application: ApplicationInput, rubric: Rubric): Scored {
  const computed = methodsOf(application, rubric)
  const { bonus, deduction } = rubric.standard
  const survey = application.survey?.points ?? 0
  const parts = {
    methods: Object.fromEntries(computed.map((one) => [one.method, one.score])) as Scored['methods'],
    survey,
    bonus: cappedSum(application.adjustments, 'bonus', bonus.cap),
    deduction: cappedSum(application.adjustments, 'deduction', deduction.cap),
  }
  const missing: Scored['missing'] = computed.filter((one) => one.sheets.length === 0).map((one) => one.method)
  if (application.survey === null && rubric.survey.maximum > 0) missing.push('survey')
  return {
    applicationId: application.applicationId,
    schoolId: application.schoolId,
    total: totalOf(parts),
    ...parts,
    dimension: sum(computed.map((one) => one.dimension)) + surveyDimension(survey, rubric),
    missing,
  }
}

/** What set a place apart from the one before it; `same` shares the place. */
export type DecidedBy = 'first' | 'total' | 'survey' | 'dimension' | 'documents' | 'same'

export interface Place extends Scored {
  place: number
  decidedBy: DecidedBy
}

const criteria = [
  ['total', (one: Scored) => one.total],
  ['survey', (one: Scored) => one.survey],
  ['dimension', (one: Scored) => one.dimension],
  ['documents', (one: Scored) => one.methods.documents ?? 0],
] as const

function decidedBetween(before: Scored | undefined, one: Scored): DecidedBy {
  if (!before) return 'first'
  return criteria.find(([, value]) => value(before) !== value(one))?.[0] ?? 'same'
}

function compare(a: Scored, b: Scored): number {
  for (const [, value] of criteria) {
    const difference = value(b) - value(a)
    if (difference !== 0) return difference
  }
  return a.applicationId < b.applicationId ? -1 : a.applicationId > b.applicationId ? 1 : 0
}

/**
 * Places of all applications (rules 7 and 8): 1, 2, 2, 4. Takes any iterable and keeps only the sums of each application, so
 * that a province can be ranked from a stream; `explain` opens one application down to its inputs.
 */
export function rank(applications: Iterable<ApplicationInput>, standard: Standard, rules = rankingRules): Place[] {
  const rubric = rubricOf(standard, rules)
  const scored = Array.from(applications, (one) => scoreApplication(one, rubric)).toSorted(compare)
  const places: Place[] = []
  for (const [at, one] of scored.entries()) {
    const before = places.at(-1)
    const decidedBy = decidedBetween(before, one)
    places.push({ ...one, place: decidedBy === 'same' && before ? before.place : at + 1, decidedBy })
  }
  return places
}

/** One application's numbers, each with the numbers it was made from, down to the single score of a single reviewer. */
export function explain(application: ApplicationInput, standard: Standard, rules = rankingRules) {
  const rubric = rubricOf(standard, rules)
  const scored = scoreApplication(application, rubric)
  const computed = methodsOf(application, rubric)
  const parts = surveyParts(scored.survey, rubric)
  const adjusted = (kind: AdjustmentInput['kind']) => ({
    cap: toHundredths(standard[kind].cap),
    counted: scored[kind],
    items: application.adjustments
      .filter((one) => one.kind === kind)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((one) => ({
        ...one,
        title: standard[kind].items.find((item) => item.code === one.code)?.title ?? one.code,
      })),
  })
  return {
    ruleVersion: rules.version,
    ...scored,
    formula: formulaOf(scored),
    methods: computed.map(({ method, lines, maximum, score, dimension, sheets, lowest, highest }) => ({
      method,
      label: methodLabels[method],
      maximum,
      score,
      dimension,
      sheets: sheets.toSorted(byTotal).map((one) => ({
        id: one.id,
        reviewerId: one.sheet.reviewerId,
        total: one.total,
        dropped: one === lowest ? ('lowest' as const) : one === highest ? ('highest' as const) : null,
        scores: lines.map(({ code, title, maximum: full }) => ({
          code,
          title,
          maximum: full,
          score: one.sheet.scores[code] ?? 0,
        })),
      })),
    })),
    survey: {
      points: scored.survey,
      maximum: rubric.survey.maximum,
      source: application.survey?.source ?? null,
      dimension: surveyDimension(scored.survey, rubric),
      parts: rubric.survey.lines.map(({ code, title, maximum }, at) => ({
        code,
        title,
        maximum,
        score: parts[at] ?? 0,
      })),
    },
    bonus: adjusted('bonus'),
    deduction: adjusted('deduction'),
  }
}

/** “查阅资料 22.5 + … + 加分 1 − 减分 0 = 87.75”, as a person checks it by hand. */
function formulaOf(scored: Scored): string {
  const terms = (Object.entries(scored.methods) as [ScoredMethod, number][]).map(
    ([method, score]) => `${methodLabels[method]} ${showScore(score)}`,
  )
  terms.push(`${methodLabels.survey} ${showScore(scored.survey)}`, `加分 ${showScore(scored.bonus)}`)
  return `${terms.join(' + ')} − 减分 ${showScore(scored.deduction)} = ${showScore(scored.total)}`
}

/** Methods of an application whose sheets lie more than the allowed share of full marks apart (rule 10). */
export function disagreements(
  application: ApplicationInput,
  rubric: Rubric,
  share = 15,
): (Disagreement & { method: ScoredMethod })[] {
  return methodsOf(application, rubric).flatMap(({ method, sheets, maximum }) => {
    const found = disagreementOf(sheets, maximum, share)
    return found ? [{ method, ...found }] : []
  })
}

/** The school's part in the year's counted survey; null when it has none, as when it was left out. */
export interface SurveyIndex {
  index: number | null
  source: string
  /** Why there is no index, in words. */
  without: string
}

/** What the survey is to one application: the points, or why there are none. */
export interface SurveyStanding {
  survey: { points: number; source: string } | null
  lack: string
  /** The office may rule on it: the survey is counted and the school has no index. */
  rulable: boolean
}

/**
 * Points of the index by rule 7. A school without one (样本不足) gets the interviews' share of full marks where the office has
 * ruled so: the panel has talked with the same people.
 */
export function standingOf(
  sheets: readonly SheetInput[],
  facts: { tallied: boolean; own: SurveyIndex | null; ruling: string | null },
  rubric: Rubric,
): SurveyStanding {
  const { tallied, own, ruling } = facts
  if (!tallied) return { survey: null, lack: '满意度测评还没有计票', rulable: false }
  if (own && own.index !== null) {
    const { points } = surveyPoints(own.index, rubric.standard)
    return { survey: { points, source: own.source }, lack: '', rulable: false }
  }
  const without = own?.without || '没有参加测评'
  if (ruling === null) return { survey: null, lack: `群众测评${without}，待裁定`, rulable: true }
  const points = pointsByInterview(sheets, rubric)
  if (points === null) return { survey: null, lack: '访谈座谈还没有提交的评分表，不能折算', rulable: true }
  const source = `${without}，经裁定按访谈座谈得分率折算：${ruling}`
  return { survey: { points, source }, lack: '', rulable: true }
}

/** The survey's full marks times the share that the interviews gave; nothing before a sheet is in. */
export function pointsByInterview(sheets: readonly SheetInput[], rubric: Rubric): number | null {
  const method = rubric.methods.find((one) => one.method === 'interview')
  const own = sheets.filter((sheet) => sheet.method === 'interview')
  if (!method || method.maximum === 0 || own.length === 0) return null
  const totals = own.map((sheet) => ({ id: sheet.id, total: totalOfSheet(method.lines, sheet.scores) }))
  const { score } = scoreOfMethod(totals, rubric.rules.dropFrom)
  return divideHalfUp(score * rubric.survey.maximum, method.maximum)
}

/** A bonus or deduction names an item of the standard, stays within its points and says why. */
export function againstAdjustment(
  standard: Standard,
  adjustment: Omit<AdjustmentInput, 'id'>,
  standing: readonly Omit<AdjustmentInput, 'id' | 'points'>[] = [],
): Refusal[] {
  const { kind, code, points, reason } = adjustment
  const reasons: Refusal[] = []
  const item = standard[kind].items.find((one) => one.code === code)
  if (!item) reasons.push(refusal('invalid', `评估标准里没有加减分项 ${code}，请重新选择。`, { field: 'code' }))
  else if (!Number.isInteger(points) || points <= 0 || points > toHundredths(item.points))
    reasons.push(
      refusal('invalid', `${quoted(item.title)}每次应多于 0 分、不多于 ${item.points} 分，最多两位小数。`, {
        field: 'points',
      }),
    )
  if (reason.trim() === '') reasons.push(refusal('reasonMissing', undefined, { field: 'reason' }))
  const same = standing.some(
    (one) => one.kind === kind && one.code === code && one.reason.trim() === reason.trim() && reason.trim() !== '',
  )
  if (same)
    reasons.push(
      refusal('alreadyExists', '同一项、同一理由已经登记过一次。确有另一件事的，请在理由里写明是哪一件。', {
        field: 'reason',
      }),
    )
  return reasons
}
