import type { Feature } from '#console/feature.ts'

export const feature: Feature = {
  key: 'accounts',
  menu: [
    {
      path: '/account-requests',
      label: '双人办理',
      roles: ['admin', 'security', 'office', 'auditor'],
      order: 96,
      group: '系统',
    },
    { path: '/accounts', label: '账号与岗位', roles: ['admin', 'security'], order: 95, group: '系统' },
  ],
  routes: [
    { path: '/account-requests', lazy: () => import('./RequestsPage.tsx') },
    { path: '/accounts', lazy: () => import('./AccountsPage.tsx') },
    { path: '/accounts/new', lazy: () => import('./NewAccountPage.tsx') },
    { path: '/accounts/slips', lazy: () => import('./SlipsPage.tsx') },
    { path: '/accounts/:id', lazy: () => import('./AccountPage.tsx') },
  ],
}
