import * as contract from '#contract/award/award.ts'
import { ownSchoolId } from '#domain/base/actor.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { amendConferral, conferAwards, draftAnnouncement } from './actions.ts'
import { awardPages } from './pages.ts'
import { listOwnAwards } from './views.ts'

export const awardRoutes = [
  act(contract.conferAwards, (work, { body: { seen, ...act }, query }) => conferAwards(work, act, seen, query.year)),
  act(contract.draftAnnouncement, (work, { body, query }) => draftAnnouncement(work, body.seen, query.year)),
  act(contract.amendConferral, (work, { params, body: { seen, ...act } }) =>
    amendConferral(work, params.id, act, seen),
  ),
  answer(contract.listOwnAwards, (look, { query }) => listOwnAwards(look, ownSchoolId(look.actor) ?? '', query.year)),
  ...awardPages,
]
