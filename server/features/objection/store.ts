import type { z } from 'zod'
import { isOffice } from '#domain/actor.ts'
import { againstMovingObjection } from '#domain/award.ts'
import { movesOf } from '#domain/lifecycle.ts'
import { objectionLife, type ObjectionState } from '#domain/lifecycles/objection.ts'
import type { listObjections } from '#contract/award.ts'
import { chosenCycle } from '#server/features/cycle/store.ts'
import { found, notFound } from '#server/kernel/problem.ts'
import type { Look } from '#server/kernel/work.ts'

export async function findObjection(look: Look, id: string) {
  const row = found(
    await look.db
      .selectFrom('objection')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', look.actor.bureauId ?? '')
      .executeTakeFirst(),
  )
  // Whoever is neither the office nor its handler does not learn that there is an objection.
  if (!isOffice(look.actor, row.bureauId) && row.handlerId !== look.actor.personId) throw notFound()
  return { ...row, state: row.state as ObjectionState }
}

export async function listObjectionRows(look: Look, query: z.infer<typeof listObjections.query>) {
  const bureauId = look.actor.bureauId ?? ''
  let rows = look.db
    .selectFrom('objection')
    .innerJoin('notice', 'notice.id', 'objection.noticeId')
    .leftJoin('school', 'school.id', 'objection.schoolId')
    .leftJoin('person', 'person.id', 'objection.handlerId')
    .where('objection.bureauId', '=', bureauId)
  if (!isOffice(look.actor, bureauId)) rows = rows.where('objection.handlerId', '=', look.actor.personId ?? '')
  const cycle = await chosenCycle(look, query.year)
  if (cycle) rows = rows.where('objection.cycleId', '=', cycle.id)
  if (query.state) rows = rows.where('objection.state', '=', query.state)
  if (query.q) rows = rows.where('objection.content', 'like', `%${query.q.replace(/[\\%_]/g, '')}%`)
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await rows
    .selectAll('objection')
    .select(['notice.title as noticeTitle', 'school.name as schoolName', 'person.name as handlerName'])
    .orderBy('objection.receivedAt', 'desc')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return {
    total: Number(total),
    items: items.map((row) => ({
      id: row.id,
      noticeTitle: row.noticeTitle,
      schoolName: row.schoolName,
      name: row.name,
      phone: row.phone,
      content: row.content,
      state: row.state,
      receivedAt: row.receivedAt,
      handlerName: row.handlerName,
      admission: row.admission,
      decision: row.decision,
      reply: row.reply,
      moves: movesOf(objectionLife, row.state as ObjectionState, (action) =>
        againstMovingObjection(
          look.actor,
          { bureauId, state: row.state as ObjectionState, handlerId: row.handlerId },
          action,
        ),
      ),
    })),
  }
}

/** Bureau people who may check an objection; the conflict with a school is checked when one is assigned. */
export function listBureauPeople(look: Look) {
  return look.db
    .selectFrom('person')
    .innerJoin('roleGrant', 'roleGrant.personId', 'person.id')
    .select(['person.id as personId', 'person.name'])
    .where('person.bureauId', '=', look.actor.bureauId ?? '')
    .where('roleGrant.role', 'in', ['office', 'leader', 'department'])
    .where('roleGrant.endedAt', 'is', null)
    .groupBy(['person.id', 'person.name'])
    .orderBy('person.name')
    .execute()
}
