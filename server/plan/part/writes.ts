import { promiseLife } from '#domain/plan/promiseLife.ts'
import type { PlanBody } from '#contract/plan/plan.ts'
import type { BudgetLineRow, PromiseRow, TaskRow } from '#server/db/tables/plan.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { listRoots, type PartTable } from './queries.ts'

export interface RowsToInsert {
  tasks: TaskRow[]
  budgetLines: BudgetLineRow[]
  promises: PromiseRow[]
}

/** Writes rows; one that is there already takes the new words and keeps what was recorded of it. */
export async function insertParts(work: Work, { tasks, budgetLines, promises }: RowsToInsert): Promise<void> {
  if (tasks.length > 0)
    await work.tx
      .insertInto('task')
      .values(tasks)
      .onConflict((on) =>
        on.column('id').doUpdateSet((eb) => ({
          pillar: eb.ref('excluded.pillar'),
          content: eb.ref('excluded.content'),
          measure: eb.ref('excluded.measure'),
          ownerName: eb.ref('excluded.ownerName'),
          startsOn: eb.ref('excluded.startsOn'),
          dueOn: eb.ref('excluded.dueOn'),
          expectedResult: eb.ref('excluded.expectedResult'),
          sortOrder: eb.ref('excluded.sortOrder'),
          removedAt: null,
        })),
      )
      .execute()
  if (budgetLines.length > 0)
    await work.tx
      .insertInto('budgetLine')
      .values(budgetLines)
      .onConflict((on) =>
        on.column('id').doUpdateSet((eb) => ({
          item: eb.ref('excluded.item'),
          subject: eb.ref('excluded.subject'),
          amountFen: eb.ref('excluded.amountFen'),
          note: eb.ref('excluded.note'),
          sortOrder: eb.ref('excluded.sortOrder'),
        })),
      )
      .execute()
  if (promises.length > 0)
    await work.tx
      .insertInto('promise')
      .values(promises)
      .onConflict((on) =>
        on.column('id').doUpdateSet((eb) => ({
          content: eb.ref('excluded.content'),
          sortOrder: eb.ref('excluded.sortOrder'),
        })),
      )
      .execute()
}

type Tracked = Pick<TaskRow, 'progress' | 'progressNote' | 'doneOn'>
interface OfYear {
  schoolId: string
  cycleId: string
}

/** The versions of a year that are in force or on their way: what is recorded on one holds for all of them. */
const livingVersions = (work: Work, { schoolId, cycleId }: OfYear) =>
  work.db
    .selectFrom('plan')
    .select('id')
    .where('schoolId', '=', schoolId)
    .where('cycleId', '=', cycleId)
    .where('state', '!=', 'closed')

export const changeTaskProgress = (work: Work, rootId: string, of: OfYear, change: Tracked) =>
  work.tx
    .updateTable('task')
    .set(change)
    .where('rootId', '=', rootId)
    .where('planId', 'in', livingVersions(work, of))
    .execute()

export const changeSpent = (work: Work, rootId: string, of: OfYear, spentFen: number) =>
  work.tx
    .updateTable('budgetLine')
    .set({ spentFen })
    .where('rootId', '=', rootId)
    .where('planId', 'in', livingVersions(work, of))
    .execute()

export async function movePromise(
  work: Work,
  promise: Pick<PromiseRow, 'id' | 'rootId' | 'state'>,
  of: OfYear,
  change: Pick<PromiseRow, 'state' | 'explanation' | 'fileId'>,
): Promise<void> {
  const decided = { ...change, decidedAt: change.state === 'open' ? null : work.now }
  changedOne(
    await work.tx
      .updateTable('promise')
      .set(decided)
      .where('id', '=', promise.id)
      .where('state', '=', promise.state)
      .executeTakeFirstOrThrow(),
  )
  await work.tx
    .updateTable('promise')
    .set(decided)
    .where('rootId', '=', promise.rootId)
    .where('planId', 'in', livingVersions(work, of))
    .execute()
}

/** What was registered of the promise stays beside it with the reason why it was taken back. */
export const keepOutcome = (
  work: Work,
  { rootId, schoolId, state, explanation, fileId, decidedAt }: PromiseRow,
  reason: string,
) =>
  work.tx
    .insertInto('promiseOutcome')
    .values({
      id: work.newId(),
      rootId,
      schoolId,
      state,
      explanation,
      fileId,
      decidedAt,
      takenBackAt: work.now,
      takenBackBy: work.actor.personId,
      reason,
    })
    .execute()

type Lists = Pick<PlanBody, 'tasks' | 'budgetLines' | 'promises'>

/** Replaces the three lists of a draft; rows that stay keep their ids and what was recorded of them, foreign ids get new ones. */
export async function replaceParts(work: Work, plan: { id: string; schoolId: string }, lists: Lists): Promise<void> {
  const { id: planId, schoolId } = plan
  const fresh = { progress: 0, progressNote: '', doneOn: null, removedAt: null }
  const open = { state: promiseLife.first, explanation: '', fileId: null, decidedAt: null }
  const placed = async <Part extends { id?: string | undefined }>(table: PartTable, parts: readonly Part[]) => {
    const rows = await listRoots(work.db, table, planId)
    return parts.map(({ id, ...part }, sortOrder) => {
      const kept = rows.find((row) => row.id === id)
      const own = kept?.id ?? work.newId()
      return { ...part, id: own, rootId: kept?.rootId ?? own, planId, schoolId, sortOrder }
    })
  }
  const tasks = (await placed('task', lists.tasks)).map((task) => ({ ...task, ...fresh }))
  const budgetLines = (await placed('budgetLine', lists.budgetLines)).map((line) => ({ ...line, spentFen: 0 }))
  const promises = (await placed('promise', lists.promises)).map((promise) => ({ ...promise, ...open }))
  await dropOthers(work, planId, { tasks, budgetLines, promises })
  await insertParts(work, { tasks, budgetLines, promises })
}

/** A task that is taken out stays as a row, because ledger entries may speak of it. */
async function dropOthers(work: Work, planId: string, { tasks, budgetLines, promises }: RowsToInsert): Promise<void> {
  const ids = (rows: readonly { id: string }[]) => rows.map((row) => row.id)
  await work.tx
    .updateTable('task')
    .set({ removedAt: work.now })
    .where('planId', '=', planId)
    .where('removedAt', 'is', null)
    .where('id', 'not in', ids(tasks))
    .execute()
  await work.tx.deleteFrom('budgetLine').where('planId', '=', planId).where('id', 'not in', ids(budgetLines)).execute()
  await work.tx.deleteFrom('promise').where('planId', '=', planId).where('id', 'not in', ids(promises)).execute()
}
