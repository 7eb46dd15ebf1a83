import type { Feature } from '#console/feature.ts'

export const feature: Feature = {
  key: 'schoolSurvey',
  menu: [{ path: '/own-surveys', label: '群众测评', roles: ['secretary', 'clerk'], order: 65, group: '总结申报' }],
  routes: [
    { path: '/own-surveys', lazy: () => import('./OwnSurveysPage.tsx') },
    { path: '/surveys/:id/schools/:schoolId', lazy: () => import('./SchoolSurveyPage.tsx') },
  ],
}
