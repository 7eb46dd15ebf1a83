import * as contract from '#contract/award/recommendation.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { moveRecommendation, selectRecommendation } from './actions.ts'
import { recommendationDocuments } from './documents.ts'
import { showRecommendations } from './views.ts'

export const recommendationRoutes = [
  answer(contract.listRecommendations, (look, { query }) => showRecommendations(look, query.year)),
  act(contract.selectRecommendation, (work, { body }) => selectRecommendation(work, body)),
  act(contract.moveRecommendation, (work, { params, body }) => moveRecommendation(work, params.id, body)),
  ...recommendationDocuments,
]
