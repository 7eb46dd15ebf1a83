import type { Feature } from '#console/feature.ts'

export const feature: Feature = {
  key: 'plan',
  menu: [
    { path: '/plan', label: '创建方案', roles: ['secretary', 'clerk'], order: 30, group: '创建' },
    { path: '/plans', label: '各校方案', roles: ['office', 'leader', 'department'], order: 31, group: '创建' },
    {
      path: '/comments',
      label: '意见建议',
      roles: ['office', 'leader', 'department', 'secretary', 'clerk'],
      order: 32,
      group: '创建',
    },
  ],
  routes: [
    { path: '/plan', lazy: () => import('./OwnPlanPage.tsx') },
    { path: '/plans', lazy: () => import('./PlansPage.tsx') },
    { path: '/plans/:id', lazy: () => import('./PlanPage.tsx') },
    { path: '/plans/:id/edit', lazy: () => import('./EditPlanPage.tsx') },
    { path: '/comments', lazy: () => import('./CommentsPage.tsx') },
  ],
}
