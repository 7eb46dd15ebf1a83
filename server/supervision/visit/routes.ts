import * as contract from '#contract/supervision/visit.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { recordVisit, reviseVisit } from './actions.ts'
import { listVisitors, listVisitsOf, readCoverageOf, readVisitDetail } from './queries.ts'

export const visitRoutes = [
  act(contract.createVisit, (work, { body }) => recordVisit(work, body)),
  act(contract.saveVisit, (work, { params, body }) => reviseVisit(work, params.id, body)),
  answer(contract.listVisits, (look, { query }) => listVisitsOf(look, query)),
  answer(contract.listVisitors, async (look) => ({ items: await listVisitors(look) })),
  answer(contract.readVisitCoverage, (look, { query }) => readCoverageOf(look, query.year)),
  answer(contract.readVisit, (look, { params }) => readVisitDetail(look, params.id)),
]
