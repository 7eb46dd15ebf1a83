import * as contract from '#contract/award/recommendation.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { recommend, select } from './actions.ts'
import { recommendationDocuments } from './documents.ts'
import { listRecommendationRows } from './queries.ts'

export const recommendationRoutes = [
  answer(contract.listRecommendations, (look, { query }) => listRecommendationRows(look, query.year)),
  act(contract.selectRecommendation, (work, { body }) => select(work, body)),
  act(contract.moveRecommendation, (work, { params, body }) => recommend(work, params.id, body)),
  ...recommendationDocuments,
]
