import { againstShowingAgain, againstWithholding } from '#domain/records/publicPicture.ts'
import type { PublicPicture } from '#contract/records/file.ts'
import type { Look } from '#server/kernel/work.ts'
import { readPictures } from './queries.ts'

/** Pictures as the page shows them on which they can be taken down. */
export async function showPictures(look: Look, ids: readonly string[]): Promise<PublicPicture[]> {
  if (ids.length === 0) return []
  const pictures = await readPictures(look.db, ids)
  return pictures.map((one) => ({
    fileId: one.id,
    name: one.name,
    isPublic: one.isPublic,
    withheldReason: one.withheldReason,
    moves: { withhold: againstWithholding(look.actor, one), restore: againstShowingAgain(look.actor, one) },
  }))
}
