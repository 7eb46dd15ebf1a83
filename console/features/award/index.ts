import type { Feature } from '#console/registry.ts'

export const feature: Feature = {
  key: 'award',
  menu: [
    { path: '/naming', label: '命名表彰', roles: ['office'], order: 80, group: '评审命名' },
    { path: '/objections', label: '异议', roles: ['office', 'leader', 'department'], order: 81, group: '评审命名' },
    { path: '/recommendations', label: '推荐申报', roles: ['office'], order: 82, group: '评审命名' },
    { path: '/awards', label: '本校荣誉', roles: ['secretary', 'clerk'], order: 80, group: '总结申报' },
  ],
  routes: [
    { path: '/naming', lazy: () => import('./NamingPage.tsx') },
    { path: '/notices/:id', lazy: () => import('./NoticePage.tsx') },
    { path: '/objections', lazy: () => import('./ObjectionsPage.tsx') },
    { path: '/recommendations', lazy: () => import('./RecommendationsPage.tsx') },
    { path: '/awards', lazy: () => import('./OwnAwardsPage.tsx') },
  ],
}
