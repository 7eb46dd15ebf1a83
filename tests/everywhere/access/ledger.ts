import { ledgerEntry } from '#tests/world/ledger.ts'
import type { AccessRows } from './row.ts'

const body = { title: '读书会', happenedOn: '2026-05-09', pillar: 'activity' }
const others = { others: 403 } as const

export const rows: AccessRows = {
  createEntry: {
    call: async () => ({ url: '/api/ledger/entries', body }),
    expect: {
      secretary: 'ok',
      clerk: 'ok',
      otherSecretary: 'ok',
      otherClerk: 'ok',
      farClerk: 'ok',
      ...others,
    },
  },
  saveEntry: {
    call: async (w) => ({ url: `/api/ledger/entries/${await ledgerEntry(w)}`, body }),
    expect: { secretary: 'ok', clerk: 'ok', otherSecretary: 404, otherClerk: 404, farClerk: 404, ...others },
  },
  fileEntry: {
    call: async (w) => ({ url: `/api/ledger/entries/${await ledgerEntry(w)}/file` }),
    expect: { secretary: 'ok', clerk: 'ok', otherSecretary: 404, otherClerk: 404, farClerk: 404, ...others },
  },
  correctEntry: {
    call: async (w) => ({
      url: `/api/ledger/entries/${await ledgerEntry(w, { file: true })}/correct`,
      body: { ...body, reason: '写错了', version: 1 },
    }),
    expect: { secretary: 'ok', clerk: 'ok', otherSecretary: 404, otherClerk: 404, farClerk: 404, ...others },
  },
  voidEntry: {
    call: async (w) => ({
      url: `/api/ledger/entries/${await ledgerEntry(w, { file: true })}/void`,
      body: { reason: '重复' },
    }),
    expect: { secretary: 'ok', clerk: 'ok', otherSecretary: 404, otherClerk: 404, farClerk: 404, ...others },
  },
  restoreEntry: {
    // Of a filed entry, where there is nothing to restore: so that everybody knocks at something that is there.
    call: async (w) => ({
      url: `/api/ledger/entries/${await ledgerEntry(w, { file: true })}/restore`,
      body: { reason: '误作废' },
    }),
    expect: { secretary: 'ok', clerk: 'ok', otherSecretary: 404, otherClerk: 404, farClerk: 404, ...others },
  },
  removeEntry: {
    // Of a filed entry, which stays: so that everybody knocks at something that is there.
    call: async (w) => ({ url: `/api/ledger/entries/${await ledgerEntry(w, { file: true })}` }),
    expect: { secretary: 'ok', clerk: 'ok', otherSecretary: 404, otherClerk: 404, farClerk: 404, ...others },
  },
  readEntry: {
    // The department looks after the second school only.
    call: async (w) => ({ url: `/api/ledger/entries/${await ledgerEntry(w, { file: true })}` }),
    expect: {
      office: 'ok',
      leader: 'ok',
      department: 404,
      secretary: 'ok',
      clerk: 'ok',
      otherSecretary: 404,
      otherClerk: 404,
      farClerk: 404,
      ...others,
    },
  },
  listEntries: { call: async () => ({ url: '/api/ledger/entries' }), expect: readers() },
  readLedgerDesk: { call: async () => ({ url: '/api/ledger/desk' }), expect: readers() },
  readLedgerFigures: { call: async () => ({ url: '/api/ledger/figures' }), expect: readers() },
  exportLedger: { call: async () => ({ url: '/api/ledger/export.xlsx' }), expect: readers() },
  addActivityForm: {
    call: async () => ({ url: '/api/ledger/forms', body: { label: '红色剪纸' } }),
    expect: { office: 'ok', others: 403 },
  },
}

/** Lists let everybody in who has a list; what stands in them is held by the feature's own tests. */
function readers() {
  return { reviewer: 403, auditor: 403, admin: 403, security: 403, others: 'ok' } as const
}
