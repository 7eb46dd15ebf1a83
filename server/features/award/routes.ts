import * as contract from '#contract/award.ts'
import { ownSchoolId } from '#domain/actor.ts'
import { act, answer } from '#server/kernel/routes.ts'
import {
  composeNotice,
  confer,
  decide,
  end,
  moveObjection,
  post,
  recommend,
  revoke,
  saveNoticeText,
  select,
} from './actions.ts'
import { awardPages } from './pages.ts'
import {
  listBureauPeople,
  listObjectionRows,
  listOwn,
  listRecommendationRows,
  readNamingState,
  readNoticeDetail,
} from './store.ts'

export const awardRoutes = [
  answer(contract.readNaming, (look) => readNamingState(look)),
  act(contract.decideResult, (work, { params, body }) => decide(work, params.id, body)),
  act(contract.draftNotice, (work) => composeNotice(work)),
  answer(contract.readNotice, (look, { params }) => readNoticeDetail(look, params.id)),
  act(contract.saveNotice, (work, { params, body }) => saveNoticeText(work, params.id, body)),
  act(contract.postNotice, (work, { params }) => post(work, params.id)),
  act(contract.endNotice, (work, { params }) => end(work, params.id)),
  answer(contract.listObjections, (look, { query }) => listObjectionRows(look, query)),
  answer(contract.listHandlers, (look) => listBureauPeople(look)),
  act(contract.admitObjection, (work, { params, body }) => moveObjection(work, params.id, 'admit', body)),
  act(contract.dismissObjection, (work, { params, body }) => moveObjection(work, params.id, 'dismiss', body)),
  act(contract.assignObjection, (work, { params, body }) => moveObjection(work, params.id, 'assign', body)),
  act(contract.decideObjection, (work, { params, body }) => moveObjection(work, params.id, 'decide', body)),
  act(contract.replyObjection, (work, { params, body }) => moveObjection(work, params.id, 'reply', body)),
  act(contract.conferAwards, (work, { body }) => confer(work, body)),
  act(contract.revokeAward, (work, { params, body }) => revoke(work, params.id, body.reason)),
  answer(contract.listOwnAwards, (look) => listOwn(look, ownSchoolId(look.actor) ?? '')),
  answer(contract.listRecommendations, (look) => listRecommendationRows(look)),
  act(contract.selectRecommendation, (work, { body }) => select(work, body)),
  act(contract.moveRecommendation, (work, { params, body }) => recommend(work, params.id, body)),
  ...awardPages,
]
