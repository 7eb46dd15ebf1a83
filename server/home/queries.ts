import { type RawBuilder, sql } from 'kysely'
import type { Scope } from '#domain/base/actor.ts'
import { openStates } from '#domain/supervision/rectification.ts'
import { overdueComments } from '#server/plan/comment/queries.ts'
import { overdueOrders } from '#server/supervision/rectification/queries.ts'
import type { ReadOnly } from '#server/kernel/work.ts'

/** Rows of a table that belong to the schools in scope. */
function within(scope: Scope, table: string): RawBuilder<boolean> {
  if ('bureauId' in scope) return sql<boolean>`${sql.ref(`${table}.bureauId`)} = ${scope.bureauId}`
  if (scope.schoolIds.length === 0) return sql<boolean>`1 = 0`
  const school = sql.ref(table === 'school' ? 'school.id' : `${table}.schoolId`)
  return sql<boolean>`${school} in (${sql.join(scope.schoolIds)})`
}

/** Schools in service, how many of them have a brand, and how many a published one. */
export async function countSchools(db: ReadOnly, scope: Scope) {
  const row = await db
    .selectFrom('school')
    .leftJoin('brand', 'brand.schoolId', 'school.id')
    .select((eb) => [
      eb.fn.countAll<number>().as('schools'),
      eb.fn.count<number>('brand.id').as('made'),
      eb.fn.count<number>('brand.publishedAt').as('published'),
    ])
    .where('school.retiredAt', 'is', null)
    .where(within(scope, 'school'))
    .executeTakeFirstOrThrow()
  return { schools: Number(row.schools), made: Number(row.made), published: Number(row.published) }
}

/** Applications of a year by their state. */
export const countApplications = (db: ReadOnly, scope: Scope, cycleId: string) =>
  db
    .selectFrom('application')
    .select((eb) => ['application.state', eb.fn.countAll<number>().as('count')])
    .where('application.cycleId', '=', cycleId)
    .where(within(scope, 'application'))
    .groupBy('application.state')
    .execute()

/** Orders that wait for a school, that wait for the bureau, and that are late. */
export async function countOrders(db: ReadOnly, scope: Scope, today: string) {
  const orders = await db
    .selectFrom('rectification')
    .select((eb) => [
      eb.fn
        .countAll<number>()
        .filterWhere('state', 'in', [...openStates])
        .as('open'),
      eb.fn.countAll<number>().filterWhere('state', '=', 'reported').as('waiting'),
    ])
    .where(within(scope, 'rectification'))
    .executeTakeFirstOrThrow()
  const late = await overdueOrders(db, today)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(within(scope, 'rectification'))
    .executeTakeFirstOrThrow()
  return { open: Number(orders.open), waiting: Number(orders.waiting), late: Number(late.count) }
}

/** Comments that wait for an answer, and those whose time is over. */
export async function countComments(db: ReadOnly, scope: Scope, today: string) {
  const comments = await db
    .selectFrom('comment')
    .select((eb) => eb.fn.countAll<number>().as('open'))
    .where('state', '=', 'received')
    .where(within(scope, 'comment'))
    .executeTakeFirstOrThrow()
  const late = await overdueComments(db, today)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(within(scope, 'comment'))
    .executeTakeFirstOrThrow()
  return { open: Number(comments.open), late: Number(late.count) }
}
