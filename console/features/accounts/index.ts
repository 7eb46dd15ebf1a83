import type { Feature } from '#console/registry.ts'

export const feature: Feature = {
  key: 'accounts',
  menu: [{ path: '/accounts', label: '账号与岗位', roles: ['admin', 'security'], order: 95, group: '系统' }],
  routes: [
    { path: '/accounts', lazy: () => import('./AccountsPage.tsx') },
    { path: '/accounts/new', lazy: () => import('./NewAccountPage.tsx') },
    { path: '/accounts/slips', lazy: () => import('./SlipsPage.tsx') },
    { path: '/accounts/:id', lazy: () => import('./AccountPage.tsx') },
  ],
}
