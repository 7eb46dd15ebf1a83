import type { Feature } from '#console/feature.ts'

export const feature: Feature = {
  key: 'standard',
  menu: [
    {
      path: '/standards',
      label: '评估标准',
      roles: ['office', 'leader', 'department', 'reviewer', 'secretary', 'clerk'],
      order: 14,
      group: '基础',
    },
  ],
  routes: [
    { path: '/standards', lazy: () => import('./StandardsPage.tsx') },
    { path: '/standards/:id', lazy: () => import('./StandardPage.tsx') },
  ],
}
