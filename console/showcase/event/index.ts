import type { Feature } from '#console/feature.ts'

export const feature: Feature = {
  key: 'event',
  menu: [
    {
      path: '/events',
      label: '活动',
      roles: ['office', 'leader', 'department', 'secretary', 'clerk'],
      order: 54,
      group: '督导交流',
    },
  ],
  routes: [
    { path: '/events', lazy: () => import('./EventsPage.tsx') },
    { path: '/events/new', lazy: () => import('./EditEventPage.tsx') },
    { path: '/events/:id', lazy: () => import('./EventPage.tsx') },
    { path: '/events/:id/edit', lazy: () => import('./EditEventPage.tsx') },
  ],
}
