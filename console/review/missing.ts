import { methodLabel } from './words.ts'
import type { ReviewedApplication } from './queries.ts'

/** What one school still lacks before its total can be computed. */
export function missingOf(application: ReviewedApplication): string[] {
  const lacks = application.methods.flatMap(({ method, sheets: all, disagreement }) => {
    const sheets = all.filter((sheet) => sheet.state !== 'excluded')
    const label = methodLabel(method)
    const open = sheets.filter((sheet) => sheet.state !== 'submitted').length
    if (sheets.length === 0) return [`${label}没有评分表`]
    if (open > 0) return [`${label}还有 ${open} 张没有提交`]
    return disagreement && disagreement.ruling === null ? [`${label}评分分歧待说明`] : []
  })
  return application.survey === null ? [...lacks, application.surveyLack] : lacks
}
