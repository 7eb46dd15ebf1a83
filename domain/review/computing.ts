import type { ApplicationState } from '#domain/application/applicationLife.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { type Standard, methodLabels } from '#domain/year/standard.ts'
import { isResultOpen, type ResultState } from './resultLife.ts'
import { againstWaiting } from './result.ts'
import { type AdjustmentInput, type ApplicationInput, disagreements, rubricOf } from './review.ts'
import type { ScoreSheetState } from './scoreSheetLife.ts'
import { isFollowedUp, type ScoredMethod, type Scores } from './sheet.ts'

export interface SheetRow {
  id: string
  applicationId: string
  reviewerId: string
  reviewerName: string
  method: ScoredMethod
  state: ScoreSheetState
  total: number | null
  scores: Scores
  createdAt: string
  submittedAt: string | null
  /** Asked to be left out and not answered yet. */
  excludeAskedBy: string | null
}

export interface ReviewedApplication {
  applicationId: string
  schoolId: string
  schoolName: string
  stage: string
  state: ApplicationState
  sheets: SheetRow[]
  survey: { points: number; source: string } | null
  /** Why there are no survey points yet; empty when there are. */
  surveyLack: string
  surveyRulable: boolean
  surveyRuling: string | null
  adjustments: AdjustmentInput[]
  rulings: { method: ScoredMethod; reason: string }[]
}

/** What goes into the computation: submitted sheets only. */
export const inputOf = (application: ReviewedApplication): ApplicationInput => ({
  applicationId: application.applicationId,
  schoolId: application.schoolId,
  sheets: application.sheets
    .filter((sheet) => sheet.state === 'submitted')
    .map(({ id, reviewerId, method, scores }) => ({ id, reviewerId, method, scores })),
  survey: application.survey,
  adjustments: application.adjustments,
})

/** Flagged disagreements, each with what settles it, a reason or one more reviewer, if there is (rule 10). */
export function disagreementsOf(application: ReviewedApplication, standard: Standard, share: number) {
  const rubric = rubricOf(standard)
  return disagreements(inputOf(application), rubric, share).map((one) => {
    const sheets = application.sheets.flatMap(({ id, method, state, total, createdAt, submittedAt }) =>
      method === one.method && state === 'submitted' && total !== null && submittedAt !== null
        ? [{ id, total, createdAt, submittedAt }]
        : [],
    )
    const { maximum = 0 } = rubric.methods.find(({ method }) => method === one.method) ?? {}
    const followed = isFollowedUp(sheets, maximum, share) ? '已增加一位专家评分。' : null
    return { ...one, ruling: application.rulings.find(({ method }) => method === one.method)?.reason ?? followed }
  })
}

/** Why no result can be computed yet, every reason with the school it belongs to. */
export function againstComputing(
  applications: readonly ReviewedApplication[],
  standard: Standard,
  share: number,
  result: { state: ResultState } | undefined,
  waiting: Parameters<typeof againstWaiting>[0],
): Refusal[] {
  const reasons = againstWaiting(waiting)
  if (!isResultOpen(result?.state)) reasons.push(refusal('notInThisState', '评审结果已经封存，不能重新计算。'))
  if (applications.length === 0) reasons.push(refusal('incomplete', '还没有进入评审的申报。请先受理申报、分配评分表。'))
  const rubric = rubricOf(standard)
  for (const application of applications) {
    const { schoolName } = application
    for (const { method } of rubric.methods) {
      const sheets = application.sheets.filter((sheet) => sheet.method === method && sheet.state !== 'excluded')
      const open = sheets.filter((sheet) => sheet.state !== 'submitted').length
      if (sheets.length === 0) reasons.push(refusal('incomplete', `${schoolName}的“${labelOf(method)}”还没有评分表。`))
      else if (open > 0)
        reasons.push(refusal('incomplete', `${schoolName}的“${labelOf(method)}”还有 ${open} 张评分表没有提交。`))
      const asked = sheets.find((sheet) => sheet.excludeAskedBy !== null)
      if (asked)
        reasons.push(
          refusal('incomplete', `${schoolName}的“${labelOf(method)}”有评分表提请剔除，还没有人确认。`, {
            href: `/console/sheets/${asked.id}`,
          }),
        )
    }
    if (application.survey === null && rubric.survey.maximum > 0)
      reasons.push(
        refusal('incomplete', `${schoolName}：${application.surveyLack}。`, {
          href: application.surveyRulable ? `/console/review/${application.applicationId}` : '/console/surveys',
        }),
      )
    for (const one of disagreementsOf(application, standard, share))
      if (one.ruling === null)
        reasons.push(
          refusal('incomplete', `${schoolName}的“${labelOf(one.method)}”评分分歧较大，请说明理由或增加一位评委。`),
        )
  }
  return reasons
}

/** What is missing at a school that one has recused from is told without its name and numbers. */
export function withoutBarred(reasons: readonly Refusal[], barred: readonly { schoolName: string }[]): Refusal[] {
  const shown = reasons.filter((reason) => !barred.some((one) => reason.message.startsWith(one.schoolName)))
  return shown.length === reasons.length
    ? shown
    : [...shown, refusal('incomplete', '您回避的学校还有没办完的，请局党工委办的另一位同志办理。')]
}

/** The index decides where there is one; a ruling may be changed as long as there is none. */
export function againstRulingSurvey(application: Pick<ReviewedApplication, 'surveyRulable' | 'survey'>): Refusal[] {
  if (application.surveyRulable) return []
  const why = application.survey ? '这所学校有满意度指数，得分由它得出，不能裁定。' : '满意度测评还没有计票，不能裁定。'
  return [refusal('notInThisState', why)]
}

const labelOf = (method: ScoredMethod): string => methodLabels[method]
