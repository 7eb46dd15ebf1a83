import type { BudgetLineRow, PromiseRow, TaskRow } from '#server/db/tables/plan.ts'
import { found } from '#server/kernel/problem.ts'
import type { ReadOnly } from '#server/kernel/work.ts'

export interface Parts {
  tasks: TaskRow[]
  budgetLines: BudgetLineRow[]
  promises: (PromiseRow & { fileName: string | null })[]
}

/** Tasks, budget lines and promises of some plans: three queries however many plans they are. */
export async function readParts(db: ReadOnly, planIds: readonly string[]): Promise<Parts> {
  if (planIds.length === 0) return { tasks: [], budgetLines: [], promises: [] }
  const tasks = await db
    .selectFrom('task')
    .selectAll()
    .where('planId', 'in', planIds)
    .where('removedAt', 'is', null)
    .orderBy('planId')
    .orderBy('sortOrder')
    .execute()
  const budgetLines = await db
    .selectFrom('budgetLine')
    .selectAll()
    .where('planId', 'in', planIds)
    .orderBy('planId')
    .orderBy('sortOrder')
    .execute()
  const promises = await db
    .selectFrom('promise')
    .leftJoin('file', 'file.id', 'promise.fileId')
    .selectAll('promise')
    .select('file.name as fileName')
    .where('promise.planId', 'in', planIds)
    .orderBy('promise.planId')
    .orderBy('promise.sortOrder')
    .execute()
  return { tasks, budgetLines, promises }
}

export async function findTask(db: ReadOnly, id: string): Promise<TaskRow> {
  return found(await db.selectFrom('task').selectAll().where('id', '=', id).executeTakeFirst())
}

export async function findBudgetLine(db: ReadOnly, id: string): Promise<BudgetLineRow> {
  return found(await db.selectFrom('budgetLine').selectAll().where('id', '=', id).executeTakeFirst())
}

export async function findPromise(db: ReadOnly, id: string): Promise<PromiseRow> {
  return found(await db.selectFrom('promise').selectAll().where('id', '=', id).executeTakeFirst())
}

/** Outcomes of some promises that were taken back, the newest first. */
export const listOutcomesBefore = (db: ReadOnly, promises: readonly { rootId: string }[]) =>
  db
    .selectFrom('promiseOutcome')
    .leftJoin('file', 'file.id', 'promiseOutcome.fileId')
    .leftJoin('person', 'person.id', 'promiseOutcome.takenBackBy')
    .selectAll('promiseOutcome')
    .select(['file.name as fileName', 'person.name as takenBackByName'])
    .where(
      'promiseOutcome.rootId',
      'in',
      promises.map((one) => one.rootId),
    )
    .orderBy('promiseOutcome.takenBackAt', 'desc')
    .orderBy('promiseOutcome.id', 'desc')
    .execute()

export type PartTable = 'task' | 'budgetLine' | 'promise'

/** The rows of one list of a version, and since which row each has been the same. */
export const listRoots = (db: ReadOnly, table: PartTable, planId: string) =>
  db.selectFrom(table).select(['id', 'rootId']).where('planId', '=', planId).execute()
