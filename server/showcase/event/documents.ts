import type { EventDetail } from '#contract/showcase/event.ts'
import { showPictures } from '#server/records/file/views.ts'
import type { Look } from '#server/kernel/work.ts'
import { listChosenPictures } from './queries.ts'
import { readEventDetail } from './views.ts'

/** An event with the pictures that were chosen for its public page, and who may take each of them down. */
export async function showEvent(look: Look, id: string): Promise<EventDetail> {
  const event = await readEventDetail(look, id)
  const chosen = await listChosenPictures(look.db, id)
  const pictures = await showPictures(
    look,
    chosen.map((one) => one.fileId),
  )
  return { ...event, pictures: chosen.flatMap(({ fileId }) => pictures.filter((one) => one.fileId === fileId)) }
}
