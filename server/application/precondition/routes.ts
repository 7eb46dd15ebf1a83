import * as contract from '#contract/application/precondition.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { lift, record } from './actions.ts'
import { listBreachesOf } from './queries.ts'

export const preconditionRoutes = [
  answer(contract.listBreaches, (look, { params, query }) => listBreachesOf(look, params.id, query.year)),
  act(contract.recordBreach, (work, { params, body }) => record(work, params.id, body)),
  act(contract.liftBreach, (work, { params, body }) => lift(work, params.id, body.reason)),
]
