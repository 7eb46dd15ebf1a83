import { useQuery } from '@tanstack/react-query'
import { type Reply, reading } from '#console/api.ts'
import { readEntry, readLedgerDesk, readLedgerFigures } from '#contract/ledger/ledger.ts'

export type LedgerDesk = Reply<typeof readLedgerDesk>
export type Entry = Reply<typeof readEntry>
export type LedgerFigures = Reply<typeof readLedgerFigures>

/** Years, forms, tasks and schools to choose from. */
export const useDesk = () => useQuery(reading(['ledger', 'desk'], readLedgerDesk))

export const useEntry = (id: string) => useQuery(reading(['ledger', 'entry', id], readEntry, { params: { id } }))

export const useFigures = (schoolId: string, year: number | undefined) =>
  useQuery(reading(['ledger', 'figures', schoolId, year], readLedgerFigures, { query: { schoolId, year } }))
