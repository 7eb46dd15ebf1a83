import * as contract from '#contract/identity/account.ts'
import { act, answer } from '#server/kernel/routes.ts'
import {
  addAccount,
  disableAccount,
  enableAccount,
  giveRole,
  renamePerson,
  takeRole,
  unlockAccount,
} from './actions.ts'
import { exportAccounts } from './documents.ts'
import { slipsForm } from './pages.ts'
import { listPlaces, readAccountPage } from './queries.ts'
import { readAccountDetail } from './views.ts'

const done = { ok: true } as const

export const accountRoutes = [
  answer(contract.listAccounts, (look, { query }) => readAccountPage(look, query)),
  answer(contract.readAccount, (look, { params }) => readAccountDetail(look, params.id)),
  answer(contract.listPlaces, (look, { query }) => listPlaces(look, query.q)),
  act(contract.addAccount, (work, { body }) => addAccount(work, body)),
  act(contract.disableAccount, (work, { params, body }) =>
    disableAccount(work, params.id, body.reason).then(() => done),
  ),
  act(contract.renamePerson, (work, { params, body }) => renamePerson(work, params.id, body).then(() => done)),
  act(contract.enableAccount, (work, { params }) => enableAccount(work, params.id).then(() => done)),
  act(contract.giveRole, (work, { params, body }) => giveRole(work, params.id, body)),
  act(contract.takeRole, (work, { params }) => takeRole(work, params.id, params.grantId).then(() => done)),
  act(contract.unlockAccount, (work, { params }) => unlockAccount(work, params.id).then(() => done)),
  exportAccounts,
  slipsForm,
]
