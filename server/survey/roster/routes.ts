import * as contract from '#contract/survey/surveySchool.ts'
import { act, answer, exchange } from '#server/kernel/routes.ts'
import { confirmRoster, enterPaper, saveRoster, withdrawPaper } from './actions.ts'
import { surveySchoolDocuments } from './documents.ts'
import { listOpenPapers, listRosterStates, readRosterOf } from './views.ts'

export const surveySchoolRoutes = [
  answer(contract.listRosters, (look, { params, query }) => listRosterStates(look, params.id, query)),
  answer(contract.readRoster, (look, { params }) => readRosterOf(look, params.id, params.schoolId)),
  act(contract.saveRoster, (work, { params, body }) => saveRoster(work, params.id, params.schoolId, body)),
  act(contract.confirmRoster, (work, { params, body }) => confirmRoster(work, params.id, params.schoolId, body.seen)),
  exchange(contract.enterPaper, (one, { params, body }) => enterPaper(one, params.id, body)),
  exchange(contract.withdrawPaper, (one, { params, body }) =>
    withdrawPaper(one, params.id, params.paperId, body.reason),
  ),
  answer(contract.listPapers, (look, { params }) => listOpenPapers(look, params.id)),
  ...surveySchoolDocuments,
]
