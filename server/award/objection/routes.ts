import * as contract from '#contract/award/objection.ts'
import { ownSchoolId } from '#domain/base/actor.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { answerAsSchool, askJunk, askSchool, judgeJunk, moveObjection } from './actions.ts'
import { objectionPages } from './pages.ts'
import { listBureauPeople } from './queries.ts'
import { showObjections, showOwnObjections } from './views.ts'

export const objectionRoutes = [
  answer(contract.listObjections, (look, { query }) => showObjections(look, query)),
  answer(contract.listHandlers, (look) => listBureauPeople(look)),
  answer(contract.listOwnObjections, (look) => showOwnObjections(look, ownSchoolId(look.actor) ?? '')),
  act(contract.admitObjection, (work, { params, body }) => moveObjection(work, params.id, 'admit', body)),
  act(contract.dismissObjection, (work, { params, body }) => moveObjection(work, params.id, 'dismiss', body)),
  act(contract.assignObjection, (work, { params, body }) => moveObjection(work, params.id, 'assign', body)),
  act(contract.reassignObjection, (work, { params, body }) => moveObjection(work, params.id, 'reassign', body)),
  act(contract.decideObjection, (work, { params, body }) => moveObjection(work, params.id, 'decide', body)),
  act(contract.sendBackObjection, (work, { params, body }) => moveObjection(work, params.id, 'sendBack', body)),
  act(contract.replyObjection, (work, { params, body }) => moveObjection(work, params.id, 'reply', body)),
  act(contract.amendReply, (work, { params, body }) => moveObjection(work, params.id, 'amendReply', body)),
  act(contract.restoreObjection, (work, { params, body }) => moveObjection(work, params.id, 'restore', body)),
  act(contract.askJunk, (work, { body }) => askJunk(work, body)),
  act(contract.judgeJunk, (work, { body }) => judgeJunk(work, body)),
  act(contract.askSchool, (work, { params, body }) => askSchool(work, params.id, body)),
  act(contract.answerOwnObjection, (work, { params, body }) => answerAsSchool(work, params.id, body)),
  ...objectionPages,
]
