import * as contract from '#contract/ledger/ledger.ts'
import { act, answer, exchange, type Route } from '#server/kernel/routes.ts'
import { correctEntry, fileEntry, removeEntry, saveEntry, takeEntry, voidEntry } from './actions.ts'
import { readEntryDetail } from './views.ts'

export const ledgerRoutes: readonly Route[] = [
  exchange(contract.createEntry, (one, { body }) => takeEntry(one, body)),
  act(contract.saveEntry, (work, { params, body }) => saveEntry(work, params.id, body)),
  act(contract.fileEntry, (work, { params }) => fileEntry(work, params.id)),
  act(contract.correctEntry, (work, { params, body }) => correctEntry(work, params.id, body)),
  act(contract.voidEntry, (work, { params, body }) => voidEntry(work, params.id, 'void', body.reason)),
  act(contract.restoreEntry, (work, { params, body }) => voidEntry(work, params.id, 'restore', body.reason)),
  act(contract.removeEntry, (work, { params }) => removeEntry(work, params.id)),
  answer(contract.readEntry, (look, { params }) => readEntryDetail(look, params.id)),
]
