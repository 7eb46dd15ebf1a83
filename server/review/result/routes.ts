import * as contract from '#contract/review/review.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { adjust, compute, correct, moderate, ruleOn, ruleSurvey, seal, unadjust } from './actions.ts'
import { readDesk, readExplanation, readRankingView, reviewDocuments } from './documents.ts'

export const reviewRoutes = [
  answer(contract.readReview, (look, { query }) => readDesk(look, query.year)),
  act(contract.ruleSurvey, (work, { params, body }) => ruleSurvey(work, params.id, body.reason)),
  act(contract.addAdjustment, (work, { params, body }) => adjust(work, params.id, body)),
  act(contract.dropAdjustment, (work, { params, body }) => unadjust(work, params.id, body.reason)),
  act(contract.ruleDisagreement, (work, { params, body }) => ruleOn(work, params.id, body)),
  act(contract.computeResult, (work, { query }) => compute(work, query.year)),
  act(contract.moderateResult, (work, { params, body }) => moderate(work, params.id, body)),
  act(contract.correctResult, (work, { params, body }) => correct(work, params.id, body)),
  act(contract.sealResult, (work, { params, body }) => seal(work, params.id, body.seen)),
  answer(contract.readRanking, (look, { query }) => readRankingView(look, query.year)),
  answer(contract.explainPlace, (look, { params }) => readExplanation(look, params)),
  ...reviewDocuments,
]
