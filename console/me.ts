import { queryOptions, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { call } from '#console/api.ts'
import type { Role } from '#domain/base/actor.ts'
import { readMe } from '#contract/identity/session.ts'

export type Me = z.output<(typeof readMe)['reply']>

/** Asked for as soon as the console starts, while the page's own code is still on its way. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call(readMe, {}, signal),
  staleTime: 5 * 60_000,
})

/** The signed-in person; the shell waits for it, so that pages below always have it at once. */
export function useMe() {
  return useQuery(meQuery)
}

/** Whether the signed-in person holds one of the roles; for showing and hiding, never for guarding. */
export function useHolds(...roles: Role[]): boolean {
  return useMe().data?.grants.some((grant) => roles.includes(grant.role)) ?? false
}
