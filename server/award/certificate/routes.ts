import * as contract from '#contract/award/award.ts'
import { ownSchoolId } from '#domain/base/actor.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { amendConferral, confer, draftAnnouncement } from './actions.ts'
import { awardPages } from './pages.ts'
import { listOwn } from './queries.ts'

export const awardRoutes = [
  act(contract.conferAwards, (work, { body: { seen, ...act }, query }) => confer(work, act, seen, query.year)),
  act(contract.draftAnnouncement, (work, { body, query }) => draftAnnouncement(work, body.seen, query.year)),
  act(contract.amendConferral, (work, { params, body: { seen, ...act } }) =>
    amendConferral(work, params.id, act, seen),
  ),
  answer(contract.listOwnAwards, (look, { query }) => listOwn(look, ownSchoolId(look.actor) ?? '', query.year)),
  ...awardPages,
]
