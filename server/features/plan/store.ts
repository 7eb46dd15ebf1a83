import { z } from 'zod'
import { diagnosisAreas, type Diagnosis, type PlanContent } from '#domain/completeness.ts'
import { type PlanFacts } from '#domain/plan.ts'
import { type CycleState } from '#domain/lifecycles/cycle.ts'
import { type PlanState } from '#domain/lifecycles/plan.ts'
import { type PromiseState } from '#domain/lifecycles/promise.ts'
import { type Pillar } from '#domain/pillar.ts'
import type { PlanBody } from '#contract/plan.ts'
import type { BudgetLineRow, PlanRow, PromiseRow, TaskRow } from '#server/db/tables/plan.ts'
import { listPublicComments, type PublicComments } from '#server/features/comment/store.ts'
import { changedOne, found, notFound } from '#server/kernel/problem.ts'
import type { ReadOnly, Work } from '#server/kernel/work.ts'

const words = z.strictObject({ highlights: z.string(), weakPoints: z.string() })
const diagnosisText = z.strictObject({
  membership: words,
  education: words,
  democracy: words,
  institutions: words,
} satisfies Record<keyof typeof diagnosisAreas, typeof words>)

export const emptyDiagnosis = (): Diagnosis => ({
  membership: { highlights: '', weakPoints: '' },
  education: { highlights: '', weakPoints: '' },
  democracy: { highlights: '', weakPoints: '' },
  institutions: { highlights: '', weakPoints: '' },
})

export const diagnosisOf = (plan: { diagnosis: string }): Diagnosis => diagnosisText.parse(JSON.parse(plan.diagnosis))

export interface Plan extends Omit<PlanRow, 'state'>, PlanFacts {
  state: PlanState
  schoolName: string
  cycleTitle: string
  cycleYear: number
  planUntil: string | null
  signedByName: string | null
}

function plans(db: ReadOnly) {
  return db
    .selectFrom('plan')
    .innerJoin('school', 'school.id', 'plan.schoolId')
    .innerJoin('cycle', 'cycle.id', 'plan.cycleId')
    .leftJoin('person', 'person.id', 'plan.signedBy')
    .selectAll('plan')
    .select([
      'school.name as schoolName',
      'cycle.title as cycleTitle',
      'cycle.year as cycleYear',
      'cycle.state as cycleState',
      'cycle.planUntil',
      'person.name as signedByName',
    ])
}

type PlanJoined = PlanRow & {
  schoolName: string
  cycleTitle: string
  cycleYear: number
  cycleState: string
  planUntil: string | null
  signedByName: string | null
}

const planOf = (row: PlanJoined): Plan => ({
  ...row,
  state: row.state as PlanState,
  cycleState: row.cycleState as CycleState,
})

export async function findPlan(db: ReadOnly, id: string): Promise<Plan> {
  return planOf(found(await plans(db).where('plan.id', '=', id).executeTakeFirst()))
}

/** Every version of a school's plan in one year, newest first. */
export async function listVersions(db: ReadOnly, plan: { schoolId: string; cycleId: string }) {
  const rows = await db
    .selectFrom('plan')
    .select(['id', 'version', 'state', 'publishedAt'])
    .where('schoolId', '=', plan.schoolId)
    .where('cycleId', '=', plan.cycleId)
    .orderBy('version', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, state: row.state as PlanState }))
}

