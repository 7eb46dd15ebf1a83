import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { reading } from '#console/api.ts'
import { readBrandCoverage } from '#contract/brand/brand.ts'
import { listSchools, readSchool } from '#contract/schools/organization.ts'
import { listCycles } from '#contract/year/cycle.ts'

/** Under which names answers are kept that several rooms read. */
export const houseKeys = {
  /** Every list that a `ListTable` has read. */
  lists: ['list'],
  list: (...asked: unknown[]) => ['list', ...asked],
  school: (id: string) => ['school', id],
}

export const useCycles = () => useQuery(reading(['cycles'], listCycles))

/** Which schools have a brand, and in which state. */
export const useBrandCoverage = () => useQuery(reading(['brandCoverage'], readBrandCoverage))

export const useSchool = (id: string) =>
  useQuery({ ...reading(houseKeys.school(id), readSchool, { params: { id } }), enabled: id !== '' })

export const useSchools = (ids: readonly string[]) =>
  useQueries({ queries: ids.map((id) => reading(houseKeys.school(id), readSchool, { params: { id } })) })

const FOUND = { size: 200, sort: 'name' } as const

/** The schools that the person reaches, by name. */
export const useSchoolList = () => useQuery(reading(['schools', 'picker'], listSchools, { query: FOUND }))

/** Those of them that fit what is typed, found as in the register. */
export const useFoundSchools = (typed: string) =>
  useQuery({
    ...reading(['schools', 'picker', typed], listSchools, { query: { ...FOUND, q: typed.slice(0, 100) } }),
    placeholderData: keepPreviousData,
  })
