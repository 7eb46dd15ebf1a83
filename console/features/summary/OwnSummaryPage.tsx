import { useQuery } from '@tanstack/react-query'
import { Navigate } from 'react-router'
import { openSummary } from '#contract/summary.ts'
import { useYear } from '#console/house/year.tsx'
import { call } from '#console/api.ts'
import { Loaded } from '#console/house/Loaded.tsx'

/** The school's own summary has one address; the first visit makes the draft. */
export default function OwnSummaryPage() {
  const year = useYear()
  const opened = useQuery({
    queryKey: ['summary', 'own', year],
    queryFn: () => call(openSummary, { query: { year } }),
    staleTime: Infinity,
  })
  return <Loaded query={opened}>{({ id }) => <Navigate replace to={`/summaries/${id}`} />}</Loaded>
}
