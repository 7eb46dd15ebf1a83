import * as contract from '#contract/showcase/event.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { amend, cancel, changeEvent, checkIn, draftEvent, hold, publish, respond, saveEventWords } from './actions.ts'
import { eventPages } from './pages.ts'
import { showEvent } from './documents.ts'
import { listEventsOf } from './queries.ts'

export const eventRoutes = [
  ...eventPages,
  act(contract.createEvent, (work, { body }) => draftEvent(work, body)),
  act(contract.saveEvent, (work, { params, body }) => saveEventWords(work, params.id, body)),
  act(contract.changeEvent, (work, { params, body }) => changeEvent(work, params.id, body)),
  answer(contract.listEvents, (look, { query }) => listEventsOf(look, query)),
  answer(contract.readEvent, (look, { params }) => showEvent(look, params.id)),
  act(contract.publishEvent, (work, { params, body }) => publish(work, params.id, body.seen)),
  act(contract.cancelEvent, (work, { params, body }) => cancel(work, params.id, body.reason)),
  act(contract.holdEvent, (work, { params, body }) => hold(work, params.id, body)),
  act(contract.amendEvent, (work, { params, body }) => amend(work, params.id, body)),
  act(contract.respondEvent, (work, { params, body }) => respond(work, params.id, body)),
  act(contract.checkInSchool, (work, { params, body }) => checkIn(work, params.id, body.schoolId)),
]
