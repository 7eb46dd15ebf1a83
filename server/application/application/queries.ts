import { z } from 'zod'
import { againstReadingSchool, type Scope, schoolScope } from '#domain/base/actor.ts'
import { type EligibilityItem, eligibilityOf } from '#domain/application/eligibility.ts'
import { breachInWords } from '#domain/application/precondition.ts'
import { missingOfBrand } from '#domain/plan/completeness.ts'
import { type ApplicationState, notSent } from '#domain/application/applicationLife.ts'
import type { listApplications } from '#contract/application/application.ts'
import type { ApplicationRow } from '#server/db/tables/application.ts'
import { countArgumentations } from '#server/brand/argumentation/queries.ts'
import { overdueComments } from '#server/plan/comment/queries.ts'
import { cycleOf, readCycle } from '#server/year/cycle/queries.ts'
import { filedEntries, ledgerFacts } from '#server/ledger/figures/queries.ts'
import { findStandingPlan } from '#server/plan/plan/queries.ts'
import { overdueOrders } from '#server/supervision/rectification/queries.ts'
import { listOpenBreaches } from '#server/application/precondition/queries.ts'
import { notBarred } from '#server/identity/recusal/queries.ts'
import { demand, found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

export type ApplicationOf = Omit<ApplicationRow, 'entryIds'> & { entryIds: string[] }

const entryIdsShape = z.array(z.string())

export async function findApplication(look: Look, id: string): Promise<ApplicationOf> {
  const row = found(await look.db.selectFrom('application').selectAll().where('id', '=', id).executeTakeFirst())
  demand(againstReadingSchool(look.actor, row))
  return { ...row, entryIds: entryIdsShape.parse(JSON.parse(row.entryIds)) }
}

/** What rule 4 asks, gathered from the records of the year and answered point by point. */
export async function readEligibility(
  look: Pick<Look, 'db' | 'today'>,
  schoolId: string,
  cycleId: string,
): Promise<EligibilityItem[]> {
  const { db, today } = look
  const brand = await db.selectFrom('brand').selectAll().where('schoolId', '=', schoolId).executeTakeFirst()
  const plan = await findStandingPlan(db, { schoolId, cycleId })
  const summary = await db
    .selectFrom('summary')
    .select('state')
    .where('schoolId', '=', schoolId)
    .where('cycleId', '=', cycleId)
    .executeTakeFirst()
  const late = await overdueOrders(db, today)
    .where('rectification.schoolId', '=', schoolId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const unanswered = await overdueComments(db, today)
    .where('comment.schoolId', '=', schoolId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return eligibilityOf({
    brandMissing: missingOfBrand(
      brand ? { ...brand, argumentationCount: await countArgumentations(db, schoolId) } : undefined,
    ),
    planState: plan?.state ?? null,
    planId: plan?.id ?? null,
    pillarCounts: (await ledgerFacts(db, schoolId, cycleId)).pillarCounts,
    summaryState: summary?.state ?? null,
    overdueRectifications: Number(late.count),
    overdueComments: Number(unanswered.count),
    breachedPreconditions: (await listOpenBreaches(db, [schoolId], cycleId)).map(breachInWords),
  })
}

const chosenColumns = ['entry.id', 'entry.title', 'entry.happenedOn', 'entry.pillar'] as const

/** Filed entries of the year with the number of their evidence files, newest first. */
export async function listFiledEntries(
  db: ReadOnly,
  where: { schoolId: string; cycleId: string; ids?: readonly string[] },
) {
  let rows = filedEntries(db)
    .leftJoin('evidence', (join) =>
      join.onRef('evidence.subjectId', '=', 'entry.id').on('evidence.subjectType', '=', 'entry'),
    )
    .select((eb) => [...chosenColumns, eb.fn.count<number>('evidence.id').as('evidenceCount')])
    .where('entry.schoolId', '=', where.schoolId)
    .where('entry.cycleId', '=', where.cycleId)
  if (where.ids) rows = rows.where('entry.id', 'in', where.ids)
  const found = await rows.groupBy(chosenColumns).orderBy('entry.happenedOn', 'desc').limit(500).execute()
  return found.map((one) => ({ ...one, evidenceCount: Number(one.evidenceCount) }))
}

/** What the rule for submitting looks at; the action and the grey button ask the same. */
export async function readSubmitting(look: Look, application: ApplicationOf) {
  const cycle = await readCycle(look.db, application.cycleId)
  const entries = await listFiledEntries(look.db, { ...application, ids: application.entryIds })
  return {
    window: { ...cycle, completeUntil: application.completeUntil },
    today: look.today,
    eligibility: await readEligibility(look, application.schoolId, application.cycleId),
    missingEntries: application.entryIds.length - entries.length,
    entries,
  }
}

type ListQuery = z.infer<typeof listApplications.query>

export async function listSchoolApplications(look: Look, query: ListQuery, scope: Scope = schoolScope(look.actor)) {
  const cycle = await cycleOf(look, query.year)
  if (!cycle) return { items: [], total: 0 }
  let rows = look.db
    .selectFrom('application')
    .innerJoin('school', 'school.id', 'application.schoolId')
    .innerJoin('zone', 'zone.id', 'school.zoneId')
    .leftJoin('brand', 'brand.schoolId', 'application.schoolId')
    .where('application.cycleId', '=', cycle.id)
  rows =
    'bureauId' in scope
      ? rows
          .where('application.bureauId', '=', scope.bureauId)
          .where(notBarred(look, 'application.cycleId', 'application.schoolId'))
      : rows.where('application.schoolId', 'in', scope.schoolIds)
  if (query.q) rows = rows.where(contains(look.db, ['school.name', 'school.pinyin'], query.q))
  if (query.state === 'sent') rows = rows.where('application.state', 'not in', [...notSent])
  else if (query.state) rows = rows.where('application.state', '=', query.state)
  if (query.stage) rows = rows.where('school.stage', '=', query.stage)
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await rows
    .select([
      'application.id',
      'application.schoolId',
      'school.name as schoolName',
      'school.stage',
      'zone.name as zoneName',
      'brand.name as brandName',
      'application.state',
      'application.receiptNumber',
      'application.submittedAt',
    ])
    .orderBy('application.submittedAt', (order) => order.desc().nullsLast())
    .orderBy('school.sortKey')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return { items: items.map((one) => ({ ...one, brandName: one.brandName ?? '' })), total: Number(total) }
}

export const readSchoolName = async (db: ReadOnly, schoolId: string): Promise<string> =>
  found(await db.selectFrom('school').select('name').where('id', '=', schoolId).executeTakeFirst()).name

/** The application of one school and year, if there is one. */
export const findApplicationOf = (db: ReadOnly, of: { schoolId: string; cycleId: string }) =>
  db
    .selectFrom('application')
    .select(['id', 'state', 'reason', 'completeUntil'])
    .where('schoolId', '=', of.schoolId)
    .where('cycleId', '=', of.cycleId)
    .executeTakeFirst()

export const listIn = (db: ReadOnly, cycleId: string, state: ApplicationState) =>
  db
    .selectFrom('application')
    .select(['id', 'schoolId', 'state'])
    .where('cycleId', '=', cycleId)
    .where('state', '=', state)
    .execute()

/** Submitted applications that wait for these offices, the first two hundred, without schools that the reader has recused from. */
export const listToAdmit = (look: Look, offices: readonly string[]) =>
  look.db
    .selectFrom('application')
    .innerJoin('school', 'school.id', 'application.schoolId')
    .select(['application.id', 'school.name', 'application.receiptNumber'])
    .where('application.bureauId', 'in', offices)
    .where('application.state', '=', 'submitted')
    .where(notBarred(look, 'application.cycleId', 'application.schoolId'))
    .orderBy('application.submittedAt')
    .limit(200)
    .execute()