/** The school's latest public plan of an earlier year, to begin this year's from. */
export async function findEarlierPlan(db: ReadOnly, schoolId: string, year: number): Promise<Plan | undefined> {
  const row = await plans(db)
    .where('plan.schoolId', '=', schoolId)
    .where('cycle.year', '<', year)
    .where('plan.publishedAt', 'is not', null)
    .orderBy('cycle.year', 'desc')
    .orderBy('plan.version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && planOf(row)
}

export interface Parts {
  tasks: (Omit<TaskRow, 'pillar'> & { pillar: Pillar })[]
  budgetLines: BudgetLineRow[]
  promises: (Omit<PromiseRow, 'state'> & { state: PromiseState; fileName: string | null })[]
}

/** Tasks, budget lines and promises of some plans: three queries however many plans they are. */
export async function readParts(db: ReadOnly, planIds: readonly string[]): Promise<Parts> {
  if (planIds.length === 0) return { tasks: [], budgetLines: [], promises: [] }
  const tasks = await db
    .selectFrom('task')
    .selectAll()
    .where('planId', 'in', planIds)
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
  return {
    tasks: tasks.map((row) => ({ ...row, pillar: row.pillar as Pillar })),
    budgetLines,
    promises: promises.map((row) => ({ ...row, state: row.state as PromiseState })),
  }
}

/** What the plan says, without progress, spending and how promises went. */
export function contentOf(plan: PlanRow, parts: Parts) {
  const own = <T extends { planId: string }>(rows: readonly T[]) => rows.filter((row) => row.planId === plan.id)
  return {
    diagnosis: diagnosisOf(plan),
    entryPoint: plan.entryPoint,
    goals: plan.goals,
    commitment: plan.commitment,
    noBudgetReason: plan.noBudgetReason,
    tasks: own(parts.tasks).map(({ pillar, content, measure, ownerName, startsOn, dueOn, expectedResult }) => ({
      pillar,
      content,
      measure,
      ownerName,
      startsOn,
      dueOn,
      expectedResult,
    })),
    budgetLines: own(parts.budgetLines).map(({ item, subject, amountFen, note }) => ({
      item,
      subject,
      amountFen,
      note,
    })),
    promises: own(parts.promises).map(({ content }) => ({ content })),
  } satisfies PlanContent & Record<string, unknown>
}

export const addPlan = (work: Work, row: PlanRow) => work.tx.insertInto('plan').values(row).execute()

/** Saves the words of a draft unless somebody saved since they were read. */
export async function changeDraft(work: Work, plan: Plan, change: Partial<PlanRow>): Promise<void> {
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
  work: Work,
  plan: { id: string; state: PlanState },
  to: PlanState,
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

type Lists = Pick<PlanBody, 'tasks' | 'budgetLines' | 'promises'>

/** Replaces the three lists of a draft; rows that stay keep their ids, foreign ids get new ones. */
export async function replaceParts(work: Work, plan: { id: string; schoolId: string }, lists: Lists): Promise<void> {
  const { id: planId, schoolId } = plan
  const kept = await readParts(work.db, [planId])
  for (const table of ['task', 'budgetLine', 'promise'] as const)
    await work.tx.deleteFrom(table).where('planId', '=', planId).execute()
  const idOf = (rows: readonly { id: string }[], asked: string | undefined) =>
    asked !== undefined && rows.some((row) => row.id === asked) ? asked : work.newId()
  await insertParts(work, {
    tasks: lists.tasks.map(({ id, ...task }, sortOrder) => {
      const before = kept.tasks.find((row) => row.id === id)
      const { progress = 0, progressNote = '', doneOn = null } = before ?? {}
      return { ...task, id: idOf(kept.tasks, id), planId, schoolId, progress, progressNote, doneOn, sortOrder }
    }),
    budgetLines: lists.budgetLines.map(({ id, ...line }, sortOrder) => {
      const spentFen = kept.budgetLines.find((row) => row.id === id)?.spentFen ?? 0
      return { ...line, id: idOf(kept.budgetLines, id), planId, schoolId, spentFen, sortOrder }
    }),
    promises: lists.promises.map(({ id, content }, sortOrder) => {
      const before = kept.promises.find((row) => row.id === id)
      const { state = 'open', explanation = '', fileId = null, decidedAt = null } = before ?? {}
      const rest = { state, explanation, fileId, decidedAt, sortOrder }
      return { id: idOf(kept.promises, id), planId, schoolId, content, ...rest }
    }),
  })
}

export interface RowsToInsert {
  tasks: TaskRow[]
  budgetLines: BudgetLineRow[]
  promises: PromiseRow[]
}

export async function insertParts(work: Work, { tasks, budgetLines, promises }: RowsToInsert): Promise<void> {
  if (tasks.length > 0) await work.tx.insertInto('task').values(tasks).execute()
  if (budgetLines.length > 0) await work.tx.insertInto('budgetLine').values(budgetLines).execute()
  if (promises.length > 0) await work.tx.insertInto('promise').values(promises).execute()
}

export async function findTask(db: ReadOnly, id: string): Promise<TaskRow> {
  return found(await db.selectFrom('task').selectAll().where('id', '=', id).executeTakeFirst())
}
export async function findBudgetLine(db: ReadOnly, id: string): Promise<BudgetLineRow> {
  return found(await db.selectFrom('budgetLine').selectAll().where('id', '=', id).executeTakeFirst())
}
export async function findPromise(
  db: ReadOnly,
  id: string,
): Promise<Omit<PromiseRow, 'state'> & { state: PromiseState }> {
  const row = found(await db.selectFrom('promise').selectAll().where('id', '=', id).executeTakeFirst())
  return { ...row, state: row.state as PromiseState }
}

export const changeTask = (work: Work, id: string, change: Pick<TaskRow, 'progress' | 'progressNote' | 'doneOn'>) =>
  work.tx.updateTable('task').set(change).where('id', '=', id).execute()

export const changeSpent = (work: Work, id: string, spentFen: number) =>
  work.tx.updateTable('budgetLine').set({ spentFen }).where('id', '=', id).execute()

export async function movePromise(
  work: Work,
  promise: { id: string; state: PromiseState },
  to: PromiseState,
  change: Partial<PromiseRow>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('promise')
      .set({ ...change, state: to, decidedAt: work.now })
      .where('id', '=', promise.id)
      .where('state', '=', promise.state)
      .executeTakeFirstOrThrow(),
  )
}

export async function listOpenPlans(db: ReadOnly, cycleId: string) {
  const rows = await db
    .selectFrom('plan')
    .select(['id', 'schoolId', 'state'])
    .where('cycleId', '=', cycleId)
    .where('state', '=', 'published')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, state: row.state as PlanState }))
}

export interface PublicPlan {
  plan: Plan
  /** The version in force: the one to be shown first. */
  currentId: string
  versions: { id: string; version: number; publishedAt: string | null }[]
  parts: Parts
  brandId: string | null
  brandName: string | null
  comments: PublicComments
}

const COMMENTS_SHOWN = 100

/** A version that was made public, with what belongs beside it; drafts do not exist for visitors. */
export async function readPublicPlan(db: ReadOnly, id: string): Promise<PublicPlan> {
  const plan = await findPlan(db, id)
  if (plan.publishedAt === null) throw notFound()
  const versions = (await listVersions(db, plan)).filter((one) => one.publishedAt !== null)
  const brand = await db
    .selectFrom('brand')
    .select(['id', 'name'])
    .where('schoolId', '=', plan.schoolId)
    .where('publishedAt', 'is not', null)
    .executeTakeFirst()
  return {
    plan,
    currentId: versions[0]?.id ?? id,
    versions,
    parts: await readParts(db, [id]),
    brandId: brand?.id ?? null,
    brandName: brand?.name ?? null,
    comments: await listPublicComments(db, plan, COMMENTS_SHOWN),
  }
}
