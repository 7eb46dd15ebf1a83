import type { Feature } from '#console/feature.ts'

export const feature: Feature = {
  key: 'award',
  // The words fit every kind of outcome: a year that only shows results has no honours in its menu (rule 2).
  menu: [
    { path: '/naming', label: '审定公布', roles: ['office'], order: 80, group: '评审公布' },
    { path: '/objections', label: '异议', roles: ['office', 'leader', 'department'], order: 81, group: '评审公布' },
    { path: '/revocations', label: '审定和撤销确认', roles: ['office', 'leader'], order: 82, group: '评审公布' },
    { path: '/recommendations', label: '推荐申报', roles: ['office'], order: 83, group: '评审公布' },
    { path: '/awards', label: '本校结果', roles: ['secretary', 'clerk'], order: 80, group: '总结申报' },
    { path: '/own-objections', label: '针对本校的异议', roles: ['secretary', 'clerk'], order: 81, group: '总结申报' },
  ],
  routes: [
    { path: '/naming', lazy: () => import('./NamingPage.tsx') },
    { path: '/notices/:id', lazy: () => import('./NoticePage.tsx') },
    { path: '/objections', lazy: () => import('./ObjectionsPage.tsx') },
    { path: '/revocations', lazy: () => import('./RevocationsPage.tsx') },
    { path: '/recommendations', lazy: () => import('./RecommendationsPage.tsx') },
    { path: '/awards', lazy: () => import('./OwnAwardsPage.tsx') },
    { path: '/own-objections', lazy: () => import('./OwnObjectionsPage.tsx') },
  ],
}
