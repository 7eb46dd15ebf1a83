import { z } from 'zod'
import { againstReadingSchool, ownSchoolId, type Scope, schoolScope } from '#domain/base/actor.ts'
import { notApplied } from '#domain/application/applicationLife.ts'
import type { listSummaries, YearFacts } from '#contract/application/summary.ts'
import type { SummaryRow } from '#server/db/tables/application.ts'
import { counted, type Cycle, cycleOf } from '#server/year/cycle/queries.ts'
import { ledgerFacts } from '#server/ledger/figures/queries.ts'
import { findStandingPlan } from '#server/plan/plan/queries.ts'
import { demand, found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

export async function findSummary(look: Look, id: string): Promise<SummaryRow> {
  const row = found(await look.db.selectFrom('summary').selectAll().where('id', '=', id).executeTakeFirst())
  demand(againstReadingSchool(look.actor, row))
  return row
}

/** The school that the actor works at. */
export const findOwnSchool = async (look: Look) =>
  found(
    await look.db
      .selectFrom('school')
      .select(['id', 'bureauId'])
      .where('id', '=', ownSchoolId(look.actor) ?? '')
      .executeTakeFirst(),
  )

export const findOwnSummary = (look: Look, cycleId: string) =>
  look.db
    .selectFrom('summary')
    .select('id')
    .where('schoolId', '=', ownSchoolId(look.actor) ?? '')
    .where('cycleId', '=', cycleId)
    .executeTakeFirst()

/** The application of the year that was made with this summary, if the school has applied. */
export const findApplied = (db: ReadOnly, of: { schoolId: string; cycleId: string }) =>
  db
    .selectFrom('application')
    .select('id')
    .where('schoolId', '=', of.schoolId)
    .where('cycleId', '=', of.cycleId)
    .where('state', 'not in', [...notApplied])
    .executeTakeFirst()

export const readSummaryNames = async (db: ReadOnly, summary: { schoolId: string; cycleId: string }) =>
  found(
    await db
      .selectFrom('school')
      .innerJoin('cycle', 'cycle.bureauId', 'school.bureauId')
      .select(['school.name as schoolName', 'school.stage', 'cycle.title as cycleTitle'])
      .where('school.id', '=', summary.schoolId)
      .where('cycle.id', '=', summary.cycleId)
      .executeTakeFirst(),
  )

/** Gathers what the year's records say, so that the school writes only what no record says (B1 减负). */
export async function readYearFacts(db: ReadOnly, schoolId: string, cycleId: string): Promise<YearFacts> {
  const brand = await db.selectFrom('brand').select('name').where('schoolId', '=', schoolId).executeTakeFirst()
  const plan = await findStandingPlan(db, { schoolId, cycleId })
  const planId = plan?.id ?? ''
  const tasks = await db
    .selectFrom('task')
    .select(['content', 'pillar', 'ownerName', 'dueOn', 'progress', 'doneOn'])
    .where('planId', '=', planId)
    .where('removedAt', 'is', null)
    .orderBy('sortOrder')
    .execute()
  const promises = await db
    .selectFrom('promise')
    .select(['content', 'state', 'explanation'])
    .where('planId', '=', planId)
    .orderBy('sortOrder')
    .execute()
  const budget = await db
    .selectFrom('budgetLine')
    .select((eb) => [
      eb.fn.sum<number | null>('amountFen').as('plannedFen'),
      eb.fn.sum<number | null>('spentFen').as('spentFen'),
    ])
    .where('planId', '=', planId)
    .executeTakeFirst()
  return {
    brandName: brand?.name ?? '',
    tasks,
    promises,
    budget: { plannedFen: Number(budget?.plannedFen ?? 0), spentFen: Number(budget?.spentFen ?? 0) },
    ...(await readLedgerFacts(db, schoolId, cycleId)),
    ...(await readContactFacts(db, schoolId, cycleId)),
  }
}

async function readLedgerFacts(db: ReadOnly, schoolId: string, cycleId: string) {
  const { filed, pillarCounts, forms, participants } = await ledgerFacts(db, schoolId, cycleId)
  return {
    pillarCounts,
    entryCount: filed,
    formCount: forms.length,
    participants: {
      members: participants.memberCount,
      teachers: participants.teacherCount,
      pupils: participants.pupilCount,
      parents: participants.parentCount,
    },
  }
}

async function readContactFacts(db: ReadOnly, schoolId: string, cycleId: string) {
  const comments = await db
    .selectFrom('comment')
    .innerJoin('plan', 'plan.id', 'comment.planId')
    .select((eb) => ['comment.state', eb.fn.countAll<number>().as('count')])
    .where('comment.schoolId', '=', schoolId)
    .where('plan.cycleId', '=', cycleId)
    .groupBy('comment.state')
    .execute()
  const visits = await db
    .selectFrom('visit')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('schoolId', '=', schoolId)
    .where('cycleId', '=', cycleId)
    .executeTakeFirst()
  const rectifications = await db
    .selectFrom('rectification')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .where('schoolId', '=', schoolId)
    .where('cycleId', '=', cycleId)
    .where('state', '!=', 'withdrawn')
    .groupBy('state')
    .execute()
  const adopted = await db
    .selectFrom('article')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('schoolId', '=', schoolId)
    .where('cycleId', '=', cycleId)
    .where('state', 'in', ['adopted', 'published'])
    .executeTakeFirst()
  const count = (rows: { state: string; count: number }[], ...states: string[]) =>
    rows
      .filter((row) => states.length === 0 || states.includes(row.state))
      .reduce((sum, row) => sum + Number(row.count), 0)
  return {
    comments: { received: count(comments, 'received', 'answered'), answered: count(comments, 'answered') },
    visits: Number(visits?.count ?? 0),
    rectifications: { issued: count(rectifications), closed: count(rectifications, 'closed') },
    adoptedArticles: Number(adopted?.count ?? 0),
  }
}

const versionShape = z.object({
  achievements: z.string(),
  problems: z.string(),
  nextSteps: z.string(),
  signedAt: z.string(),
})

/** Every signed version that was returned since, as its seal keeps it. */
export async function listSummaryVersions(db: ReadOnly, id: string) {
  const rows = await db
    .selectFrom('seal')
    .select(['version', 'content', 'digest', 'liftedReason'])
    .where('kind', '=', 'summary')
    .where('subjectId', '=', id)
    .where('liftedAt', 'is not', null)
    .orderBy('version', 'desc')
    .execute()
  return rows.flatMap(({ version, content, digest, liftedReason }) => {
    const said = versionShape.safeParse(JSON.parse(content ?? 'null'))
    return said.success ? [{ version, ...said.data, returned: liftedReason, digest }] : []
  })
}

type ListQuery = z.infer<typeof listSummaries.query>

function schoolsWithSummary(look: Look, cycle: Cycle, scope: Scope) {
  const rows = look.db
    .selectFrom('school')
    .innerJoin('zone', 'zone.id', 'school.zoneId')
    .leftJoin('summary', (join) =>
      join.onRef('summary.schoolId', '=', 'school.id').on('summary.cycleId', '=', cycle.id),
    )
    .where(counted(cycle))
  return 'bureauId' in scope
    ? rows.where('school.bureauId', '=', scope.bureauId)
    : rows.where('school.id', 'in', scope.schoolIds)
}

/** The schools of a year by the state of their summary. */
export const countSummaries = (look: Look, cycle: Cycle) =>
  schoolsWithSummary(look, cycle, schoolScope(look.actor))
    .select((eb) => ['summary.state', eb.fn.countAll<number>().as('count')])
    .groupBy('summary.state')
    .execute()

export async function listSchoolSummaries(look: Look, query: ListQuery, scope: Scope = schoolScope(look.actor)) {
  const cycle = await cycleOf(look, query.year)
  if (!cycle) return { items: [], total: 0 }
  let rows = schoolsWithSummary(look, cycle, scope)
  if (query.q) rows = rows.where(contains(look.db, ['school.name', 'school.pinyin'], query.q))
  if (query.state === 'none') rows = rows.where('summary.id', 'is', null)
  else if (query.state) rows = rows.where('summary.state', '=', query.state)
  if (query.zoneId) rows = rows.where('school.zoneId', '=', query.zoneId)
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await rows
    .select([
      'school.id as schoolId',
      'school.name as schoolName',
      'school.stage',
      'zone.name as zoneName',
      'summary.id as summaryId',
      'summary.state',
      'summary.signedAt',
      'summary.acceptedAt',
    ])
    .orderBy('zone.sortOrder')
    .orderBy('school.sortKey')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return { items: items.map((one) => ({ ...one, state: one.state ?? ('none' as const) })), total: Number(total) }
}

/** Summaries of open years that wait for somebody: signed ones for these offices, drafts for these schools. */
export const listWaitingSummaries = (db: ReadOnly, { offices, own }: { offices: string[]; own: string[] }) =>
  db
    .selectFrom('summary')
    .innerJoin('school', 'school.id', 'summary.schoolId')
    .innerJoin('cycle', 'cycle.id', 'summary.cycleId')
    .selectAll('summary')
    .select(['school.name as schoolName', 'cycle.title as cycleTitle', 'cycle.applyUntil', 'cycle.graceUntil'])
    .where('cycle.state', '=', 'open')
    .where((eb) =>
      eb.or([
        ...(offices.length > 0
          ? [eb.and([eb('summary.bureauId', 'in', offices), eb('summary.state', '=', 'submitted')])]
          : []),
        ...(own.length > 0 ? [eb.and([eb('summary.schoolId', 'in', own), eb('summary.state', '=', 'draft')])] : []),
      ]),
    )
    .orderBy('summary.updatedAt')
    .limit(200)
    .execute()
