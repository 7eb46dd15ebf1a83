import * as contract from '#contract/survey/survey.ts'
import { act, answer, exchange } from '#server/kernel/routes.ts'
import {
  closeSurvey,
  createSurvey,
  eraseSurvey,
  issueSurvey,
  openSurvey,
  publishSurvey,
  saveSurvey,
  voidSurvey,
} from './actions.ts'
import { tallySurvey } from '#server/survey/result/actions.ts'
import { listYearSurveys, readSurveyDetail } from './views.ts'

export const surveyRoutes = [
  answer(contract.listSurveys, (look, { query }) => listYearSurveys(look, query.year)),
  act(contract.createSurvey, (work, { body }) => createSurvey(work, body)),
  answer(contract.readSurvey, (look, { params }) => readSurveyDetail(look, params.id)),
  act(contract.saveSurvey, (work, { params, body }) => saveSurvey(work, params.id, body)),
  act(contract.issueSurvey, (work, { params }) => issueSurvey(work, params.id)),
  exchange(contract.openSurvey, (one, { params }) => openSurvey(one, params.id)),
  exchange(contract.closeSurvey, (one, { params, body }) => closeSurvey(one, params.id, body)),
  exchange(contract.tallySurvey, (one, { params }) => tallySurvey(one, params.id)),
  act(contract.publishSurvey, (work, { params, body }) => publishSurvey(work, params.id, body.text)),
  exchange(contract.voidSurvey, (one, { params, body }) => voidSurvey(one, params.id, body.reason)),
  exchange(contract.eraseSurvey, (one, { params }) => eraseSurvey(one, params.id)),
]
