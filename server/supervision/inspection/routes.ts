import * as contract from '#contract/supervision/inspection.ts'
import { act, answer } from '#server/kernel/routes.ts'
import {
  chooseForInspection,
  deleteRound,
  drawForInspection,
  editRound,
  moveInspection,
  noteInspected,
  planInspection,
} from './actions.ts'
import { listRounds } from './queries.ts'
import { readRound } from './views.ts'

export const inspectionRoutes = [
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
]
