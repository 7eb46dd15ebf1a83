import * as contract from '#contract/application/application.ts'
import { act, answer } from '#server/kernel/routes.ts'
import {
  decideApplication,
  returnApplication,
  saveApplicationText,
  startApplication,
  submitApplication,
} from './actions.ts'
import { readDossier } from '#server/application/dossier/views.ts'
import { listSchoolApplications } from './queries.ts'
import { readApplicationDetail, readOwnApplication } from './views.ts'

const ok = { ok: true } as const

export const applicationRoutes = [
  answer(contract.readOwnApplication, (look, { query }) => readOwnApplication(look, query.year)),
  act(contract.draftApplication, (work) => startApplication(work)),
  answer(contract.listApplications, (look, { query }) => listSchoolApplications(look, query)),
  answer(contract.readApplication, (look, { params }) => readApplicationDetail(look, params.id)),
  answer(contract.readDossier, (look, { params, query }) => readDossier(look, params.id, query.version)),
  act(contract.saveApplication, (work, { params, body }) => saveApplicationText(work, params.id, body)),
  act(contract.submitApplication, (work, { params, body }) => submitApplication(work, params.id, body)),
  act(contract.returnApplication, (work, { params, body }) => returnApplication(work, params.id, body)),
  act(contract.refuseApplication, async (work, { params, body }) => {
    await decideApplication(work, params.id, 'refuse', body)
    return ok
  }),
  act(contract.withdrawApplication, async (work, { params, body }) => {
    await decideApplication(work, params.id, 'withdraw', body)
    return ok
  }),
  act(contract.reinstateApplication, async (work, { params, body }) => {
    await decideApplication(work, params.id, 'reinstate', body)
    return ok
  }),
]
