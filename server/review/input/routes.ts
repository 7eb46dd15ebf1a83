import * as contract from '#contract/review/review.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { addAdjustment, dropAdjustment, ruleDisagreement, ruleSurvey } from './actions.ts'
import { readReview } from './views.ts'

export const inputRoutes = [
  answer(contract.readReview, (look, { query }) => readReview(look, query.year)),
  act(contract.ruleSurvey, (work, { params, body }) => ruleSurvey(work, params.id, body.reason)),
  act(contract.addAdjustment, (work, { params, body }) => addAdjustment(work, params.id, body)),
  act(contract.dropAdjustment, (work, { params, body }) => dropAdjustment(work, params.id, body.reason)),
  act(contract.ruleDisagreement, (work, { params, body }) => ruleDisagreement(work, params.id, body)),
]
