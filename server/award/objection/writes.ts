import { objectionLife, type ObjectionStep } from '#domain/award/objectionLife.ts'
import type { Actor } from '#domain/base/actor.ts'
import type { ObjectionRow } from '#server/db/tables/award.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

type NewObjection = Pick<
  ObjectionRow,
  | 'id'
  | 'bureauId'
  | 'cycleId'
  | 'noticeId'
  | 'schoolId'
  | 'receiptHash'
  | 'name'
  | 'phone'
  | 'content'
  | 'crowded'
  | 'dueOn'
>

export const insertObjection = (work: Work<Actor>, objection: NewObjection) =>
  work.tx
    .insertInto('objection')
    .values({
      ...objection,
      state: objectionLife.first,
      receivedAt: work.now,
      handlerId: null,
      admitted: null,
      admission: '',
      decision: '',
      reply: '',
      repliedAt: null,
      junkReason: '',
      junkAskedBy: null,
      schoolAsked: '',
      schoolAskedAt: null,
      schoolAnswer: '',
      schoolAnsweredAt: null,
      updatedAt: work.now,
    })
    .execute()

/** One more receipt under which an objection is found. */
export const insertReceipt = (work: Work<Actor>, receiptHash: string, objectionId: string) =>
  work.tx.insertInto('objectionReceipt').values({ receiptHash, objectionId, createdAt: work.now }).execute()

/** Writes on an objection as it was read: neither moved nor written on by another since. */
export async function updateObjection(
  work: Work,
  objection: Pick<ObjectionRow, 'id' | 'state' | 'updatedAt'>,
  values: Partial<ObjectionRow>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('objection')
      .set({ ...values, updatedAt: work.now })
      .where('id', '=', objection.id)
      .where('state', '=', objection.state)
      .where('updatedAt', '=', objection.updatedAt)
      .executeTakeFirstOrThrow(),
  )
}

export const insertStep = (
  work: Work,
  objectionId: string,
  { action, text }: { action: ObjectionStep; text: string },
) =>
  work.tx
    .insertInto('objectionStep')
    .values({ id: work.newId(), objectionId, at: work.now, personId: work.actor.personId, action, text })
    .execute()
