import type { Feature } from '#console/feature.ts'

const inBureau = ['office', 'leader', 'department'] as const

export const feature: Feature = {
  key: 'schools',
  menu: [
    { path: '/schools', label: '学校名录', roles: inBureau, order: 10, group: '基础' },
    { path: '/school', label: '本校情况', roles: ['secretary', 'clerk'], order: 10, group: '基础' },
    { path: '/school-groups', label: '单位与集团', roles: inBureau, order: 11, group: '基础' },
  ],
  routes: [
    { path: '/schools', lazy: () => import('./SchoolsPage.tsx') },
    { path: '/schools/import', lazy: () => import('./ImportPage.tsx') },
    { path: '/schools/new', lazy: () => import('./NewSchoolPage.tsx') },
    { path: '/schools/slips', lazy: () => import('./SlipsPage.tsx') },
    { path: '/schools/:id', lazy: () => import('./SchoolPage.tsx') },
    { path: '/schools/:id/edit', lazy: () => import('./EditSchoolPage.tsx') },
    { path: '/school', lazy: () => import('./OwnSchoolPage.tsx') },
    { path: '/school-groups', lazy: () => import('./TreePage.tsx') },
  ],
}
