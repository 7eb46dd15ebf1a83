import type { Feature } from '#console/feature.ts'

export const feature: Feature = {
  key: 'summary',
  menu: [
    { path: '/summary', label: '年度总结', roles: ['secretary', 'clerk'], order: 60, group: '总结申报' },
    { path: '/summaries', label: '各校总结', roles: ['office', 'leader', 'department'], order: 60, group: '总结申报' },
  ],
  routes: [
    { path: '/summary', lazy: () => import('./OwnSummaryPage.tsx') },
    { path: '/summaries', lazy: () => import('./SummariesPage.tsx') },
    { path: '/summaries/:id', lazy: () => import('./SummaryPage.tsx') },
  ],
}
