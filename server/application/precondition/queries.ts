import { againstReadingSchool } from '#domain/base/actor.ts'
import { cycleOf } from '#server/year/cycle/queries.ts'
import { readStanding } from '#server/schools/organization/queries.ts'
import { demand, found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

/** What of a school is on record in a year and has not been lifted. */
export function listOpenBreaches(db: ReadOnly, schoolIds: readonly string[], cycleId: string) {
  return db
    .selectFrom('breach')
    .select(['schoolId', 'kind', 'detail'])
    .where('schoolId', 'in', schoolIds)
    .where('cycleId', '=', cycleId)
    .where('liftedAt', 'is', null)
    .orderBy('id')
    .execute()
}

/** The school as breaches are recorded of it, with the year they are recorded in. */
export async function readPlaceOfBreach(look: Look, schoolId: string, year?: number) {
  const school = await readStanding(look.db, schoolId)
  demand(againstReadingSchool(look.actor, school))
  return { school, cycle: await cycleOf(look, year) }
}

export const listBreaches = (db: ReadOnly, schoolId: string, cycleId: string) =>
  db
    .selectFrom('breach')
    .innerJoin('person', 'person.id', 'breach.recordedBy')
    .select(['breach.id', 'breach.kind', 'breach.detail', 'breach.recordedAt', 'person.name as recordedByName'])
    .select(['breach.liftedAt', 'breach.liftedReason'])
    .where('breach.schoolId', '=', schoolId)
    .where('breach.cycleId', '=', cycleId)
    .orderBy('breach.id', 'desc')
    .execute()

export async function findBreach(look: Look, id: string) {
  return found(
    await look.db
      .selectFrom('breach')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', look.actor.bureauId)
      .executeTakeFirst(),
  )
}
