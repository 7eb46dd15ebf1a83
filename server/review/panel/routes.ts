import { admitApplication as admission } from '#contract/application/application.ts'
import * as contract from '#contract/review/panel.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { admitApplication, assignSheets, deletePanel, editPanel, makePanel, setPanelReviewers } from './actions.ts'
import { previewAssignment, readPanels } from './views.ts'

export const panelRoutes = [
  act(admission, (work, { params, body }) => admitApplication(work, params.id, body.seen)),
  answer(contract.listPanels, (look, { query }) => readPanels(look, query.year)),
  act(contract.createPanel, (work, { body, query }) => makePanel(work, body, query.year)),
  act(contract.setPanelReviewers, (work, { params, body }) => setPanelReviewers(work, params.id, body)),
  act(contract.editPanel, (work, { params, body }) => editPanel(work, params.id, body)),
  act(contract.deletePanel, (work, { params }) => deletePanel(work, params.id)),
  answer(contract.previewAssignment, (look, { params }) => previewAssignment(look, params.id)),
  act(contract.assignSheets, (work, { params }) => assignSheets(work, params.id)),
]
