import { z } from 'zod'
import { isOffice, schoolScope } from '#domain/base/actor.ts'
import type { listEvents } from '#contract/showcase/event.ts'
import { chosenCycle } from '#server/year/cycle/queries.ts'
import { publicPictures } from '#server/records/file/queries.ts'
import { found, notFound } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

/** The event for the bureau's people, and for a school that is invited once it is published; to others there is none. */
export async function findEvent(look: Look, id: string) {
  const event = found(
    await look.db
      .selectFrom('event')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', look.actor.bureauId)
      .executeTakeFirst(),
  )
  if (isOffice(look.actor, event.bureauId)) return event
  const bureau = look.actor.grants.some((one) => one.role === 'leader' || one.role === 'department')
  if (event.state === 'draft' || !(bureau || (await isInvited(look, id)))) throw notFound()
  return event
}

async function isInvited(look: Look, eventId: string): Promise<boolean> {
  const own = look.actor.grants.filter((one) => one.role === 'secretary' || one.role === 'clerk')
  const row = await look.db
    .selectFrom('eventSchool')
    .select('id')
    .where('eventId', '=', eventId)
    .where(
      'schoolId',
      'in',
      own.map((one) => one.organizationId),
    )
    .executeTakeFirst()
  return row !== undefined
}

export async function listEventsOf(look: Look, query: z.infer<typeof listEvents.query>) {
  const scope = schoolScope(look.actor)
  const bureau = look.actor.grants.some((one) => ['office', 'leader', 'department'].includes(one.role))
  let rows = look.db.selectFrom('event').where('event.bureauId', '=', look.actor.bureauId)
  if (!('bureauId' in scope)) rows = rows.where('event.state', '!=', 'draft')
  if (!bureau && 'schoolIds' in scope)
    rows = rows.where('event.id', 'in', (eb) =>
      eb.selectFrom('eventSchool').select('eventSchool.eventId').where('eventSchool.schoolId', 'in', scope.schoolIds),
    )
  const cycle = await chosenCycle(look, query.year)
  if (cycle) rows = rows.where('event.cycleId', '=', cycle.id)
  if (query.state) rows = rows.where('event.state', '=', query.state)
  if (query.q) rows = rows.where(contains(look.db, ['event.title'], query.q))
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await rows
    .select((eb) => [
      'event.id',
      'event.kind',
      'event.title',
      'event.startsAt',
      'event.endsAt',
      'event.place',
      'event.state',
      eb
        .selectFrom('eventSchool')
        .whereRef('eventSchool.eventId', '=', 'event.id')
        .select((one) => one.fn.countAll<number>().as('n'))
        .as('invited'),
      eb
        .selectFrom('eventSchool')
        .whereRef('eventSchool.eventId', '=', 'event.id')
        .where('eventSchool.state', '=', 'registered')
        .select((one) => one.fn.countAll<number>().as('n'))
        .as('registered'),
    ])
    .orderBy('event.startsAt', 'desc')
    .orderBy('event.id', 'desc')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return {
    total: Number(total),
    items: items.map((row) => ({
      ...row,
      invited: Number(row.invited),
      registered: Number(row.registered),
    })),
  }
}

const said = z.object({ title: z.string(), startsAt: z.string(), endsAt: z.string(), place: z.string() })

export async function listEventChanges(db: ReadOnly, eventId: string) {
  const rows = await db
    .selectFrom('eventChange')
    .innerJoin('person', 'person.id', 'eventChange.personId')
    .select(['eventChange.createdAt as at', 'person.name as personName', 'eventChange.reason', 'eventChange.before'])
    .where('eventChange.eventId', '=', eventId)
    .orderBy('eventChange.createdAt', 'desc')
    .execute()
  return rows.map(({ before, ...row }) => ({ ...row, ...said.parse(JSON.parse(before)) }))
}

export const listMaterials = (db: ReadOnly, eventId: string) =>
  db
    .selectFrom('evidence')
    .innerJoin('file', 'file.id', 'evidence.fileId')
    .select(['file.id as fileId', 'file.name', 'file.kind'])
    .where('evidence.subjectType', '=', 'event')
    .where('evidence.subjectId', '=', eventId)
    .orderBy('evidence.sortOrder')
    .execute()

/** The pictures that were chosen for the public page, taken down or not, in their order. */
export const listChosenPictures = (db: ReadOnly, eventId: string) =>
  db
    .selectFrom('evidence')
    .select(['evidence.fileId', 'evidence.caption'])
    .where('evidence.subjectType', '=', 'event')
    .where('evidence.subjectId', '=', eventId)
    .where('evidence.isPublic', '=', 1)
    .orderBy('evidence.sortOrder')
    .execute()

