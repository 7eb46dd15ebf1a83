import type { Feature } from '#console/feature.ts'

export const feature: Feature = {
  key: 'application',
  menu: [
    { path: '/apply', label: '申报', roles: ['secretary', 'clerk'], order: 61, group: '总结申报' },
    {
      path: '/applications',
      label: '申报受理',
      roles: ['office', 'leader', 'department'],
      order: 61,
      group: '总结申报',
    },
  ],
  routes: [
    { path: '/apply', lazy: () => import('./ApplyPage.tsx') },
    { path: '/applications', lazy: () => import('./ApplicationsPage.tsx') },
    { path: '/applications/:id', lazy: () => import('./ApplicationPage.tsx') },
  ],
}
