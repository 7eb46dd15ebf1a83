import type { Feature } from '#console/feature.ts'

export const feature: Feature = {
  key: 'brand',
  menu: [
    { path: '/brand', label: '党建文化品牌', roles: ['secretary', 'clerk'], order: 20, group: '创建' },
    { path: '/brands', label: '各校品牌', roles: ['office', 'leader', 'department'], order: 21, group: '创建' },
  ],
  routes: [
    { path: '/brand', lazy: () => import('./OwnBrandPage.tsx') },
    { path: '/brand/edit', lazy: () => import('./EditBrandPage.tsx') },
    { path: '/brand/argue', lazy: () => import('./ArguePage.tsx') },
    { path: '/brand/argue/:id', lazy: () => import('./CorrectArguePage.tsx') },
    { path: '/brands', lazy: () => import('./BrandsPage.tsx') },
    { path: '/brands/:schoolId', lazy: () => import('./SchoolBrandPage.tsx') },
  ],
}
