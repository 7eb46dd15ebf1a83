import { useQuery } from '@tanstack/react-query'
import { type Reply, reading } from '#console/api.ts'
import { listCalendar, listStandards, readCycleDetail, readStandard } from '#contract/year/cycle.ts'

export type CycleDetail = Reply<typeof readCycleDetail>
export type StandardBody = Reply<typeof readStandard>['body']

export const useCycle = (id: string) => useQuery(reading(['cycle', id], readCycleDetail, { params: { id } }))

/** The working days and holidays of every year that is known. */
export const useCalendar = () => useQuery(reading(['calendar'], listCalendar))

export const useStandards = () => useQuery(reading(['standards'], listStandards))

export const useStandard = (id: string) => useQuery(reading(['standard', id], readStandard, { params: { id } }))
