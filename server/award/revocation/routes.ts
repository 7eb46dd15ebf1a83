import * as contract from '#contract/award/award.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { ask, judge } from './actions.ts'
import { listRevocationRows } from './queries.ts'

export const revocationRoutes = [
  act(contract.askRevocation, (work, { params, body }) => ask(work, params.id, 'revoke', body)),
  act(contract.askRestoration, (work, { params, body }) => ask(work, params.id, 'restore', body)),
  answer(contract.listRevocations, (look) => listRevocationRows(look)),
  act(contract.decideRevocation, (work, { params, body }) => judge(work, params.id, body.action)),
]
