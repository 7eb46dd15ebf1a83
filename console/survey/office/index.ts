import type { Feature } from '#console/feature.ts'

const menu = { path: '/surveys', label: '群众测评', order: 65, group: '总结申报' }

export const feature: Feature = {
  key: 'survey',
  menu: [{ ...menu, roles: ['office', 'leader', 'department', 'auditor'] }],
  routes: [
    { path: '/surveys', lazy: () => import('./SurveysPage.tsx') },
    { path: '/surveys/new', lazy: () => import('./NewSurveyPage.tsx') },
    { path: '/surveys/:id', lazy: () => import('./SurveyPage.tsx') },
    { path: '/surveys/:id/edit', lazy: () => import('./EditSurveyPage.tsx') },
    { path: '/surveys/:id/schools', lazy: () => import('./RostersPage.tsx') },
    { path: '/surveys/:id/freeze', lazy: () => import('./FreezePage.tsx') },
    { path: '/surveys/:id/progress', lazy: () => import('./ProgressPage.tsx') },
    { path: '/surveys/:id/progress/:schoolId', lazy: () => import('./ClassesPage.tsx') },
    { path: '/surveys/:id/papers', lazy: () => import('./PapersPage.tsx') },
    { path: '/surveys/:id/results', lazy: () => import('./ResultsPage.tsx') },
    { path: '/surveys/:id/remarks', lazy: () => import('./RemarksPage.tsx') },
    { path: '/surveys/:id/publish', lazy: () => import('./PublishPage.tsx') },
  ],
}
