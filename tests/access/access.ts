import type { AccessRows } from './row.ts'

export const rows: AccessRows = {
  readMe: { call: async () => ({ url: '/api/me' }), expect: { others: 'ok' } },
}
