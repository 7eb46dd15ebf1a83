import { useQuery } from '@tanstack/react-query'
import { call, type Reply } from '#console/api.ts'
import { readPlan } from '#contract/plan/plan.ts'
import type { PlanState } from '#domain/plan/planLife.ts'

export type PlanView = Reply<typeof readPlan>

export function usePlan(id: string) {
  return useQuery({
    queryKey: ['plan', id],
    queryFn: ({ signal }) => call(readPlan, { params: { id } }, signal),
    enabled: id !== '',
  })
}

export const planTones = {
  draft: 'quiet',
  submitted: 'warn',
  accepted: 'info',
  published: 'ok',
  closed: 'quiet',
} as const satisfies Record<PlanState, string>
