import { listEntries as listing, readLedgerDesk, readLedgerFigures } from '#contract/ledger/ledger.ts'
import { answer, exchange, type Route, show } from '#server/kernel/routes.ts'
import { readDesk } from './actions.ts'
import { sendLedgerSheet } from './documents.ts'
import { listEntries, readOverview } from './queries.ts'

export const ledgerListRoutes: readonly Route[] = [
  answer(listing, (look, { query }) => listEntries(look, query)),
  answer(readLedgerFigures, (look, { query }) => readOverview(look, query)),
  exchange(readLedgerDesk, readDesk),
  show({ name: 'exportLedger', path: '/api/ledger/export.xlsx', access: listing.access }, sendLedgerSheet),
]
