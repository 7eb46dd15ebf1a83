import * as contract from '#contract/review/review.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { computeResult, correctResult, moderateResult, sealResult } from './actions.ts'
import { reviewDocuments } from './documents.ts'
import { readExplanation, readRanking } from './views.ts'

export const resultRoutes = [
  act(contract.computeResult, (work, { query }) => computeResult(work, query.year)),
  act(contract.moderateResult, (work, { params, body }) => moderateResult(work, params.id, body)),
  act(contract.correctResult, (work, { params, body }) => correctResult(work, params.id, body)),
  act(contract.sealResult, (work, { params, body }) => sealResult(work, params.id, body.seen)),
  answer(contract.readRanking, (look, { query }) => readRanking(look, query.year)),
  answer(contract.explainPlace, (look, { params }) => readExplanation(look, params)),
  ...reviewDocuments,
]
