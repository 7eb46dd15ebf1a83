import * as account from './account.ts'
import * as accountRequest from './accountRequest.ts'
import * as audit from './audit.ts'
import type { AnyEndpoint } from './endpoint.ts'
import * as application from './application.ts'
import * as award from './award.ts'
import * as notice from './notice.ts'
import * as objection from './objection.ts'
import * as recommendation from './recommendation.ts'
import * as brand from './brand.ts'
import * as contact from './contact.ts'
import * as cycle from './cycle.ts'
import * as event from './event.ts'
import * as file from './file.ts'
import * as ledger from './ledger.ts'
import * as comment from './comment.ts'
import * as plan from './plan.ts'
import * as precondition from './precondition.ts'
import * as organization from './organization.ts'
import * as schoolList from './schoolList.ts'
import * as panel from './panel.ts'
import * as sheet from './sheet.ts'
import * as review from './review.ts'
import * as session from './session.ts'
import * as summary from './summary.ts'
import * as article from './article.ts'
import * as rectification from './rectification.ts'
import * as supervision from './supervision.ts'
import * as visit from './visit.ts'
import * as survey from './survey.ts'
import * as surveyReport from './surveyReport.ts'
import * as surveySchool from './surveySchool.ts'
import * as todo from './todo.ts'

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
  supervision,
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
