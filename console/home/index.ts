import type { Feature } from '#console/feature.ts'

export const feature: Feature = {
  key: 'home',
  menu: [{ path: '/', label: '我的待办', roles: [], order: 0 }],
  routes: [{ path: '/', lazy: () => import('./HomePage.tsx') }],
}
