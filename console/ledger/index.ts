import type { Feature } from '#console/feature.ts'

export const feature: Feature = {
  key: 'ledger',
  menu: [
    { path: '/ledger/new', label: '记台账', roles: ['secretary', 'clerk'], order: 40, group: '创建' },
    {
      path: '/ledger',
      label: '台账',
      roles: ['office', 'leader', 'department', 'secretary', 'clerk'],
      order: 41,
      group: '创建',
    },
  ],
  routes: [
    { path: '/ledger', lazy: () => import('./LedgerPage.tsx') },
    { path: '/ledger/new', lazy: () => import('./NewEntryPage.tsx') },
    { path: '/ledger/figures', lazy: () => import('./FiguresPage.tsx') },
    { path: '/ledger/:id', lazy: () => import('./EntryPage.tsx') },
    { path: '/ledger/:id/edit', lazy: () => import('./EditEntryPage.tsx') },
    { path: '/ledger/:id/correct', lazy: () => import('./CorrectEntryPage.tsx') },
  ],
}
