import * as contract from '#contract/application/summary.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { moveSummary, openOwnSummary, saveSummaryText } from './actions.ts'
import { listSchoolSummaries } from './queries.ts'
import { readSummaryDetail, showOwnSummary } from './views.ts'

export const summaryRoutes = [
  answer(contract.readOwnSummary, (look, { query }) => showOwnSummary(look, query.year)),
  act(contract.openSummary, (work, { query }) => openOwnSummary(work, query.year)),
  answer(contract.listSummaries, (look, { query }) => listSchoolSummaries(look, query)),
  answer(contract.readSummary, (look, { params }) => readSummaryDetail(look, params.id)),
  act(contract.saveSummary, (work, { params, body }) => saveSummaryText(work, params.id, body)),
  act(contract.signSummary, (work, { params, body }) => moveSummary(work, params.id, 'sign', body)),
  act(contract.returnSummary, (work, { params, body }) => moveSummary(work, params.id, 'return', body)),
  act(contract.amendSummary, (work, { params, body }) => moveSummary(work, params.id, 'amend', body)),
  act(contract.acceptSummary, (work, { params, body }) => moveSummary(work, params.id, 'accept', body)),
]
