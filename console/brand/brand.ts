import { useQuery } from '@tanstack/react-query'
import { call, type Reply } from '#console/api.ts'
import { useMe } from '#console/me.ts'
import { readBrand } from '#contract/brand/brand.ts'

export type BrandView = Reply<typeof readBrand>

/** The school at which the person writes brand and plan. */
export function useOwnSchool(): string {
  const grants = useMe().data?.grants ?? []
  return grants.find((grant) => grant.role === 'secretary' || grant.role === 'clerk')?.organizationId ?? ''
}

export function useBrand(schoolId: string) {
  return useQuery({
    queryKey: ['brand', schoolId],
    queryFn: ({ signal }) => call(readBrand, { params: { id: schoolId } }, signal),
    enabled: schoolId !== '',
  })
}
