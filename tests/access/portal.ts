import type { AccessRows } from './row.ts'

export const rows: AccessRows = {
  largeType: {
    call: async () => ({ url: '/large-type?on=1&back=%2Fbrands' }),
    expect: { visitor: 'ok', others: 'ok' },
  },
}
