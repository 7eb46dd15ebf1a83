import { sql } from 'kysely'
import type { z } from 'zod'
import { schoolScope } from '#domain/actor.ts'
import { relationLabels } from '#domain/comment.ts'
import { commentLife, type CommentState } from '#domain/lifecycles/comment.ts'
import type { commentQuery } from '#contract/comment.ts'
import type { CommentRow } from '#server/db/tables/plan.ts'
import { chosenCycle } from '#server/features/cycle/store.ts'
import { changedOne, found } from '#server/kernel/problem.ts'
import { chosenSort } from '#server/kernel/sorting.ts'
import type { Look, ReadOnly, Work } from '#server/kernel/work.ts'

export type CommentFilter = z.infer<typeof commentQuery>
export type Comment = Omit<CommentRow, 'state'> & { state: CommentState }

const commentOf = (row: CommentRow): Comment => ({ ...row, state: row.state as CommentState })

export async function findComment(db: ReadOnly, id: string): Promise<Comment> {
  return commentOf(found(await db.selectFrom('comment').selectAll().where('id', '=', id).executeTakeFirst()))
}

export const relationOf = (comment: { relation: string }): string =>
  Object.entries(relationLabels).find(([relation]) => relation === comment.relation)?.[1] ?? '社会公众'

/** Without `cycle` the comments of every year. */
function inScope(look: Look, filter: CommentFilter, cycle: { id: string } | undefined) {
  const scope = schoolScope(look.actor)
  let rows = look.db.selectFrom('comment').innerJoin('school', 'school.id', 'comment.schoolId')
  if ('bureauId' in scope) rows = rows.where('comment.bureauId', '=', scope.bureauId)
  else rows = rows.where('comment.schoolId', 'in', scope.schoolIds.length > 0 ? scope.schoolIds : [''])
  if (cycle)
    rows = rows.where('comment.planId', 'in', (eb) =>
      eb.selectFrom('plan').select('plan.id').where('plan.cycleId', '=', cycle.id),
    )
  if (filter.state === 'overdue')
    rows = rows.where('comment.state', '=', 'received').where('comment.dueOn', '<', look.today)
  else if (filter.state) rows = rows.where('comment.state', '=', filter.state)
  if (filter.schoolId) rows = rows.where('comment.schoolId', '=', filter.schoolId)
  if (filter.q) {
    const like = `%${filter.q.replace(/[\\%_]/g, (char) => `\\${char}`)}%`
    rows = rows.where((eb) =>
      eb.or([
        sql<boolean>`${eb.ref('comment.content')} like ${like} escape '\\'`,
        sql<boolean>`${eb.ref('school.name')} like ${like} escape '\\'`,
      ]),
    )
  }
  return rows
}

/** Comments whose answer the school is late with: the one answer for eligibility, the start page and the list. */
export const overdueComments = (db: ReadOnly, today: string) =>
  db.selectFrom('comment').where('comment.state', '=', 'received').where('comment.dueOn', '<', today)

const sorts = { receivedAt: 'comment.receivedAt', dueOn: 'comment.dueOn', school: 'school.name' } as const

/** Comments in scope; without a chosen order, those that wait come first, the most pressing at the top. */
export async function listCommentRows(look: Look, filter: CommentFilter) {
  const { column, direction } = chosenSort(sorts, filter.sort)
  const cycle = await chosenCycle(look, filter.year)
  let rows = inScope(look, filter, cycle).selectAll('comment').select('school.name as schoolName')
  rows = column
    ? rows.orderBy(column, direction)
    : rows
        .orderBy((eb) => eb.case().when('comment.state', '=', 'received').then(0).else(1).end())
        .orderBy('comment.dueOn')
  const items = await rows
    .orderBy('comment.id')
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size)
    .execute()
  const { total } = await inScope(look, filter, cycle)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: items.map((row) => ({ ...commentOf(row), schoolName: row.schoolName })), total: Number(total) }
}

export const stateLabel = (comment: Comment): string => commentLife.states[comment.state]

export interface PublicComments {
  shown: Comment[]
  hidden: number
  total: number
}

/** What the public sees of a school's year: the newest comments with their answers, and how many were hidden. */
export async function listPublicComments(
  db: ReadOnly,
  plan: { schoolId: string; cycleId: string },
  limit: number,
): Promise<PublicComments> {
  const all = db
    .selectFrom('comment')
    .innerJoin('plan', 'plan.id', 'comment.planId')
    .where('plan.schoolId', '=', plan.schoolId)
    .where('plan.cycleId', '=', plan.cycleId)
  const shown = await all
    .selectAll('comment')
    .where('comment.state', '!=', 'hidden')
    .orderBy('comment.receivedAt', 'desc')
    .orderBy('comment.id', 'desc')
    .limit(limit)
    .execute()
  const counts = await all
    .select((eb) => [eb.fn.countAll<number>().as('total'), eb.fn.count<number>('comment.hiddenReason').as('hidden')])
    .executeTakeFirstOrThrow()
  const hidden = Number(counts.hidden)
  return { shown: shown.map(commentOf), hidden, total: Number(counts.total) - hidden }
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
        .filterWhere('comment.state', '=', 'received')
        .filterWhere('comment.dueOn', '<', today)
        .as('overdue'),
    ])
    .where('plan.schoolId', '=', plan.schoolId)
    .where('plan.cycleId', '=', plan.cycleId)
    .executeTakeFirstOrThrow()
  return { received: Number(row.received), answered: Number(row.answered), overdue: Number(row.overdue) }
}

/** Comments that wait for an answer of the person's own school. */
export async function listCommentTodos(look: Look) {
  const own = look.actor.grants
    .filter((one) => one.role === 'secretary' || one.role === 'clerk')
    .map((one) => one.organizationId)
  if (own.length === 0) return []
  const rows = await look.db
    .selectFrom('comment')
    .select(['id', 'content', 'dueOn'])
    .where('schoolId', 'in', own)
    .where('state', '=', 'received')
    .orderBy('dueOn')
    .limit(50)
    .execute()
  return rows.map(({ id, content, dueOn }) => ({
    id: `comment:${id}`,
    kind: 'commentToAnswer',
    title: '意见建议待答复',
    detail: [...content].length > 40 ? `${[...content].slice(0, 40).join('')}…` : content,
    dueDate: dueOn,
    href: '/console/comments?state=received',
  }))
}

export interface RecentComments {
  lastHour: number
  same: boolean
}

export async function readRecent(
  db: ReadOnly,
  schoolId: string,
  { content, since }: { content: string; since: string },
): Promise<RecentComments> {
  const row = await db
    .selectFrom('comment')
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('receivedAt', '>', since).as('lastHour'),
      eb.fn.countAll<number>().filterWhere('content', '=', content).as('same'),
    ])
    .where('schoolId', '=', schoolId)
    .executeTakeFirstOrThrow()
  return { lastHour: Number(row.lastHour), same: Number(row.same) > 0 }
}

export const addComment = (work: Work, row: CommentRow) => work.tx.insertInto('comment').values(row).execute()

export async function moveComment(
  work: Work,
  comment: Comment,
  to: CommentState,
  change: Partial<CommentRow>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('comment')
      .set({ ...change, state: to })
      .where('id', '=', comment.id)
      .where('state', '=', comment.state)
      .executeTakeFirstOrThrow(),
  )
}
