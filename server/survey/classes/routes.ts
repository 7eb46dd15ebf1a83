import * as contract from '#contract/survey/surveySchool.ts'
import { act, answer, exchange } from '#server/kernel/routes.ts'
import { confirmVoid, moveVoid, remindClasses } from './actions.ts'
import { readProgressOf, readSchoolProgressOf } from './views.ts'

export const surveyBatchRoutes = [
  answer(contract.readProgress, (look, { params }) => readProgressOf(look, params.id)),
  answer(contract.readSchoolProgress, (look, { params }) => readSchoolProgressOf(look, params.id, params.schoolId)),
  exchange(contract.remindClasses, (one, { params, body }) => remindClasses(one, params.id, body.batchIds)),
  act(contract.askVoid, (work, { params, body }) => moveVoid(work, params.id, 'askVoid', body.reason)),
  exchange(contract.confirmVoid, (one, { params }) => confirmVoid(one, params.id)),
  act(contract.dropVoid, (work, { params, body }) => moveVoid(work, params.id, 'dropVoid', body.reason)),
]
