import type { Feature } from '#console/feature.ts'

export const feature: Feature = {
  key: 'review',
  menu: [
    { path: '/sheets', label: '我的评审', roles: ['reviewer'], order: 70, group: '评审公布' },
    { path: '/panels', label: '评审组', roles: ['office'], order: 71, group: '评审公布' },
    { path: '/review', label: '评审进展', roles: ['office'], order: 72, group: '评审公布' },
    { path: '/ranking', label: '评审结果', roles: ['office', 'leader'], order: 73, group: '评审公布' },
  ],
  routes: [
    { path: '/sheets', lazy: () => import('./OwnSheetsPage.tsx') },
    { path: '/sheets/:id', lazy: () => import('./SheetPage.tsx') },
    { path: '/panels', lazy: () => import('./PanelsPage.tsx') },
    { path: '/review', lazy: () => import('./ReviewPage.tsx') },
    { path: '/review/:id', lazy: () => import('./ReviewedPage.tsx') },
    { path: '/ranking', lazy: () => import('./RankingPage.tsx') },
    { path: '/results/:id/applications/:applicationId', lazy: () => import('./PlacePage.tsx') },
  ],
}
