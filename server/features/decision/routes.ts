import * as contract from '#contract/award.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { decide, reopen } from './actions.ts'
import { readNamingState } from './store.ts'

export const decisionRoutes = [
  answer(contract.readNaming, (look, { query }) => readNamingState(look, query.year)),
  act(contract.decideResult, (work, { params, body }) => decide(work, params.id, body)),
  act(contract.reopenDecision, (work, { params, body }) => reopen(work, params.id, body)),
]
