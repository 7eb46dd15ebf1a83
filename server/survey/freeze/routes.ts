import * as contract from '#contract/survey/survey.ts'
import { exchange } from '#server/kernel/routes.ts'
import { freezeSurvey } from './actions.ts'

export const surveyFreezeRoutes = [
  exchange(contract.freezeSurvey, (one, { params, body }) => freezeSurvey(one, params.id, body)),
]
