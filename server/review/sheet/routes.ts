import * as contract from '#contract/review/sheet.ts'
import { act, answer } from '#server/kernel/routes.ts'
import {
  askExclusion,
  declareSheet,
  judgeExclusion,
  recuseSelf,
  recuseSheet,
  returnSheet,
  saveSheet,
  submitSheet,
} from './actions.ts'
import { listReviewerSheets } from './queries.ts'
import { readSheetDetail } from './views.ts'

export const sheetRoutes = [
  answer(contract.listOwnSheets, (look, { query }) => listReviewerSheets(look, query.year)),
  answer(contract.readSheet, (look, { params }) => readSheetDetail(look, params.id)),
  act(contract.declareSheet, (work, { params, body }) => declareSheet(work, params.id, body.seen)),
  act(contract.recuseSheet, (work, { params, body }) => recuseSheet(work, params.id, body)),
  act(contract.recuseSelf, (work, { params, body }) => recuseSelf(work, params.id, body.reason)),
  act(contract.saveSheet, (work, { params, body }) => saveSheet(work, params.id, body)),
  act(contract.submitSheet, (work, { params, body }) => submitSheet(work, params.id, body)),
  act(contract.returnSheet, (work, { params, body }) => returnSheet(work, params.id, body)),
  act(contract.askExclusion, (work, { params, body }) => askExclusion(work, params.id, body)),
  act(contract.judgeExclusion, (work, { params, body }) => judgeExclusion(work, params.id, body)),
]
