import type { z } from 'zod'
import { againstReadingSchool, roleLabels, schoolScope, type Scope } from '#domain/base/actor.ts'
import { mayReviseVisit, type Visitor } from '#domain/supervision/visit.ts'
import type { listVisits } from '#contract/supervision/visit.ts'
import type { VisitRow } from '#server/db/tables/supervision.ts'
import { chosenCycle, cycleOf } from '#server/year/cycle/queries.ts'
import { demand, found } from '#server/kernel/problem.ts'
import { byName } from '#server/kernel/names.ts'
import type { Look } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

export async function findVisit(look: Look, id: string): Promise<VisitRow> {
  const row = found(await look.db.selectFrom('visit').selectAll().where('id', '=', id).executeTakeFirst())
  demand(againstReadingSchool(look.actor, row))
  return row
}

const shown = [
  'visit.id',
  'visit.schoolId',
  'school.name as schoolName',
  'person.name as personName',
  'writer.name as recordedByName',
  'visit.kind',
  'visit.visitedOn',
  'visit.saw',
  'visit.advised',
  'visit.followUp',
] as const

const joined = (look: Look) =>
  look.db
    .selectFrom('visit')
    .innerJoin('school', 'school.id', 'visit.schoolId')
    .innerJoin('person', 'person.id', 'visit.personId')
    .leftJoin('person as writer', 'writer.id', 'visit.recordedBy')

export async function listVisitsOf(
  look: Look,
  query: z.infer<typeof listVisits.query>,
  scope: Scope = schoolScope(look.actor),
) {
  let rows = joined(look)
  rows =
    'bureauId' in scope
      ? rows.where('visit.bureauId', '=', scope.bureauId)
      : rows.where('visit.schoolId', 'in', scope.schoolIds)
  const cycle = await chosenCycle(look, query.year)
  if (cycle) rows = rows.where('visit.cycleId', '=', cycle.id)
  if (query.schoolId) rows = rows.where('visit.schoolId', '=', query.schoolId)
  if (query.q)
    rows = rows.where(
      contains(look.db, ['school.name', 'school.pinyin', 'visit.saw', 'visit.advised', 'visit.followUp'], query.q),
    )
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await rows
    .select(shown)
    .orderBy('visit.visitedOn', 'desc')
    .orderBy('visit.id', 'desc')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return { items, total: Number(total) }
}

export async function readVisitDetail(look: Look, id: string) {
  const visit = await findVisit(look, id)
  const row = await joined(look).select(shown).where('visit.id', '=', id).executeTakeFirstOrThrow()
  const photos = await look.db
    .selectFrom('evidence')
    .innerJoin('file', 'file.id', 'evidence.fileId')
    .select(['evidence.fileId', 'file.name', 'file.kind'])
    .where('evidence.subjectType', '=', 'visit')
    .where('evidence.subjectId', '=', id)
    .orderBy('evidence.sortOrder')
    .execute()
  return {
    ...row,
    photos,
    updatedAt: visit.updatedAt,
    personId: visit.personId,
    mayWrite: mayReviseVisit(look.actor, visit),
  }
}

/** Who of the bureau may have visited a school: everybody who can sign in as leader, for a department or for the office. */
export async function listVisitors(look: Look): Promise<(Visitor & { post: string })[]> {
  const rows = await look.db
    .selectFrom('roleGrant')
    .innerJoin('person', 'person.id', 'roleGrant.personId')
    .innerJoin('account', 'account.personId', 'person.id')
    .leftJoin('department', 'department.id', 'roleGrant.departmentId')
    .select(['person.id as personId', 'person.name', 'roleGrant.role', 'department.name as departmentName'])
    .where('roleGrant.organizationId', '=', look.actor.bureauId)
    .where('roleGrant.role', 'in', ['leader', 'department', 'office'])
    .where('roleGrant.endedAt', 'is', null)
    .where('account.state', '=', 'active')
    .orderBy('person.id')
    .execute()
  const visitors = new Map<string, Visitor & { post: string }>()
  for (const { personId, name, role, departmentName } of rows) {
    const post = departmentName ?? (role === 'leader' ? roleLabels.leader : roleLabels.office)
    const before = visitors.get(personId)
    visitors.set(personId, { personId, name, post: before ? `${before.post}、${post}` : post })
  }
  return [...visitors.values()].toSorted(byName)
}

/** Schools visited of schools assigned, per leader (by zone) and department (by school); a visit by whomever counts for its visitor. */
export async function readCoverageOf(look: Look, year?: number) {
  const bureauId = look.actor.bureauId
  const cycle = await cycleOf(look, year)
  const contacts = await look.db
    .selectFrom('contact')
    .leftJoin('person', 'person.id', 'contact.personId')
    .leftJoin('department', 'department.id', 'contact.departmentId')
    .innerJoin('school', (join) =>
      join.on((eb) =>
        eb.or([eb('school.id', '=', eb.ref('contact.schoolId')), eb('school.zoneId', '=', eb.ref('contact.zoneId'))]),
      ),
    )
    .select([
      'contact.personId',
      'contact.departmentId',
      'person.name',
      'department.name as departmentName',
      'school.id as schoolId',
    ])
    .where('contact.bureauId', '=', bureauId)
    .where('contact.endedAt', 'is', null)
    .where('school.retiredAt', 'is', null)
    .execute()
  const visits = await look.db
    .selectFrom('visit')
    .leftJoin('roleGrant', (join) =>
      join
        .onRef('roleGrant.personId', '=', 'visit.personId')
        .on('roleGrant.role', '=', 'department')
        .on('roleGrant.endedAt', 'is', null),
    )
    .select(['visit.personId', 'visit.schoolId', 'roleGrant.departmentId'])
    .where('visit.bureauId', '=', bureauId)
    .where('visit.cycleId', '=', cycle?.id ?? '')
    .execute()
  const seen = new Set(
    visits.flatMap((one) => [`${one.personId}:${one.schoolId}`, `${one.departmentId}:${one.schoolId}`]),
  )
  const rows = new Map<string, { kind: 'leader' | 'department'; name: string; assigned: number; visited: number }>()
  for (const one of contacts) {
    const key = one.personId ?? one.departmentId ?? ''
    const kind = one.personId ? 'leader' : 'department'
    const row = rows.get(key) ?? { kind, name: one.name ?? one.departmentName ?? '', assigned: 0, visited: 0 }
    row.assigned += 1
    if (seen.has(`${key}:${one.schoolId}`)) row.visited += 1
    rows.set(key, row)
  }
  return { rows: [...rows.values()].toSorted((a, b) => a.visited / a.assigned - b.visited / b.assigned) }
}
