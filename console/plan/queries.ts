import { useQuery } from '@tanstack/react-query'
import { type Reply, reading } from '#console/api.ts'
import { readOwnPlan, readPlan } from '#contract/plan/plan.ts'

export type PlanView = Reply<typeof readPlan>

export const planKeys = { own: ['ownPlan'] }

export const usePlan = (id: string) =>
  useQuery({ ...reading(['plan', id], readPlan, { params: { id } }), enabled: id !== '' })

export const useOwnPlan = (year: number | undefined) =>
  useQuery(reading([...planKeys.own, year], readOwnPlan, { query: { year } }))
