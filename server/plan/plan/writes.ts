import type { Actor } from '#domain/base/actor.ts'
import type { PlanRow } from '#server/db/tables/plan.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

export const addPlan = (work: Work, row: PlanRow) => work.tx.insertInto('plan').values(row).execute()

/** Saves the words of a draft unless somebody saved since they were read. */
export async function changePlanDraft(
  work: Work,
  plan: Pick<PlanRow, 'id' | 'updatedAt'>,
  change: Partial<PlanRow>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('plan')
      .set(change)
      .where('id', '=', plan.id)
      .where('state', '=', 'draft')
      .where('updatedAt', '=', plan.updatedAt)
      .executeTakeFirstOrThrow(),
  )
}

export async function movePlan(
  work: Work<Actor>,
  plan: Pick<PlanRow, 'id' | 'state'>,
  to: PlanRow['state'],
  change: Partial<PlanRow> = {},
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('plan')
      .set({ ...change, state: to, updatedAt: work.now })
      .where('id', '=', plan.id)
      .where('state', '=', plan.state)
      .executeTakeFirstOrThrow(),
  )
}
