import * as contract from '#contract/survey/surveyReport.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { judgeRemark } from './actions.ts'
import { surveyReportDocuments } from './documents.ts'
import { surveyReportPages } from './pages.ts'
import { listRemarksOf } from './queries.ts'
import { listCheckCodesOf, listResultsOf, readSchoolResultOf, readTotalsOf } from './views.ts'

export const surveyReportRoutes = [
  answer(contract.readSchoolResult, (look, { params }) => readSchoolResultOf(look, params.id, params.schoolId)),
  answer(contract.listResults, (look, { params, query }) => listResultsOf(look, params.id, query)),
  answer(contract.readTotals, (look, { params }) => readTotalsOf(look, params.id)),
  answer(contract.listRemarks, (look, { params, query }) => listRemarksOf(look, params.id, query)),
  act(contract.judgeRemark, (work, { params, body }) => judgeRemark(work, params.id, body.state)),
  answer(contract.listCheckCodes, (look, { params }) => listCheckCodesOf(look, params.id, params.schoolId)),
  ...surveyReportDocuments,
  ...surveyReportPages,
]
