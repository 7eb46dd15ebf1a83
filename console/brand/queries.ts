import { useQuery } from '@tanstack/react-query'
import { call, type Reply, reading } from '#console/api.ts'
import { findSimilarBrands, readBrand } from '#contract/brand/brand.ts'

export type BrandView = Reply<typeof readBrand>

export const useBrand = (schoolId: string) =>
  useQuery({ ...reading(['brand', schoolId], readBrand, { params: { id: schoolId } }), enabled: schoolId !== '' })

/** Brands of other schools that sound like this one; a word that is only begun is not looked for. */
export const useSimilarBrands = (name: string, concept: string) =>
  useQuery({
    queryKey: ['near', name, concept],
    queryFn: async ({ signal }) => {
      // Waits for a pause in the typing; the next letter cancels it.
      await new Promise((done) => setTimeout(done, 400))
      if (signal.aborted) return { items: [], draftNear: false }
      return call(findSimilarBrands, { query: { name, concept } }, signal)
    },
    enabled: [...name].length > 1 || [...concept].length > 5,
    staleTime: 60_000,
  })
