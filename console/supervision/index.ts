import type { Feature } from '#console/feature.ts'

const bureau = ['office', 'leader', 'department'] as const
const all = [...bureau, 'secretary', 'clerk'] as const

export const feature: Feature = {
  key: 'supervision',
  menu: [
    { path: '/visits', label: '走访', roles: all, order: 50, group: '督导交流' },
    { path: '/inspections', label: '督查', roles: bureau, order: 51, group: '督导交流' },
    { path: '/findings', label: '督查问题', roles: all, order: 52, group: '督导交流' },
    { path: '/rectifications', label: '整改', roles: all, order: 53, group: '督导交流' },
  ],
  routes: [
    { path: '/visits', lazy: () => import('./VisitsPage.tsx') },
    { path: '/visits/new', lazy: () => import('./NewVisitPage.tsx') },
    { path: '/visits/:id', lazy: () => import('./VisitPage.tsx') },
    { path: '/visits/:id/edit', lazy: () => import('./EditVisitPage.tsx') },
    { path: '/inspections', lazy: () => import('./InspectionsPage.tsx') },
    { path: '/inspections/new', lazy: () => import('./NewInspectionPage.tsx') },
    { path: '/inspections/:id/edit', lazy: () => import('./NewInspectionPage.tsx') },
    { path: '/inspections/:id', lazy: () => import('./InspectionPage.tsx') },
    { path: '/findings', lazy: () => import('./FindingsPage.tsx') },
    { path: '/rectifications', lazy: () => import('./RectificationsPage.tsx') },
    { path: '/rectifications/:id', lazy: () => import('./RectificationPage.tsx') },
  ],
}
