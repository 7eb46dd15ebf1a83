import type { ExpressionBuilder } from 'kysely'
import type { z } from 'zod'
import { ownSchoolId, schoolScope } from '#domain/base/actor.ts'
import type { CommentFacts } from '#domain/plan/comment.ts'
import type { commentQuery } from '#contract/plan/comment.ts'
import type { CommentRow } from '#server/db/tables/plan.ts'
import type { Tables } from '#server/db/tables.ts'
import { chosenCycle } from '#server/year/cycle/queries.ts'
import { found } from '#server/kernel/problem.ts'
import { chosenSort } from '#server/kernel/sorting.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

export type CommentFilter = z.infer<typeof commentQuery>
export type Comment = CommentRow & Pick<CommentFacts, 'closed'>

/** What is known of a comment's school when somebody wants to answer it: whether it is closed, and who goes on for it. */
const withStanding = (db: ReadOnly) =>
  db
    .selectFrom('comment')
    .innerJoin('school', 'school.id', 'comment.schoolId')
    .leftJoin('school as heir', (join) =>
      join.onRef('heir.id', '=', 'school.successorId').on('heir.retiredAt', 'is', null),
    )
    .selectAll('comment')
    .select(['school.name as schoolName', 'school.retiredAt', 'heir.id as successorId', 'heir.name as successorName'])

function standingOf<Row extends CommentRow & StandingColumns>({ retiredAt, successorId, successorName, ...row }: Row) {
  const closed = retiredAt === null ? {} : { closed: { successorId, successorName } }
  return { ...row, schoolName: row.schoolName, ...closed }
}

interface StandingColumns {
  schoolName: string
  retiredAt: string | null
  successorId: string | null
  successorName: string | null
}

export async function findComment(db: ReadOnly, id: string): Promise<Comment> {
  return standingOf(found(await withStanding(db).where('comment.id', '=', id).executeTakeFirst()))
}

/** The schools for which a school's people answer: their own while it is open, and those that were merged into it. */
export async function listAnsweredSchools(
  look: Look,
): Promise<{ id: string; name: string; retiredAt: string | null }[]> {
  const own = ownSchoolId(look.actor)
  if (!own) return []
  const rows = await look.db
    .selectFrom('school')
    .select(['id', 'name', 'retiredAt'])
    .where((eb) => eb.or([eb('id', '=', own), eb('successorId', '=', own)]))
    .execute()
  const open = rows.some((row) => row.id === own && row.retiredAt === null)
  return open ? rows.filter((row) => row.id === own || row.retiredAt !== null) : []
}

export const findByReceipt = async (db: ReadOnly, receiptHash: string): Promise<Comment | undefined> => {
  return db.selectFrom('comment').selectAll().where('receiptHash', '=', receiptHash).executeTakeFirst()
}

/**
 * Unanswered beyond its day, wherever it is counted: what waits for the bureau and what is junk never is; what the bureau hid when it
 * was overdue already still is, until the school has answered it.
 */
const isOverdue = (eb: ExpressionBuilder<Tables, 'comment'>, today: string) =>
  eb.and([
    eb('comment.answer', 'is', null),
    eb('comment.dueOn', '<', today),
    eb.or([
      eb('comment.state', '=', 'received'),
      eb.and([eb('comment.state', '=', 'hidden'), eb('comment.hiddenOn', '>', eb.ref('comment.dueOn'))]),
    ]),
  ])

/** Without `cycle` the comments of every year; `merged` are closed schools for which the person's school goes on. */
function inScope(
  look: Look,
  filter: CommentFilter,
  { cycle, merged }: { cycle: { id: string } | undefined; merged: readonly string[] },
) {
  const sight = schoolScope(look.actor)
  const scope = 'bureauId' in sight ? sight : { schoolIds: [...new Set([...sight.schoolIds, ...merged])] }
  let rows = withStanding(look.db)
  if ('bureauId' in scope) rows = rows.where('comment.bureauId', '=', scope.bureauId)
  else rows = rows.where('comment.schoolId', 'in', scope.schoolIds)
  if (cycle)
    rows = rows.where('comment.planId', 'in', (eb) =>
      eb.selectFrom('plan').select('plan.id').where('plan.cycleId', '=', cycle.id),
    )
  if (filter.state === 'overdue') rows = rows.where((eb) => isOverdue(eb, look.today))
  else if (filter.state === 'closed')
    rows = rows.where('comment.state', '=', 'received').where('school.retiredAt', 'is not', null)
  else if (filter.state) rows = rows.where('comment.state', '=', filter.state)
  if (filter.schoolId) rows = rows.where('comment.schoolId', '=', filter.schoolId)
  if (filter.q) rows = rows.where(contains(look.db, ['comment.content', 'school.name', 'school.pinyin'], filter.q))
  return rows
}

/** Comments whose answer the school is late with: the one answer for eligibility, the start page and the list. */
export const overdueComments = (db: ReadOnly, today: string) =>
  db.selectFrom('comment').where((eb) => isOverdue(eb, today))

const sorts = { receivedAt: 'comment.receivedAt', dueOn: 'comment.dueOn', school: 'school.sortKey' } as const

