import type { Feature } from '#console/feature.ts'

export const feature: Feature = {
  key: 'contacts',
  menu: [
    { path: '/contacts', label: '联系点分工', roles: ['office', 'leader', 'department'], order: 12, group: '基础' },
  ],
  routes: [{ path: '/contacts', lazy: () => import('./ContactsPage.tsx') }],
}
