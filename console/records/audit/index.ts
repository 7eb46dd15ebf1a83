import type { Feature } from '#console/feature.ts'

export const feature: Feature = {
  key: 'audit',
  menu: [{ path: '/audit', label: '审计日志', roles: ['auditor'], order: 96, group: '系统' }],
  routes: [{ path: '/audit', lazy: () => import('./AuditPage.tsx') }],
}