/** Who is invited and what each has said, in the order of the schools. */
export async function listInvited(db: ReadOnly, eventId: string) {
  const rows = await db
    .selectFrom('eventSchool')
    .innerJoin('school', 'school.id', 'eventSchool.schoolId')
    .select(['eventSchool.schoolId', 'school.name as schoolName', 'eventSchool.state', 'attendees', 'checkedInAt'])
    .select('eventSchool.respondedAt')
    .where('eventSchool.eventId', '=', eventId)
    .orderBy('school.sortKey')
    .execute()
  return rows.map((row) => ({ ...row, attendees: names.parse(JSON.parse(row.attendees)) }))
}

const names = z.array(z.string())

export async function findInvited(db: ReadOnly, { eventId, schoolId }: { eventId: string; schoolId: string }) {
  return found(
    await db
      .selectFrom('eventSchool')
      .select('id')
      .where('eventId', '=', eventId)
      .where('schoolId', '=', schoolId)
      .executeTakeFirst(),
  )
}

/** The names of the schools that come and are not among these. */
export async function listComing(db: ReadOnly, eventId: string, schoolIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('eventSchool')
    .innerJoin('school', 'school.id', 'eventSchool.schoolId')
    .select('school.name')
    .where('eventSchool.eventId', '=', eventId)
    .where('eventSchool.schoolId', 'not in', schoolIds)
    .where('eventSchool.state', '=', 'registered')
    .execute()
  return rows.map((one) => one.name)
}

/** Which of these are schools of the bureau. */
export const listSchoolsAmong = (db: ReadOnly, bureauId: string, ids: readonly string[]) =>
  db.selectFrom('school').select('id').where('id', 'in', ids).where('bureauId', '=', bureauId).execute()

export async function readHostName(db: ReadOnly, hostSchoolId: string | null): Promise<string | null> {
  const host = await db
    .selectFrom('school')
    .select('name')
    .where('id', '=', hostSchoolId ?? '')
    .executeTakeFirst()
  return host?.name ?? null
}

/** Published and held events for everybody, the coming and latest first. */
export const listPublicEvents = (db: ReadOnly) =>
  db
    .selectFrom('event')
    .select(['id', 'kind', 'title', 'startsAt', 'place', 'state'])
    .where('state', 'in', ['published', 'held'])
    .orderBy('startsAt', 'desc')
    .limit(100)
    .execute()

export async function readPublicEvent(db: ReadOnly, id: string) {
  const event = found(
    await db
      .selectFrom('event')
      .leftJoin('school', 'school.id', 'event.hostSchoolId')
      .selectAll('event')
      .select('school.name as hostName')
      .where('event.id', '=', id)
      .where('event.publishedAt', 'is not', null)
      .executeTakeFirst(),
  )
  const chosen = event.state === 'held' ? await listChosenPictures(db, id) : []
  const ids = chosen.map((one) => one.fileId)
  const shown = await publicPictures(db).select('file.id').where('file.id', 'in', ids).execute()
  const pictures = chosen.filter((one) => shown.some(({ id }) => id === one.fileId))
  return { ...event, pictures }
}

/** What these schools have to answer: an invitation, a change after their answer, or that it takes place no more. */
export function listOpenInvitations(look: Look, schoolIds: readonly string[]) {
  return look.db
    .selectFrom('eventSchool')
    .innerJoin('event', 'event.id', 'eventSchool.eventId')
    .select(['event.id', 'event.title', 'event.startsAt', 'event.place', 'event.state', 'eventSchool.state as said'])
    .where('eventSchool.schoolId', 'in', schoolIds)
    .where('event.startsAt', '>', look.now)
    .where((eb) =>
      eb.or([
        eb.and([eb('event.state', '=', 'published'), eb('eventSchool.state', '=', 'invited')]),
        eb.and([eb('event.state', '=', 'published'), eb('eventSchool.respondedAt', '<', eb.ref('event.changedAt'))]),
        eb.and([eb('event.state', '=', 'cancelled'), eb('eventSchool.state', '=', 'registered')]),
      ]),
    )
    .execute()
}

/** Events that are over and of which nobody has said yet what came of them. */
export const listOverEvents = (look: Look) =>
  look.db
    .selectFrom('event')
    .select(['id', 'title', 'endsAt'])
    .where('bureauId', '=', look.actor.bureauId)
    .where('state', '=', 'published')
    .where('endsAt', '<', look.now)
    .execute()
