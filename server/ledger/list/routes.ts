import { listEntries as listing, readLedgerDesk as readingDesk } from '#contract/ledger/ledger.ts'
import { answer, exchange, type Route, show } from '#server/kernel/routes.ts'
import { readLedgerDesk } from './actions.ts'
import { sendLedgerSheet } from './documents.ts'
import { listEntries } from './queries.ts'

export const ledgerListRoutes: readonly Route[] = [
  answer(listing, (look, { query }) => listEntries(look, query)),
  exchange(readingDesk, readLedgerDesk),
  show({ name: 'exportLedger', path: '/api/ledger/export.xlsx', access: listing.access }, sendLedgerSheet),
]
