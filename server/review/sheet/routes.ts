import * as contract from '#contract/review/sheet.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { askExclusion, declare, giveBack, judgeExclusion, recuse, recuseSelf, save, submit } from './actions.ts'
import { listReviewerSheets, readSheetDetail } from './queries.ts'

export const sheetRoutes = [
  answer(contract.listOwnSheets, (look, { query }) => listReviewerSheets(look, query.year)),
  answer(contract.readSheet, (look, { params }) => readSheetDetail(look, params.id)),
  act(contract.declareSheet, (work, { params, body }) => declare(work, params.id, body.seen)),
  act(contract.recuseSheet, (work, { params, body }) => recuse(work, params.id, body)),
  act(contract.recuseSelf, (work, { params, body }) => recuseSelf(work, params.id, body.reason)),
  act(contract.saveSheet, (work, { params, body }) => save(work, params.id, body)),
  act(contract.submitSheet, (work, { params, body }) => submit(work, params.id, body)),
  act(contract.returnSheet, (work, { params, body }) => giveBack(work, params.id, body)),
  act(contract.askExclusion, (work, { params, body }) => askExclusion(work, params.id, body)),
  act(contract.judgeExclusion, (work, { params, body }) => judgeExclusion(work, params.id, body)),
]
