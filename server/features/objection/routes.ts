import * as contract from '#contract/award.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { moveObjection } from './actions.ts'
import { listBureauPeople, listObjectionRows } from './store.ts'

export const objectionRoutes = [
  answer(contract.listObjections, (look, { query }) => listObjectionRows(look, query)),
  answer(contract.listHandlers, (look) => listBureauPeople(look)),
  act(contract.admitObjection, (work, { params, body }) => moveObjection(work, params.id, 'admit', body)),
  act(contract.dismissObjection, (work, { params, body }) => moveObjection(work, params.id, 'dismiss', body)),
  act(contract.assignObjection, (work, { params, body }) => moveObjection(work, params.id, 'assign', body)),
  act(contract.decideObjection, (work, { params, body }) => moveObjection(work, params.id, 'decide', body)),
  act(contract.replyObjection, (work, { params, body }) => moveObjection(work, params.id, 'reply', body)),
]
