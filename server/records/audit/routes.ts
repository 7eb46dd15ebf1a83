import * as contract from '#contract/records/audit.ts'
import { verifyChain } from '#server/kernel/chain.ts'
import { answer } from '#server/kernel/routes.ts'
import { exportAudit } from './documents.ts'
import { listAuditEvents, readAuditPage } from './views.ts'

export const auditRoutes = [
  answer(contract.listAudit, (look, { query }) => readAuditPage(look, query)),
  answer(contract.listAuditEvents, (look) => listAuditEvents(look)),
  answer(contract.verifyAudit, (look) => verifyChain(look.db)),
  exportAudit,
]
