import * as contract from '#contract/award/award.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { confirmDecision, decideResult, reopenDecision } from './actions.ts'
import { listUnconfirmed, readNaming } from './views.ts'

export const decisionRoutes = [
  answer(contract.readNaming, (look, { query }) => readNaming(look, query.year)),
  act(contract.decideResult, (work, { params, body }) => decideResult(work, params.id, body)),
  answer(contract.listDecisions, (look) => listUnconfirmed(look)),
  act(contract.confirmDecision, (work, { params, body }) => confirmDecision(work, params.id, body)),
  act(contract.reopenDecision, (work, { params, body }) => reopenDecision(work, params.id, body)),
]