/** Comments in scope; without a chosen order, those that wait come first, the most pressing at the top. */
export async function listCommentRows(look: Look, filter: CommentFilter) {
  const { column, direction } = chosenSort(sorts, filter.sort)
  const cycle = await chosenCycle(look, filter.year)
  const merged = (await listAnsweredSchools(look)).map((one) => one.id)
  const chosen = inScope(look, filter, { cycle, merged })
  let rows = chosen
  rows = column
    ? rows.orderBy(column, direction)
    : rows
        .orderBy((eb) => eb.case().when('comment.state', 'in', ['judging', 'received']).then(0).else(1).end())
        .orderBy((eb) => eb.fn.coalesce('comment.dueOn', 'comment.receivedAt'))
  const items = await rows
    .orderBy('comment.id')
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size)
    .execute()
  const { total } = await chosen
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: items.map(standingOf), total: Number(total) }
}

export interface PublicComments {
  shown: Comment[]
  hidden: number
  total: number
  page: number
}

export const COMMENTS_ON_A_PAGE = 50

/** What the public sees of a school's year: comments with their answers, the newest first, and how many were hidden. */
export async function listPublicComments(
  db: ReadOnly,
  plan: { schoolId: string; cycleId: string },
  page: number,
): Promise<PublicComments> {
  const all = db
    .selectFrom('comment')
    .innerJoin('plan', 'plan.id', 'comment.planId')
    .where('plan.schoolId', '=', plan.schoolId)
    .where('plan.cycleId', '=', plan.cycleId)
  const shown = await all
    .selectAll('comment')
    .where('comment.state', 'in', ['received', 'answered'])
    .orderBy('comment.receivedAt', 'desc')
    .orderBy('comment.id', 'desc')
    .limit(COMMENTS_ON_A_PAGE)
    .offset((page - 1) * COMMENTS_ON_A_PAGE)
    .execute()
  const counts = await all
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('comment.state', 'in', ['received', 'answered']).as('total'),
      eb.fn.countAll<number>().filterWhere('comment.state', '=', 'hidden').as('hidden'),
    ])
    .executeTakeFirstOrThrow()
  return { shown, hidden: Number(counts.hidden), total: Number(counts.total), page }
}

export async function countComments(db: ReadOnly, plan: { schoolId: string; cycleId: string }, today: string) {
  const row = await db
    .selectFrom('comment')
    .innerJoin('plan', 'plan.id', 'comment.planId')
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('comment.state', '=', 'received').as('received'),
      eb.fn.countAll<number>().filterWhere('comment.state', '=', 'answered').as('answered'),
      eb.fn
        .countAll<number>()
        .filterWhere((one) => isOverdue(one as never, today))
        .as('overdue'),
    ])
    .where('plan.schoolId', '=', plan.schoolId)
    .where('plan.cycleId', '=', plan.cycleId)
    .executeTakeFirstOrThrow()
  return { received: Number(row.received), answered: Number(row.answered), overdue: Number(row.overdue) }
}

/** Whether the school has received the same words within this year's comments, spaces and signs left aside. */
export async function hasSameWords(db: ReadOnly, schoolId: string, contentHash: string): Promise<boolean> {
  const row = await db
    .selectFrom('comment')
    .select('id')
    .where('schoolId', '=', schoolId)
    .where('contentHash', '=', contentHash)
    .where('state', '!=', 'withdrawn')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Comments with the school whose day to answer could not be computed yet. */
export async function listUndated(db: ReadOnly): Promise<(Comment & { cycleId: string })[]> {
  const rows = await db
    .selectFrom('comment')
    .innerJoin('plan', 'plan.id', 'comment.planId')
    .selectAll('comment')
    .select('plan.cycleId')
    .where('comment.state', '=', 'received')
    .where('comment.dueOn', 'is', null)
    .execute()
  return rows.map((row) => ({ ...row, cycleId: row.cycleId }))
}

export const listAnswersBefore = (db: ReadOnly, ids: readonly string[]) =>
  db.selectFrom('commentAnswer').selectAll().where('commentId', 'in', ids).orderBy('replacedAt', 'desc').execute()

const MOST_TODOS = 50

/** Comments at these schools that wait for an answer, the most pressing first. */
export const listToAnswer = (db: ReadOnly, schoolIds: readonly string[]) =>
  db
    .selectFrom('comment')
    .select(['id', 'schoolId', 'content', 'dueOn'])
    .where('schoolId', 'in', schoolIds)
    .where('state', '=', 'received')
    .orderBy('dueOn')
    .limit(MOST_TODOS)
    .execute()

/** How many comments wait at closed schools that nobody goes on for, and the first day to answer one. */
export async function readOrphaned(look: Look) {
  const row = await withStanding(look.db)
    .clearSelect()
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min('comment.dueOn').as('first')])
    .where('school.bureauId', '=', look.actor.bureauId)
    .where('school.retiredAt', 'is not', null)
    .where('heir.id', 'is', null)
    .where('comment.state', '=', 'received')
    .executeTakeFirstOrThrow()
  return { ...row, count: Number(row.count) }
}

/** How many comments of a bureau wait to be judged, and since when the oldest does. */
export async function readJudging(db: ReadOnly, bureauId: string) {
  const row = await db
    .selectFrom('comment')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min('receivedAt').as('oldest')])
    .where('bureauId', '=', bureauId)
    .where('state', '=', 'judging')
    .executeTakeFirstOrThrow()
  return { ...row, count: Number(row.count) }
}

/** The year in which a comment was made. */
export async function findCycleOf(db: ReadOnly, { planId }: { planId: string }): Promise<string> {
  const plan = await db.selectFrom('plan').select('cycleId').where('id', '=', planId).executeTakeFirst()
  return found(plan).cycleId
}
