import { listPlans } from '#contract/plan/plan.ts'
import { answer, type Route, show } from '#server/kernel/routes.ts'
import { exportPlans } from './documents.ts'
import { listPlansOfYear } from './queries.ts'

export const planListRoutes: readonly Route[] = [
  answer(listPlans, (look, { query }) => listPlansOfYear(look, query)),
  show({ name: 'exportPlans', path: '/api/plans.xlsx', access: listPlans.access }, exportPlans),
]
