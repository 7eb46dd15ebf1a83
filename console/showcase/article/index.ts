import type { Feature } from '#console/feature.ts'

export const feature: Feature = {
  key: 'article',
  menu: [
    {
      path: '/articles',
      label: '经验文章',
      roles: ['office', 'leader', 'department', 'secretary', 'clerk'],
      order: 55,
      group: '督导交流',
    },
  ],
  routes: [
    { path: '/articles', lazy: () => import('./ArticlesPage.tsx') },
    { path: '/articles/new', lazy: () => import('./NewArticlePage.tsx') },
    { path: '/articles/:id', lazy: () => import('./ArticlePage.tsx') },
  ],
}
