import { z } from 'zod'
import { type Diagnosis, diagnosisAreas, type PlanContent } from '#domain/plan/completeness.ts'
import { isInForce, type PlanFacts } from '#domain/plan/plan.ts'
import type { AuditEvent } from '#domain/records/auditEvents.ts'
import type { PlanState } from '#domain/plan/planLife.ts'
import type { PlanRow } from '#server/db/tables/plan.ts'
import { listPublicComments, type PublicComments } from '#server/plan/comment/queries.ts'
import { readCycle } from '#server/year/cycle/queries.ts'
import { listOutcomesBefore, type Parts, readParts } from '#server/plan/part/queries.ts'
import { found, notFound } from '#server/kernel/problem.ts'
import type { ReadOnly } from '#server/kernel/work.ts'

const words = z.strictObject({ highlights: z.string(), weakPoints: z.string() })
const diagnosisText = z.strictObject({
  membership: words,
  education: words,
  democracy: words,
  institutions: words,
} satisfies Record<keyof typeof diagnosisAreas, typeof words>)

const diagnosisOf = (plan: { diagnosis: string }): Diagnosis => diagnosisText.parse(JSON.parse(plan.diagnosis))

export interface Plan extends PlanRow, PlanFacts {
  schoolName: string
  schoolStage: string
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
      'school.stage as schoolStage',
      'cycle.title as cycleTitle',
      'cycle.year as cycleYear',
      'cycle.state as cycleState',
      'cycle.planUntil',
      'person.name as signedByName',
    ])
}

export async function findPlan(db: ReadOnly, id: string): Promise<Plan> {
  return found(await plans(db).where('plan.id', '=', id).executeTakeFirst())
}

/** Every version of a school's plan in one year, newest first. */
export async function listVersions(db: ReadOnly, plan: { schoolId: string; cycleId: string }) {
  return db
    .selectFrom('plan')
    .select(['id', 'version', 'state', 'publishedAt'])
    .where('schoolId', '=', plan.schoolId)
    .where('cycleId', '=', plan.cycleId)
    .orderBy('version', 'desc')
    .execute()
}

/** The version that stands for a school's year: the newest public one; before there is one, the newest at all. */
export async function findStandingPlan(
  db: ReadOnly,
  of: { schoolId: string; cycleId: string },
): Promise<{ id: string; state: PlanState } | undefined> {
  const versions = await listVersions(db, of)
  return versions.find((one) => one.publishedAt !== null) ?? versions[0]
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
  return row
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

const traceShape = z.object({ reason: z.string().optional() })
const roundEvents = [
  'plan.sign',
  'plan.return',
  'plan.accept',
  'plan.amended',
  'plan.publish',
] as const satisfies AuditEvent[]

/** How a version went between school and bureau: every signing and every return with its reason, as the audit log has it. */
export async function listPlanSteps(db: ReadOnly, id: string) {
  const rows = await db
    .selectFrom('auditRow')
    .select(['seq', 'at', 'event', 'actorName', 'detail'])
    .where('subjectType', '=', 'plan')
    .where('subjectId', '=', id)
    .where('event', 'in', roundEvents)
    .orderBy('seq')
    .execute()
  return rows.map(({ detail, ...row }) => ({ ...row, reason: traceShape.parse(JSON.parse(detail)).reason ?? '' }))
}

export async function listOpenPlans(db: ReadOnly, cycleId: string) {
  return db
    .selectFrom('plan')
    .select(['id', 'schoolId', 'state'])
    .where('cycleId', '=', cycleId)
    .where('state', '=', 'published')
    .orderBy('id')
    .execute()
}

/** Of each school the last version that was public, where it is closed. */
export async function listLastPublished(db: ReadOnly, cycleId: string) {
  const rows = await db
    .selectFrom('plan')
    .select(['id', 'schoolId', 'state', 'version'])
    .where('cycleId', '=', cycleId)
    .where('publishedAt', 'is not', null)
    .orderBy('version', 'desc')
    .execute()
  const last = new Map<string, (typeof rows)[number]>()
  for (const row of rows) if (!last.has(row.schoolId)) last.set(row.schoolId, row)
  return [...last.values()]
    .filter((row) => row.state === 'closed')
    .map((row) => ({ id: row.id, schoolId: row.schoolId, state: 'closed' as const }))
}

export interface PublicPlan {
  plan: Plan
  /** The version in force: the one to be shown first. */
  currentId: string
  versions: { id: string; version: number; publishedAt: string | null }[]
  parts: Parts
  /** What was said of its promises and taken back since. */
  outcomesBefore: Awaited<ReturnType<typeof listOutcomesBefore>>
  brandId: string | null
  brandName: string | null
  comments: PublicComments
}

export interface PublicPlanHead {
  id: string
  currentId: string
  schoolName: string
  schoolStage: string
  cycleTitle: string
  /** Whether this version takes comments. */
  open: boolean
  firstJudged: boolean
  commentDays: number
}

/** What the pages for a visitor's words need of a plan that was made public. */
export async function readPublicPlanHead(db: ReadOnly, id: string): Promise<PublicPlanHead> {
  const plan = await findPlan(db, id)
  if (plan.publishedAt === null) throw notFound()
  const current = (await listVersions(db, plan)).find((one) => one.publishedAt !== null)?.id ?? id
  const { settings } = await readCycle(db, plan.cycleId)
  return {
    id,
    currentId: current,
    schoolName: plan.schoolName,
    schoolStage: plan.schoolStage,
    cycleTitle: plan.cycleTitle,
    open: current === id && isInForce(plan),
    firstJudged: settings.commentsFirstJudged,
    commentDays: settings.commentDays,
  }
}

/** A version that was made public, with what belongs beside it; drafts do not exist for visitors. */
export async function readPublicPlan(db: ReadOnly, id: string, commentsPage = 1): Promise<PublicPlan> {
  const plan = await findPlan(db, id)
  if (plan.publishedAt === null) throw notFound()
  const versions = (await listVersions(db, plan)).filter((one) => one.publishedAt !== null)
  const brand = await db
    .selectFrom('brand')
    .select(['id', 'name'])
    .where('schoolId', '=', plan.schoolId)
    .where('publishedAt', 'is not', null)
    .executeTakeFirst()
  const parts = await readParts(db, [id])
  return {
    plan,
    currentId: versions[0]?.id ?? id,
    versions,
    parts,
    outcomesBefore: await listOutcomesBefore(db, parts.promises),
    brandId: brand?.id ?? null,
    brandName: brand?.name ?? null,
    comments: await listPublicComments(db, plan, commentsPage),
  }
}
