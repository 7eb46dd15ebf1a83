import { z } from 'zod'
import type { Scope } from '#domain/base/actor.ts'
import { againstOverseeing } from '#domain/supervision/overseeing.ts'
import { choiceShape, type listInspections } from '#contract/supervision/inspection.ts'
import { chosenCycle } from '#server/year/cycle/queries.ts'
import { contains } from '#server/kernel/contains.ts'
import { demand, found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

const lines = z.array(z.string())

/** One round of checks; another bureau's looks like none. */
export async function findInspection(look: Look, id: string) {
  const row = found(await look.db.selectFrom('inspection').selectAll().where('id', '=', id).executeTakeFirst())
  found(row.bureauId === look.actor.bureauId ? row : undefined)
  const { count } = await look.db
    .selectFrom('inspectionSchool')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('inspectionId', '=', id)
    .executeTakeFirstOrThrow()
  return {
    ...row,
    checklist: lines.parse(JSON.parse(row.checklist)),
    choice: choiceShape.parse(JSON.parse(row.choice)),
    schoolCount: Number(count),
  }
}

/** A school as a part of a round, for somebody who may inspect it. */
export async function findInspectedSchool(look: Look, at: { id: string; schoolId: string }) {
  const inspection = await findInspection(look, at.id)
  demand(againstOverseeing(look.actor, { schoolId: at.schoolId, bureauId: inspection.bureauId }))
  const row = found(
    await look.db
      .selectFrom('inspectionSchool')
      .selectAll()
      .where('inspectionId', '=', at.id)
      .where('schoolId', '=', at.schoolId)
      .executeTakeFirst(),
  )
  return { inspection, inspected: { ...row, answers: lines.parse(JSON.parse(row.answers)) } }
}

/** The ids of the schools that a draw is made from, in an order that anybody finds again. */
export async function listCandidates(
  db: ReadOnly,
  asked: { bureauId: string; stage: string; zoneId: string },
): Promise<string[]> {
  let rows = db.selectFrom('school').select('id').where('bureauId', '=', asked.bureauId).where('retiredAt', 'is', null)
  if (asked.stage) rows = rows.where('stage', '=', asked.stage)
  if (asked.zoneId) rows = rows.where('zoneId', '=', asked.zoneId)
  return (await rows.orderBy('id').execute()).map((one) => one.id)
}

/** Which of these are schools of the bureau. */
export async function listKnownSchools(db: ReadOnly, bureauId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('school')
    .select('id')
    .where('bureauId', '=', bureauId)
    .where('id', 'in', ids)
    .execute()
  return rows.map((one) => one.id)
}

export async function listRounds(look: Look, query: z.infer<typeof listInspections.query>) {
  const cycle = await chosenCycle(look, query.year)
  let rows = look.db.selectFrom('inspection').where('bureauId', '=', look.actor.bureauId)
  if (cycle) rows = rows.where('cycleId', '=', cycle.id)
  if (query.q) rows = rows.where(contains(look.db, ['inspection.title'], query.q))
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await rows
    .select((eb) => [
      'id',
      'title',
      'startsOn',
      'endsOn',
      'state',
      eb
        .selectFrom('inspectionSchool')
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .whereRef('inspectionSchool.inspectionId', '=', 'inspection.id')
        .as('schoolCount'),
      eb
        .selectFrom('inspectionSchool')
        .select((inner) => inner.fn.count<number>('inspectedOn').as('n'))
        .whereRef('inspectionSchool.inspectionId', '=', 'inspection.id')
        .as('inspectedCount'),
    ])
    .orderBy('startsOn', 'desc')
    .orderBy('id', 'desc')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return {
    items: items.map((row) => ({
      ...row,
      schoolCount: Number(row.schoolCount),
      inspectedCount: Number(row.inspectedCount),
    })),
    total: Number(total),
  }
}

/** The schools of a round that the scope reaches, with what was noted down there. */
export async function listInspectedSchools(look: Look, inspectionId: string, scope: Scope) {
  let rows = look.db
    .selectFrom('inspectionSchool')
    .innerJoin('school', 'school.id', 'inspectionSchool.schoolId')
    .leftJoin('person', 'person.id', 'inspectionSchool.inspectorId')
    .select([
      'inspectionSchool.schoolId',
      'school.name as schoolName',
      'person.name as inspectorName',
      'inspectionSchool.inspectedOn',
      'inspectionSchool.answers',
      'inspectionSchool.remark',
    ])
    .where('inspectionSchool.inspectionId', '=', inspectionId)
  if ('schoolIds' in scope) rows = rows.where('inspectionSchool.schoolId', 'in', scope.schoolIds)
  const schools = await rows.orderBy('school.sortKey').execute()
  return schools.map((one) => ({ ...one, answers: lines.parse(JSON.parse(one.answers)) }))
}
