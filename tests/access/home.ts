import type { AccessRows } from './row.ts'

export const rows: AccessRows = {
  readTodo: { call: async () => ({ url: '/api/todo' }), expect: { others: 'ok' } },
  readOverview: {
    call: async () => ({ url: '/api/overview' }),
    expect: { office: 'ok', leader: 'ok', department: 'ok', others: 403 },
  },
}
