import type { AccessRows } from './row.ts'

const everybody = { visitor: 'ok', others: 'ok' } as const
const NOBODY = '00000000-0000-7000-8000-000000000000'

export const rows: AccessRows = {
  largeType: {
    call: async () => ({ url: '/large-type?on=1&back=%2Fbrands' }),
    expect: everybody,
  },
  homePage: { call: async () => ({ url: '/' }), expect: everybody },
  robots: { call: async () => ({ url: '/robots.txt' }), expect: everybody },
  brandsPage: { call: async () => ({ url: '/brands?q=%E7%BA%A2%E6%97%97&page=2' }), expect: everybody },
  brandPage: { call: async () => ({ url: `/brands/${NOBODY}` }), expect: { visitor: 404, others: 404 } },
}
