import type { PlanState } from '#domain/plan/planLife.ts'

export const planTones = {
  draft: 'quiet',
  submitted: 'warn',
  accepted: 'info',
  published: 'ok',
  closed: 'quiet',
} as const satisfies Record<PlanState, string>
