import * as contract from '#contract/identity/accountRequest.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { askSlips, noteRequest, refuseRequest, releaseRequest, withdrawRequest } from './actions.ts'
import { readRequestPage } from './views.ts'

const done = { ok: true } as const

export const accountRequestRoutes = [
  answer(contract.listRequests, (look, { query }) => readRequestPage(look, query)),
  act(contract.askSlips, (work, { body }) => askSlips(work, body.personIds, body.reason)),
  act(contract.releaseRequest, (work, { params }) => releaseRequest(work, params.id).then(() => done)),
  act(contract.refuseRequest, (work, { params, body }) => refuseRequest(work, params.id, body.reason).then(() => done)),
  act(contract.withdrawRequest, (work, { params }) => withdrawRequest(work, params.id).then(() => done)),
  act(contract.noteRequest, (work, { params }) => noteRequest(work, params.id).then(() => done)),
]
