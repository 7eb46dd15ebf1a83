import type { AccessRows } from './row.ts'

export const rows: AccessRows = {
  readTodo: { call: async () => ({ url: '/api/todo' }), expect: { others: 'ok' } },
  readStart: { call: async () => ({ url: '/api/start' }), expect: { office: 'ok', others: 403 } },
  readOverview: {
    call: async () => ({ url: '/api/overview' }),
    expect: { office: 'ok', leader: 'ok', department: 'ok', others: 403 },
  },
}
