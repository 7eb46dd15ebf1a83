import * as contract from '#contract/schools/organization.ts'
import { answer, type Route, show } from '#server/kernel/routes.ts'
import { sendListTemplate, sendSchoolSheet } from './documents.ts'
import { listSchools } from './queries.ts'
import { readTree } from './views.ts'

export const schoolsRoutes: readonly Route[] = [
  answer(contract.listSchools, (look, { query }) => listSchools(look, query)),
  show({ name: 'schoolListTemplate', path: '/api/school-list/template.xlsx', access: ['office'] }, sendListTemplate),
  show({ name: 'exportSchools', path: '/api/schools.xlsx', access: contract.inBureau }, sendSchoolSheet),
  answer(contract.readTree, (look) => readTree(look)),
]
