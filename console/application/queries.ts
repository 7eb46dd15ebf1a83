import { useQuery } from '@tanstack/react-query'
import { reading } from '#console/api.ts'
import { readApplication, readDossier, readOwnApplication } from '#contract/application/application.ts'
import { readOwnSummary, readSummary } from '#contract/application/summary.ts'

export const applicationKeys = { ownSummary: ['summary', 'own'] }

export const useApplication = (id: string) =>
  useQuery(reading(['application', id], readApplication, { params: { id } }))

/** The person's own school's, of the chosen year or of the one that is open. */
export const useOwnApplication = (year?: number) =>
  useQuery(reading(['application', 'own', year], readOwnApplication, { query: { year } }))

/** Everything that reviewers read: as it stands, or as it stood when a version was submitted. */
export const useDossier = (id: string, enabled: boolean, version?: number) =>
  useQuery({
    ...reading(['application', id, 'dossier', version ?? 'now'], readDossier, { params: { id }, query: { version } }),
    enabled,
    // What the secretary submits is what this shows, so it is read again whenever the page comes back.
    staleTime: 0,
  })

export const useSummary = (id: string) => useQuery(reading(['summary', id], readSummary, { params: { id } }))

export const useOwnSummary = (year: number | undefined) =>
  useQuery(reading([...applicationKeys.ownSummary, year], readOwnSummary, { query: { year } }))
