import { againstLiftingBreach, againstRecordingBreach, type Breach } from '#domain/application/precondition.ts'
import { changedOne, demand } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { findBreach, readPlaceOfBreach } from './queries.ts'

/** Bars the school from applying in the open year until it is lifted; nothing that was submitted before is touched. */
export async function record(work: Work, schoolId: string, { kind, detail }: Breach): Promise<{ id: string }> {
  const { school, cycle } = await readPlaceOfBreach(work, schoolId)
  demand(againstRecordingBreach(work.actor, school, cycle))
  const id = work.newId()
  await work.tx
    .insertInto('breach')
    .values({
      id,
      bureauId: school.bureauId,
      schoolId,
      cycleId: cycle?.id ?? '',
      kind,
      detail,
      recordedAt: work.now,
      recordedBy: work.actor.personId,
      liftedAt: null,
      liftedReason: '',
    })
    .execute()
  work.record('breach.recorded', 'breach', id, { schoolId, kind, detail })
  return { id }
}

export async function lift(work: Work, id: string, reason: string): Promise<{ ok: true }> {
  const breach = await findBreach(work, id)
  demand(againstLiftingBreach(work.actor, breach))
  changedOne(
    await work.tx
      .updateTable('breach')
      .set({ liftedAt: work.now, liftedReason: reason })
      .where('id', '=', id)
      .where('liftedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  work.record('breach.lifted', 'breach', id, { schoolId: breach.schoolId, reason })
  return { ok: true }
}
