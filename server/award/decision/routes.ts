import * as contract from '#contract/award/award.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { confirm, decide, reopen } from './actions.ts'
import { listUnconfirmed, readNamingState } from './queries.ts'

export const decisionRoutes = [
  answer(contract.readNaming, (look, { query }) => readNamingState(look, query.year)),
  act(contract.decideResult, (work, { params, body }) => decide(work, params.id, body)),
  answer(contract.listDecisions, (look) => listUnconfirmed(look)),
  act(contract.confirmDecision, (work, { params, body }) => confirm(work, params.id, body)),
  act(contract.reopenDecision, (work, { params, body }) => reopen(work, params.id, body)),
]
