import * as account from './identity/account.ts'
import * as accountRequest from './identity/accountRequest.ts'
import * as audit from './records/audit.ts'
import type { AnyEndpoint } from './endpoint.ts'
import * as application from './application/application.ts'
import * as award from './award/award.ts'
import * as notice from './award/notice.ts'
import * as objection from './award/objection.ts'
import * as recommendation from './award/recommendation.ts'
import * as brand from './brand/brand.ts'
import * as contact from './schools/contact.ts'
import * as cycle from './year/cycle.ts'
import * as event from './showcase/event.ts'
import * as file from './records/file.ts'
import * as ledger from './ledger/ledger.ts'
import * as comment from './plan/comment.ts'
import * as plan from './plan/plan.ts'
import * as precondition from './application/precondition.ts'
import * as organization from './schools/organization.ts'
import * as schoolList from './schools/schoolList.ts'
import * as panel from './review/panel.ts'
import * as sheet from './review/sheet.ts'
import * as review from './review/review.ts'
import * as session from './identity/session.ts'
import * as summary from './application/summary.ts'
import * as article from './showcase/article.ts'
import * as rectification from './supervision/rectification.ts'
import * as finding from './supervision/finding.ts'
import * as inspection from './supervision/inspection.ts'
import * as visit from './supervision/visit.ts'
import * as survey from './survey/survey.ts'
import * as surveyReport from './survey/surveyReport.ts'
import * as surveySchool from './survey/surveySchool.ts'
import * as todo from './home/todo.ts'

/** Every endpoint of the contract, one line per feature. */
const features: Record<string, Record<string, unknown>> = {
  session,
  organization,
  schoolList,
  contact,
  cycle,
  account,
  accountRequest,
  audit,
  file,
  brand,
  ledger,
  summary,
  application,
  precondition,
  plan,
  comment,
  panel,
  sheet,
  review,
  event,
  award,
  notice,
  objection,
  recommendation,
  article,
  visit,
  inspection,
  finding,
  rectification,
  survey,
  surveySchool,
  surveyReport,
  todo,
}

export const endpoints: AnyEndpoint[] = Object.values(features)
  .flatMap((feature) => Object.values(feature))
  .filter(isEndpoint)

function isEndpoint(value: unknown): value is AnyEndpoint {
  return typeof value === 'object' && value !== null && 'path' in value && 'reply' in value && 'access' in value
}
