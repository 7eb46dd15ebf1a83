import { againstRecordingBreach } from '#domain/application/precondition.ts'
import type { Look } from '#server/kernel/work.ts'
import { listBreaches, readPlaceOfBreach } from './queries.ts'

/** What is on record of a school in a year, lifted or not, and whether more may be recorded. */
export async function showBreaches(look: Look, schoolId: string, year?: number) {
  const { school, cycle } = await readPlaceOfBreach(look, schoolId, year)
  return {
    record: againstRecordingBreach(look.actor, school, cycle),
    items: cycle ? await listBreaches(look.db, schoolId, cycle.id) : [],
  }
}
