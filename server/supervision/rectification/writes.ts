import { rectificationLife } from '#domain/supervision/rectificationLife.ts'
import type { RectificationRow } from '#server/db/tables/supervision.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

type Issued = Pick<
  RectificationRow,
  'id' | 'findingId' | 'schoolId' | 'bureauId' | 'cycleId' | 'requirement' | 'dueOn' | 'issuedBy'
>

/** An order as it is handed out: nothing done yet, in its first round. */
export const addRectification = (work: Work, issued: Issued) =>
  work.tx
    .insertInto('rectification')
    .values({
      ...issued,
      state: rectificationLife.first,
      round: 1,
      escalation: 0,
      issuedAt: work.now,
      acknowledgedAt: null,
      plan: '',
      report: '',
      reportedAt: null,
      reportedBy: null,
      verifiedAt: null,
      verifiedBy: null,
      verdict: '',
      extendedReason: '',
      closedAt: null,
      askedDueOn: null,
      askedReason: null,
      extensionAnswer: null,
    })
    .execute()

/** Writes over the order as it was read: in its state, with its last day and what is asked for. */
export async function changeRectification(
  work: Work,
  order: Pick<RectificationRow, 'id' | 'state' | 'dueOn' | 'askedDueOn'>,
  change: Partial<RectificationRow>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('rectification')
      .set(change)
      .where('id', '=', order.id)
      .where('state', '=', order.state)
      .where('dueOn', '=', order.dueOn)
      .where('askedDueOn', order.askedDueOn === null ? 'is' : '=', order.askedDueOn)
      .executeTakeFirstOrThrow(),
  )
}
