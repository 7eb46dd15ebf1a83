import { z } from 'zod'
import { shanghaiDate } from '#domain/base/calendar.ts'
import { isOffice, schoolScope, worksAt } from '#domain/base/actor.ts'
import { againstMovingEvent } from '#domain/showcase/exchange.ts'
import { movesFrom } from '#domain/base/lifecycle.ts'
import { eventLife } from '#domain/showcase/eventLife.ts'
import type { EventDetail, listEvents } from '#contract/showcase/event.ts'
import { chosenCycle } from '#server/year/cycle/queries.ts'
import { publicPictures } from '#server/records/file/queries.ts'
import { found, notFound } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'
import { quoted } from '#domain/base/text.ts'

/** The event for the bureau's people, and for a school that is invited once it is published; to others there is none. */
export async function findEvent(look: Look, id: string) {
  const event = found(
    await look.db
      .selectFrom('event')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', look.actor.bureauId ?? '')
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
    .where('schoolId', 'in', own.length > 0 ? own.map((one) => one.organizationId) : [''])
    .executeTakeFirst()
  return row !== undefined
}

export async function listEventsOf(look: Look, query: z.infer<typeof listEvents.query>) {
  const scope = schoolScope(look.actor)
  const bureau = look.actor.grants.some((one) => ['office', 'leader', 'department'].includes(one.role))
  let rows = look.db.selectFrom('event').where('event.bureauId', '=', look.actor.bureauId ?? '')
  if (!('bureauId' in scope)) rows = rows.where('event.state', '!=', 'draft')
  if (!bureau && 'schoolIds' in scope)
    rows = rows.where('event.id', 'in', (eb) =>
      eb
        .selectFrom('eventSchool')
        .select('eventSchool.eventId')
        .where('eventSchool.schoolId', 'in', scope.schoolIds.length > 0 ? scope.schoolIds : ['']),
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
      state: row.state,
      invited: Number(row.invited),
      registered: Number(row.registered),
    })),
  }
}

export async function readEventDetail(look: Look, id: string): Promise<Omit<EventDetail, 'pictures'>> {
  const event = await findEvent(look, id)
  const host = await look.db
    .selectFrom('school')
    .select('name')
    .where('id', '=', event.hostSchoolId ?? '')
    .executeTakeFirst()
  const invited = await look.db
    .selectFrom('eventSchool')
    .innerJoin('school', 'school.id', 'eventSchool.schoolId')
    .select(['eventSchool.schoolId', 'school.name as schoolName', 'eventSchool.state', 'attendees', 'checkedInAt'])
    .select('eventSchool.respondedAt')
    .where('eventSchool.eventId', '=', id)
    .orderBy('school.sortKey')
    .execute()
  const bureau = look.actor.grants.some((one) => ['office', 'leader', 'department'].includes(one.role))
  const { kind, title, startsAt, endsAt, place, agenda, hostSchoolId, state, outcome, updatedAt } = event
  return {
    id,
    kind,
    title,
    startsAt,
    endsAt,
    place,
    agenda,
    hostSchoolId,
    hostName: host?.name ?? null,
    state,
    outcome,
    updatedAt,
    materials: await listMaterials(look.db, id),
    // A school sees its own answer, not who else comes.
    schools: invited
      .filter((one) => bureau || worksAt(look.actor, one.schoolId))
      .map(({ respondedAt, ...one }) => ({
        ...one,
        outdated: respondedAt !== null && event.changedAt !== null && respondedAt < event.changedAt,
        state: one.state as 'invited' | 'registered' | 'declined',
        attendees: JSON.parse(one.attendees) as string[],
        mine: worksAt(look.actor, one.schoolId),
      })),
    changes: await listChanges(look.db, id),
    moves: Object.fromEntries(
      movesFrom(eventLife, state).map((action) => [
        action,
        againstMovingEvent(look.actor, event, { action, now: look.now }),
      ]),
    ),
  }
}

const said = z.object({ title: z.string(), startsAt: z.string(), endsAt: z.string(), place: z.string() })

export async function listChanges(db: ReadOnly, eventId: string) {
  const rows = await db
    .selectFrom('eventChange')
    .innerJoin('person', 'person.id', 'eventChange.personId')
    .select(['eventChange.createdAt as at', 'person.name as personName', 'eventChange.reason', 'eventChange.before'])
    .where('eventChange.eventId', '=', eventId)
    .orderBy('eventChange.createdAt', 'desc')
    .execute()
  return rows.map(({ before, ...row }) => ({ ...row, ...said.parse(JSON.parse(before)) }))
}

const listMaterials = (db: ReadOnly, eventId: string) =>
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
  const ids = chosen.length > 0 ? chosen.map((one) => one.fileId) : ['']
  const shown = await publicPictures(db).select('file.id').where('file.id', 'in', ids).execute()
  const pictures = chosen.filter((one) => shown.some(({ id }) => id === one.fileId))
  return { ...event, pictures }
}

function invitationTitle(one: { title: string; state: string; said: string }): string {
  if (one.state === 'cancelled') return `${quoted(one.title)}已取消`
  return one.said === 'invited'
    ? `请回复是否参加${quoted(one.title)}`
    : `${quoted(one.title)}在您回复后有更改，请确认是否参加`
}

/** Invitations that a school has not answered, and events of the office that are over and not yet written up. */
export async function listEventTodos(look: Look) {
  const own = look.actor.grants
    .filter((one) => one.role === 'secretary' || one.role === 'clerk')
    .map((one) => one.organizationId)
  const invitations = await look.db
    .selectFrom('eventSchool')
    .innerJoin('event', 'event.id', 'eventSchool.eventId')
    .select(['event.id', 'event.title', 'event.startsAt', 'event.place', 'event.state', 'eventSchool.state as said'])
    .where('eventSchool.schoolId', 'in', own.length > 0 ? own : [''])
    .where('event.startsAt', '>', look.now)
    .where((eb) =>
      eb.or([
        eb.and([eb('event.state', '=', 'published'), eb('eventSchool.state', '=', 'invited')]),
        eb.and([eb('event.state', '=', 'published'), eb('eventSchool.respondedAt', '<', eb.ref('event.changedAt'))]),
        eb.and([eb('event.state', '=', 'cancelled'), eb('eventSchool.state', '=', 'registered')]),
      ]),
    )
    .execute()
  const office = look.actor.grants.some((one) => one.role === 'office')
  const over = office
    ? await look.db
        .selectFrom('event')
        .select(['id', 'title', 'endsAt'])
        .where('bureauId', '=', look.actor.bureauId ?? '')
        .where('state', '=', 'published')
        .where('endsAt', '<', look.now)
        .execute()
    : []
  return [
    ...invitations.map((one) => ({
      id: `event:${one.id}`,
      kind: 'event',
      title: invitationTitle(one),
      detail: one.state === 'cancelled' ? '不用再去。' : `地点：${one.place}`,
      dueDate: shanghaiDate(one.startsAt),
      href: `/console/events/${one.id}`,
    })),
    ...over.map((one) => ({
      id: `event:${one.id}`,
      kind: 'event',
      title: `${quoted(one.title)}已办完，请登记成果`,
      detail: '写几句成果，附上材料，门户上可以看到。',
      href: `/console/events/${one.id}`,
    })),
  ]
}
