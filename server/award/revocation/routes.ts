import * as contract from '#contract/award/award.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { askRevocation, judgeRevocation } from './actions.ts'
import { showRevocations } from './views.ts'

export const revocationRoutes = [
  act(contract.askRevocation, (work, { params, body }) => askRevocation(work, params.id, 'revoke', body)),
  act(contract.askRestoration, (work, { params, body }) => askRevocation(work, params.id, 'restore', body)),
  answer(contract.listRevocations, (look) => showRevocations(look)),
  act(contract.decideRevocation, (work, { params, body }) => judgeRevocation(work, params.id, body.action)),
]
