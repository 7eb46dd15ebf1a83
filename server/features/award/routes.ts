import * as contract from '#contract/award.ts'
import { ownSchoolId } from '#domain/actor.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { composeNotice, confer, decide, end, post, revoke, saveNoticeText } from './actions.ts'
import { awardPages } from './pages.ts'
import { listOwn, readNamingState, readNoticeDetail } from './store.ts'

export const awardRoutes = [
  answer(contract.readNaming, (look, { query }) => readNamingState(look, query.year)),
  act(contract.decideResult, (work, { params, body }) => decide(work, params.id, body)),
  act(contract.draftNotice, (work, { query }) => composeNotice(work, query.year)),
  answer(contract.readNotice, (look, { params }) => readNoticeDetail(look, params.id)),
  act(contract.saveNotice, (work, { params, body }) => saveNoticeText(work, params.id, body)),
  act(contract.postNotice, (work, { params }) => post(work, params.id)),
  act(contract.endNotice, (work, { params }) => end(work, params.id)),
  act(contract.conferAwards, (work, { body, query }) => confer(work, body, query.year)),
  act(contract.revokeAward, (work, { params, body }) => revoke(work, params.id, body.reason)),
  answer(contract.listOwnAwards, (look, { query }) => listOwn(look, ownSchoolId(look.actor) ?? '', query.year)),
  ...awardPages,
]
