import * as contract from '#contract/records/audit.ts'
import { verifyChain } from '#server/kernel/chain.ts'
import { answer } from '#server/kernel/routes.ts'
import { exportAudit } from './documents.ts'
import { listEvents, pageOfAudit } from './queries.ts'

export const auditRoutes = [
  answer(contract.listAudit, (look, { query }) => pageOfAudit(look, query)),
  answer(contract.listAuditEvents, (look) => listEvents(look)),
  answer(contract.verifyAudit, (look) => verifyChain(look.db)),
  exportAudit,
]
