import * as contract from '#contract/application/precondition.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { liftBreach, recordBreach } from './actions.ts'
import { showBreaches } from './views.ts'

export const preconditionRoutes = [
  answer(contract.listBreaches, (look, { params, query }) => showBreaches(look, params.id, query.year)),
  act(contract.recordBreach, (work, { params, body }) => recordBreach(work, params.id, body)),
  act(contract.liftBreach, (work, { params, body }) => liftBreach(work, params.id, body.reason)),
]
