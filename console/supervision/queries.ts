import { useQuery } from '@tanstack/react-query'
import { type Input, type Reply, reading } from '#console/api.ts'
import { readRectification } from '#contract/supervision/rectification.ts'
import { listFindings } from '#contract/supervision/finding.ts'
import { readInspection } from '#contract/supervision/inspection.ts'
import { listVisitors, readVisit, readVisitCoverage } from '#contract/supervision/visit.ts'

export type Inspection = Reply<typeof readInspection>
export type Visit = Reply<typeof readVisit>

export const supervisionKeys = {
  visits: ['visits'],
  inspection: (id: string | undefined) => ['inspection', id],
  rectification: (id: string) => ['rectification', id],
}

export const useVisit = (id: string) =>
  useQuery(reading([...supervisionKeys.visits, id], readVisit, { params: { id } }))

/** How many schools have been visited this year, and which not. */
export const useVisitCoverage = (year: number | undefined) =>
  useQuery(reading([...supervisionKeys.visits, 'coverage', year], readVisitCoverage, { query: { year } }))

/** On whose behalf the office may note a visit; others note their own. */
export const useVisitors = (office: boolean) => useQuery({ ...reading(['visitors'], listVisitors), enabled: office })

/** Without an id nothing is read: a new inspection begins from nothing. */
export const useInspection = (id: string | undefined) =>
  useQuery({
    ...reading(supervisionKeys.inspection(id), readInspection, { params: { id: id ?? '' } }),
    enabled: id !== undefined,
  })

export const useFindings = (query: NonNullable<Input<typeof listFindings>['query']>) =>
  useQuery(reading(['findings', query], listFindings, { query }))

export const useRectification = (id: string) =>
  useQuery(reading(supervisionKeys.rectification(id), readRectification, { params: { id } }))
