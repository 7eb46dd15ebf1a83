import * as contract from '#contract/supervision/rectification.ts'
import { act, answer, show } from '#server/kernel/routes.ts'
import { moveRectification } from './actions.ts'
import { sendRectificationSheet } from './documents.ts'
import { listOrders } from './queries.ts'
import { readOrderDetail } from './views.ts'

export const rectificationRoutes = [
  answer(contract.listRectifications, (look, { query }) => listOrders(look, query)),
  show(
    { name: 'exportRectifications', path: '/api/rectifications.xlsx', access: contract.listRectifications.access },
    sendRectificationSheet,
  ),
  answer(contract.readRectification, (look, { params }) => readOrderDetail(look, params.id)),
  act(contract.acknowledgeRectification, (work, { params, body }) =>
    moveRectification(work, params.id, 'acknowledge', body),
  ),
  act(contract.planRectification, (work, { params, body }) => moveRectification(work, params.id, 'plan', body)),
  act(contract.reportRectification, (work, { params, body }) => moveRectification(work, params.id, 'report', body)),
  act(contract.passRectification, (work, { params, body }) => moveRectification(work, params.id, 'pass', body)),
  act(contract.failRectification, (work, { params, body }) => moveRectification(work, params.id, 'fail', body)),
  act(contract.extendRectification, (work, { params, body }) => moveRectification(work, params.id, 'extend', body)),
  act(contract.askExtension, (work, { params, body }) => moveRectification(work, params.id, 'ask', body)),
  act(contract.declineExtension, (work, { params, body }) =>
    moveRectification(work, params.id, 'declineExtension', body),
  ),
  act(contract.withdrawRectification, (work, { params, body }) => moveRectification(work, params.id, 'withdraw', body)),
]
