import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { divideHalfUp, parseScore, showScore, sum } from '#domain/base/score.ts'
import { linesOf, type Method, methodLabels, type SheetLine, type Standard } from '#domain/year/standard.ts'
import { quoted } from '#domain/base/text.ts'

/** The methods that reviewers score on sheets; survey points come from the closed survey. */
export type ScoredMethod = Exclude<Method, 'survey'>

/** Scores of a sheet in hundredths, by indicator code. */
export type Scores = Readonly<Record<string, number>>

const wrong = (field: string, message: string): Refusal => refusal('invalid', message, { field })

/** Everything wrong with a sheet, at once; a draft may still have gaps (rule 6). */
export function againstSheet(
  standard: Standard,
  method: Method,
  scores: Scores,
  { partial = false }: { partial?: boolean } = {},
): Refusal[] {
  if (method === 'survey') return [refusal('invalid', '群众测评得分由测评结果得出，不用评分表填写。')]
  const lines = linesOf(standard, method)
  const known = new Set(lines.map((line) => line.code))
  const reasons = Object.keys(scores)
    .filter((code) => !known.has(code))
    .map((code) => wrong(code, `“${methodLabels[method]}”的评分表里没有指标 ${code}，请刷新页面后重填。`))
  for (const line of lines) {
    const score = Object.hasOwn(scores, line.code) ? scores[line.code] : undefined
    if (score !== undefined) reasons.push(...againstScore(line, score))
    else if (!partial) reasons.push(refusal('incomplete', `请给 ${line.code} 评分。`, { field: line.code }))
  }
  return reasons
}

function againstScore(line: SheetLine, score: number): Refusal[] {
  const { code, maximum } = line
  if (!Number.isFinite(score)) return [wrong(code, `${code} 的分数不是数字，请重填。`)]
  if (!Number.isInteger(score)) return [wrong(code, `${code} 的分数最多保留两位小数。`)]
  if (score < 0 || score > maximum) return [wrong(code, `${code} 的分数应在 0 到 ${showScore(maximum)} 分之间。`)]
  const allowed = allowedScores(line)
  if (allowed && !allowed.includes(score))
    return [wrong(code, `${code} 只能评 ${allowed.map(showScore).join('、')} 分。`)]
  return []
}

/** The only scores that a line may have; nothing for a scale, where every score up to full marks is allowed (rule 6). */
export function allowedScores(line: SheetLine): number[] | undefined {
  const { maximum } = line
  if (line.kind === 'precondition') return [0, maximum]
  if (line.kind === 'steps' && line.steps)
    return [...new Set(line.steps.map((step) => divideHalfUp(maximum * step, 100)))].toSorted((a, b) => a - b)
  if (line.kind === 'deductPerMiss' && line.perMiss) {
    const scores: number[] = []
    for (let left = maximum; left > 0; left -= line.perMiss) scores.unshift(left)
    return [0, ...scores]
  }
  return undefined
}

/** Reads scores as a reviewer types them (“4.5”); empty fields are gaps, which `againstSheet` names. */
export function readScores(typed: Readonly<Record<string, string>>): { scores: Scores; reasons: Refusal[] } {
  const scores: Record<string, number> = {}
  const reasons: Refusal[] = []
  for (const [code, text] of Object.entries(typed)) {
    if (text.trim() === '') continue
    const score = parseScore(text.normalize('NFKC'))
    if (score !== undefined) scores[code] = score
    else
      reasons.push(
        /^\s*\d+\.\d{3,}\s*$/.test(text)
          ? wrong(code, `${code} 的分数最多保留两位小数。`)
          : wrong(code, `${code} 的分数${quoted(text.trim().slice(0, 12))}不是数字，请重填。`),
      )
  }
  return { scores, reasons }
}

/** The total of a complete sheet; a gap in a submitted sheet is a defect, never a zero. */
export function totalOfSheet(lines: readonly SheetLine[], scores: Scores): number {
  return sum(
    lines.map(({ code }) => {
      const score = scores[code]
      if (score === undefined) throw new RangeError(`a submitted sheet has no score for ${code}`)
      return score
    }),
  )
}

export interface Disagreement {
  lowest: { id: string; total: number }
  highest: { id: string; total: number }
  /** How far apart they are and how far they may be, in hundredths. */
  spread: number
  allowed: number
}

/** Whether submitted sheets of one application and one method lie too far apart (rule 10), and which two the farthest. */
export function disagreementOf(
  sheets: readonly { id: string; total: number }[],
  fullMarks: number,
  share = 15,
): Disagreement | undefined {
  const sorted = sheets.toSorted(byTotal)
  const [lowest, highest] = [sorted[0], sorted.at(-1)]
  if (!lowest || !highest) return undefined
  const spread = highest.total - lowest.total
  if (spread * 100 <= share * fullMarks) return undefined
  const bare = ({ id, total }: { id: string; total: number }) => ({ id, total })
  return { lowest: bare(lowest), highest: bare(highest), spread, allowed: Math.floor((share * fullMarks) / 100) }
}

/**
 * Whether one more reviewer has scored since the submitted sheets lay too far apart, which settles it as a reason does (rule 10):
 * a sheet that was handed out when those submitted before it already disagreed.
 */
export const isFollowedUp = (
  sheets: readonly { id: string; total: number; createdAt: string; submittedAt: string }[],
  fullMarks: number,
  share = 15,
): boolean =>
  sheets.some((one) => {
    const before = sheets.filter((other) => other.submittedAt < one.createdAt)
    return disagreementOf(before, fullMarks, share) !== undefined
  })

/** Sheets of equal totals are told apart by their id, so that the order in which they arrive never matters. */
export const byTotal = (a: { id: string; total: number }, b: { id: string; total: number }): number =>
  a.total - b.total || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
