import { againstLiftingBreach, againstRecordingBreach, type Breach } from '#domain/application/precondition.ts'
import { demand, found } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { findBreach, readPlaceOfBreach } from './queries.ts'
import { insertBreach, markLifted } from './writes.ts'

/** Bars the school from applying in the open year until it is lifted; nothing that was submitted before is touched. */
export async function recordBreach(work: Work, schoolId: string, { kind, detail }: Breach): Promise<{ id: string }> {
  const { school, cycle } = await readPlaceOfBreach(work, schoolId)
  demand(againstRecordingBreach(work.actor, school, cycle))
  const id = work.newId()
  await insertBreach(work, { id, bureauId: school.bureauId, schoolId, cycleId: found(cycle).id, kind, detail })
  work.record('breach.recorded', 'breach', id, { schoolId, kind, detail })
  return { id }
}

export async function liftBreach(work: Work, id: string, reason: string): Promise<{ ok: true }> {
  const breach = await findBreach(work, id)
  demand(againstLiftingBreach(work.actor, breach))
  await markLifted(work, id, reason)
  work.record('breach.lifted', 'breach', id, { schoolId: breach.schoolId, reason })
  return { ok: true }
}
