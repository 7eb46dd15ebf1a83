import { accountRequestLife } from './accountRequest.ts'
import { applicationLife } from './application.ts'
import { articleLife } from './article.ts'
import { awardLife } from './award.ts'
import { commentLife } from './comment.ts'
import { cycleLife } from './cycle.ts'
import { entryLife } from './entry.ts'
import { eventLife } from './event.ts'
import { findingLife } from './finding.ts'
import { inspectionLife } from './inspection.ts'
import { noticeLife } from './notice.ts'
import { objectionLife } from './objection.ts'
import { planLife } from './plan.ts'
import { promiseLife } from './promise.ts'
import { recommendationLife } from './recommendation.ts'
import { rectificationLife } from './rectification.ts'
import { resultLife } from './result.ts'
import { scoreSheetLife } from './scoreSheet.ts'
import { summaryLife } from './summary.ts'
import { surveyLife } from './survey.ts'

/** Every lifecycle of the product, for docs, tests and the access matrix. */
export const lifecycles = [
  cycleLife,
  planLife,
  promiseLife,
  commentLife,
  entryLife,
  inspectionLife,
  findingLife,
  rectificationLife,
  eventLife,
  articleLife,
  summaryLife,
  applicationLife,
  scoreSheetLife,
  resultLife,
  surveyLife,
  noticeLife,
  objectionLife,
  awardLife,
  recommendationLife,
  accountRequestLife,
] as const
