import * as contract from '#contract/supervision/supervision.ts'
import { act, answer } from '#server/kernel/routes.ts'
import {
  amendFinding,
  chooseForInspection,
  deleteRound,
  drawForInspection,
  editRound,
  moveFinding,
  moveInspection,
  noteFinding,
  noteInspected,
  orderRectification,
  planInspection,
} from './actions.ts'
import { listFindingsOf, listRounds, readRound } from './queries.ts'

export const supervisionRoutes = [
  act(contract.createInspection, (work, { body }) => planInspection(work, body)),
  answer(contract.listInspections, (look, { query }) => listRounds(look, query)),
  answer(contract.readInspection, (look, { params }) => readRound(look, params.id)),
  act(contract.editInspection, (work, { params, body }) => editRound(work, params.id, body)),
  act(contract.deleteInspection, (work, { params }) => deleteRound(work, params.id)),
  act(contract.reopenInspection, (work, { params, body }) => moveInspection(work, params.id, 'reopen', body)),
  act(contract.drawSchools, (work, { params, body }) => drawForInspection(work, params.id, body)),
  act(contract.chooseSchools, (work, { params, body }) => chooseForInspection(work, params.id, body)),
  act(contract.startInspection, (work, { params, body }) => moveInspection(work, params.id, 'start', body)),
  act(contract.closeInspection, (work, { params, body }) => moveInspection(work, params.id, 'close', body)),
  act(contract.recordInspected, (work, { params, body }) => noteInspected(work, params, body)),
  act(contract.recordFinding, (work, { params, body }) => noteFinding(work, params, body)),
  answer(contract.listFindings, (look, { query }) => listFindingsOf(look, query)),
  act(contract.sendFinding, (work, { params, body: { seen, ...words } }) =>
    moveFinding(work, params.id, 'send', { words, seen }),
  ),
  act(contract.replyFinding, (work, { params, body: { reply, fileIds, seen } }) =>
    moveFinding(work, params.id, 'reply', { words: { reply }, fileIds, seen }),
  ),
  act(contract.issueFinding, (work, { params, body: { seen, ...words } }) =>
    moveFinding(work, params.id, 'issue', { words, seen }),
  ),
  act(contract.amendFinding, (work, { params, body }) => amendFinding(work, params.id, body)),
  act(contract.dropFinding, (work, { params, body }) => moveFinding(work, params.id, 'drop', body)),
  act(contract.withdrawFinding, (work, { params, body }) => moveFinding(work, params.id, 'withdraw', body)),
  act(contract.resumeFinding, (work, { params, body }) => moveFinding(work, params.id, 'resume', body)),
  act(contract.orderFinding, (work, { params, body }) => orderRectification(work, params.id, body)),
]
