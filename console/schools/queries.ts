import { useQuery } from '@tanstack/react-query'
import { type Reply, reading } from '#console/api.ts'
import { listBreaches } from '#contract/application/precondition.ts'
import { readDuties } from '#contract/schools/contact.ts'
import { listGroups, readDivisions, readTree } from '#contract/schools/organization.ts'

export type Duties = Reply<typeof readDuties>
export type SchoolTree = Reply<typeof readTree>
export type SchoolGroup = Reply<typeof listGroups>['items'][number]

export const schoolKeys = {
  breaches: ['breaches'],
  duties: ['duties'],
}

/** Zones and districts to choose from. */
export const useDivisions = () => useQuery(reading(['divisions'], readDivisions))

export const useTree = () => useQuery(reading(['tree'], readTree))

export const useGroups = () => useQuery(reading(['groups'], listGroups))

export const useBreaches = (schoolId: string) =>
  useQuery(reading([...schoolKeys.breaches, schoolId], listBreaches, { params: { id: schoolId } }))

/** Who is in contact with which schools. */
export const useDuties = () => useQuery(reading(schoolKeys.duties, readDuties))
