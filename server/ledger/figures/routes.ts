import { readLedgerFigures as reading } from '#contract/ledger/ledger.ts'
import { answer, type Route } from '#server/kernel/routes.ts'
import { readLedgerFigures } from './views.ts'

export const ledgerFiguresRoutes: readonly Route[] = [
  answer(reading, (look, { query }) => readLedgerFigures(look, query)),
]
