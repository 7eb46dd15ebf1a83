import type { DecisionRow } from '#server/db/tables/award.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

type NewDecision = Pick<
  DecisionRow,
  | 'id'
  | 'bureauId'
  | 'cycleId'
  | 'resultId'
  | 'previousId'
  | 'heldOn'
  | 'attendees'
  | 'minutes'
  | 'names'
  | 'skipReason'
  | 'files'
  | 'digest'
>

export const insertDecision = (work: Work, decision: NewDecision) =>
  work.tx
    .insertInto('decision')
    .values({
      ...decision,
      decidedBy: work.actor.personId,
      decidedAt: work.now,
      supersededAt: null,
      supersededBy: null,
      supersededReason: '',
      confirmedBy: null,
      confirmedAt: null,
      mergedReason: null,
    })
    .execute()

/** Confirmed by the actor, once, and only while it stands. */
export async function markConfirmed(work: Work, id: string, mergedReason: string | null): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('decision')
      .set({ confirmedBy: work.actor.personId, confirmedAt: work.now, mergedReason })
      .where('id', '=', id)
      .where('confirmedAt', 'is', null)
      .where('supersededAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

export async function supersedeDecision(work: Work, id: string, reason: string): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('decision')
      .set({ supersededAt: work.now, supersededBy: work.actor.personId, supersededReason: reason })
      .where('id', '=', id)
      .where('supersededAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}
