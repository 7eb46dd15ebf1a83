import { admitApplication } from '#contract/application/application.ts'
import * as contract from '#contract/review/panel.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { admit, assign, deletePanel, editPanel, makePanel, setReviewers } from './actions.ts'
import { findPanel, planAssignment, readPanels, shownAssignment } from './queries.ts'

export const panelRoutes = [
  act(admitApplication, (work, { params, body }) => admit(work, params.id, body.seen)),
  answer(contract.listPanels, (look, { query }) => readPanels(look, query.year)),
  act(contract.createPanel, (work, { body, query }) => makePanel(work, body, query.year)),
  act(contract.setPanelReviewers, (work, { params, body }) => setReviewers(work, params.id, body)),
  act(contract.editPanel, (work, { params, body }) => editPanel(work, params.id, body)),
  act(contract.deletePanel, (work, { params }) => deletePanel(work, params.id)),
  answer(contract.previewAssignment, async (look, { params }) =>
    shownAssignment(await planAssignment(look, await findPanel(look, params.id))),
  ),
  act(contract.assignSheets, (work, { params }) => assign(work, params.id)),
]
