import * as contract from '#contract/showcase/event.ts'
import { act, answer } from '#server/kernel/routes.ts'
import {
  amendEvent,
  answerInvitation,
  cancelEvent,
  changeEvent,
  checkInSchool,
  draftEvent,
  holdEvent,
  publishEvent,
  saveEventWords,
} from './actions.ts'
import { eventPages } from './pages.ts'
import { listEventsOf } from './queries.ts'
import { readEventDetail } from './views.ts'

export const eventRoutes = [
  ...eventPages,
  act(contract.createEvent, (work, { body }) => draftEvent(work, body)),
  act(contract.saveEvent, (work, { params, body }) => saveEventWords(work, params.id, body)),
  act(contract.changeEvent, (work, { params, body }) => changeEvent(work, params.id, body)),
  answer(contract.listEvents, (look, { query }) => listEventsOf(look, query)),
  answer(contract.readEvent, (look, { params }) => readEventDetail(look, params.id)),
  act(contract.publishEvent, (work, { params, body }) => publishEvent(work, params.id, body.seen)),
  act(contract.cancelEvent, (work, { params, body }) => cancelEvent(work, params.id, body.reason)),
  act(contract.holdEvent, (work, { params, body }) => holdEvent(work, params.id, body)),
  act(contract.amendEvent, (work, { params, body }) => amendEvent(work, params.id, body)),
  act(contract.respondEvent, (work, { params, body }) => answerInvitation(work, params.id, body)),
  act(contract.checkInSchool, (work, { params, body }) => checkInSchool(work, params.id, body.schoolId)),
]
