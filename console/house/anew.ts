import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * After anything was changed: what is on the screen is read anew, or of it what has this key, and what is not on the screen is
 * forgotten. Otherwise a form opened next would begin with what was true before.
 */
export async function readAnew(queries: QueryClient, queryKey?: QueryKey): Promise<void> {
  forgetUnseen(queries)
  await queries.invalidateQueries(queryKey ? { queryKey } : {})
}

export const forgetUnseen = (queries: QueryClient): void =>
  queries.removeQueries({ type: 'inactive', fetchStatus: 'idle' })

/** What was about to be read anew when its page was left is forgotten too: leaving breaks the reading off. */
export function forgetWhatIsLeftOld(queries: QueryClient): void {
  const cache = queries.getQueryCache()
  cache.subscribe(({ type, query }) => {
    if (type === 'observerRemoved' && query.getObserversCount() === 0 && query.state.isInvalidated) cache.remove(query)
  })
}
