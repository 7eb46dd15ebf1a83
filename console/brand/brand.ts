import { useMe } from '#console/me.ts'

/** The school at which the person writes brand and plan. */
export function useOwnSchool(): string {
  const grants = useMe().data?.grants ?? []
  return grants.find((grant) => grant.role === 'secretary' || grant.role === 'clerk')?.organizationId ?? ''
}
