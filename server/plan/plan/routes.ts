import * as contract from '#contract/plan/plan.ts'
import { decidePromise, reopenPromise, updateSpending, updateTask } from '#server/plan/part/actions.ts'
import { act, answer, type Route, showAll } from '#server/kernel/routes.ts'
import { acceptPlan, amendPlan, publishPlan, returnPlan, revisePlan, savePlan, signPlan, startPlan } from './actions.ts'
import { readOwnPlan, readPlanDetail } from './views.ts'
import { showPlanPage } from './pages.ts'

export const planRoutes: readonly Route[] = [
  answer(contract.readOwnPlan, (look, { query }) => readOwnPlan(look, query.year)),
  act(contract.startPlan, (work, { body }) => startPlan(work, body)),
  answer(contract.readPlan, (look, { params }) => readPlanDetail(look, params.id)),
  act(contract.savePlan, (work, { params, body }) => savePlan(work, params.id, body)),
  act(contract.signPlan, (work, { params, body }) => signPlan(work, params.id, body.seen)),
  act(contract.returnPlan, (work, { params, body }) => returnPlan(work, params.id, body.reason, body.seen)),
  act(contract.acceptPlan, (work, { params, body }) => acceptPlan(work, params.id, body.seen)),
  act(contract.publishPlan, (work, { params, body }) => publishPlan(work, params.id, body.seen)),
  act(contract.revisePlan, (work, { params, body }) => revisePlan(work, params.id, body.reason)),
  act(contract.amendPlan, (work, { params, body }) => amendPlan(work, params.id, body.reason)),
  act(contract.updateTask, (work, { params, body }) => updateTask(work, params.id, body)),
  act(contract.updateSpending, (work, { params, body }) => updateSpending(work, params.id, body.spentFen, body.seen)),
  act(contract.keepPromise, (work, { params, body }) => decidePromise(work, params.id, { to: 'kept', ...body })),
  act(contract.changePromise, (work, { params, body }) =>
    decidePromise(work, params.id, { to: 'changed', explanation: body.reason }),
  ),
  act(contract.reopenPromise, (work, { params, body }) => reopenPromise(work, params.id, body)),
  act(contract.missPromise, (work, { params, body }) => decidePromise(work, params.id, { to: 'missed', ...body })),
  showAll({ name: 'planPage', path: '/plans/:id' }, showPlanPage),
]
