import * as contract from '#contract/ledger/ledger.ts'
import { act, type Route } from '#server/kernel/routes.ts'
import { addActivityForm } from './actions.ts'

export const activityFormRoutes: readonly Route[] = [
  act(contract.addActivityForm, (work, { body }) => addActivityForm(work, body.label)),
]
