import { parseScore, showScore } from '#domain/base/score.ts'
import { readScores, type Scores } from '#domain/review/sheet.ts'

/** A sheet as it stands in the fields. */
export interface TypedScores {
  scores: Record<string, string>
  remark: string
}

interface Line {
  code: string
  maximum: number
  allowed: number[] | null
}

export const typedOf = (sheet: { scores: Scores; remark: string }): TypedScores => ({
  scores: Object.fromEntries(Object.entries(sheet.scores).map(([code, score]) => [code, showScore(score)])),
  remark: sheet.remark,
})

/** What is typed as scores, the mistakes by indicator, and the indicators still empty. */
export function wrongIn(
  lines: readonly Line[],
  typed: TypedScores,
): { scores: Record<string, number>; wrong: Map<string, string>; missing: string[] } {
  const scores: Record<string, number> = {}
  const wrong = new Map<string, string>()
  const missing: string[] = []
  for (const { code, maximum } of lines) {
    const text = (typed.scores[code] ?? '').normalize('NFKC').replace('。', '.').trim()
    if (text === '') missing.push(code)
    else {
      const score = parseScore(text)
      const [reason] = readScores({ [code]: text }).reasons
      if (score === undefined) wrong.set(code, reason?.message ?? '请填数字')
      else if (score > maximum) wrong.set(code, `最多 ${showScore(maximum)} 分`)
      else scores[code] = score
    }
  }
  return { scores, wrong, missing }
}
