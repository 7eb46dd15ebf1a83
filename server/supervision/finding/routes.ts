import * as contract from '#contract/supervision/finding.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { amendFinding, moveFinding, noteFinding, orderRectification } from './actions.ts'
import { listFindingsOf } from './views.ts'

export const findingRoutes = [
  act(contract.recordFinding, (work, { params, body }) => noteFinding(work, params, body)),
  answer(contract.listFindings, (look, { query }) => listFindingsOf(look, query)),
  act(contract.sendFinding, (work, { params, body: { seen, ...words } }) =>
    moveFinding(work, params.id, 'send', { words, seen }),
  ),
  act(contract.replyFinding, (work, { params, body: { reply, fileIds, seen } }) =>
    moveFinding(work, params.id, 'reply', { words: { reply }, fileIds, seen }),
  ),
  act(contract.issueFinding, (work, { params, body: { seen, ...words } }) =>
    moveFinding(work, params.id, 'issue', { words, seen }),
  ),
  act(contract.amendFinding, (work, { params, body }) => amendFinding(work, params.id, body)),
  act(contract.dropFinding, (work, { params, body }) => moveFinding(work, params.id, 'drop', body)),
  act(contract.withdrawFinding, (work, { params, body }) => moveFinding(work, params.id, 'withdraw', body)),
  act(contract.resumeFinding, (work, { params, body }) => moveFinding(work, params.id, 'resume', body)),
  act(contract.orderFinding, (work, { params, body }) => orderRectification(work, params.id, body)),
]
