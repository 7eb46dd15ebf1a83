import type { Feature } from '#console/feature.ts'

export const feature: Feature = {
  key: 'cycle',
  menu: [
    { path: '/cycles', label: '年度', roles: ['office'], order: 13, group: '基础' },
    { path: '/calendar', label: '工作日历', roles: ['office'], order: 15, group: '基础' },
  ],
  routes: [
    { path: '/cycles', lazy: () => import('./CyclesPage.tsx') },
    { path: '/cycles/new', lazy: () => import('./NewCyclePage.tsx') },
    { path: '/cycles/:id', lazy: () => import('./CyclePage.tsx') },
    { path: '/cycles/:id/edit', lazy: () => import('./EditCyclePage.tsx') },
    { path: '/cycles/:id/basis', lazy: () => import('./BasisPage.tsx') },
    { path: '/calendar', lazy: () => import('./CalendarPage.tsx') },
    { path: '/calendar/:year', lazy: () => import('./CalendarYearPage.tsx') },
  ],
}
