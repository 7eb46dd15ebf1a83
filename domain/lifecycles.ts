import { accountRequestLife } from './identity/accountRequestLife.ts'
import { applicationLife } from './application/applicationLife.ts'
import { articleLife } from './showcase/articleLife.ts'
import { awardLife } from './award/awardLife.ts'
import { commentLife } from './plan/commentLife.ts'
import { cycleLife } from './year/cycleLife.ts'
import { entryLife } from './ledger/entryLife.ts'
import { eventLife } from './showcase/eventLife.ts'
import { findingLife } from './supervision/findingLife.ts'
import { inspectionLife } from './supervision/inspectionLife.ts'
import { noticeLife } from './award/noticeLife.ts'
import { objectionLife } from './award/objectionLife.ts'
import { planLife } from './plan/planLife.ts'
import { promiseLife } from './plan/promiseLife.ts'
import { recommendationLife } from './award/recommendationLife.ts'
import { rectificationLife } from './supervision/rectificationLife.ts'
import { resultLife } from './review/resultLife.ts'
import { scoreSheetLife } from './review/scoreSheetLife.ts'
import { summaryLife } from './application/summaryLife.ts'
import { surveyLife } from './survey/surveyLife.ts'

/** Every lifecycle of the product under its name, for docs, tests, the log and the access matrix. */
export const lives = {
  cycle: cycleLife,
  plan: planLife,
  promise: promiseLife,
  comment: commentLife,
  entry: entryLife,
  inspection: inspectionLife,
  finding: findingLife,
  rectification: rectificationLife,
  event: eventLife,
  article: articleLife,
  summary: summaryLife,
  application: applicationLife,
  scoreSheet: scoreSheetLife,
  result: resultLife,
  survey: surveyLife,
  notice: noticeLife,
  objection: objectionLife,
  award: awardLife,
  recommendation: recommendationLife,
  accountRequest: accountRequestLife,
}

export const lifecycles = Object.values(lives)
