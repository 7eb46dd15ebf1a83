import { eventLife } from '#domain/showcase/eventLife.ts'
import type { EventChangeRow, EventRow, EventSchoolRow } from '#server/db/tables/supervision.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { listInvited } from './queries.ts'

type Words = Pick<EventRow, 'kind' | 'title' | 'startsAt' | 'endsAt' | 'place' | 'agenda' | 'hostSchoolId'>

type Invited = Pick<EventSchoolRow, 'eventId' | 'schoolId'>

export const addEvent = (work: Work, event: Words & Pick<EventRow, 'id' | 'bureauId' | 'cycleId'>) =>
  work.tx
    .insertInto('event')
    .values({
      ...event,
      state: eventLife.first,
      outcome: '',
      publishedAt: null,
      createdAt: work.now,
      updatedAt: work.now,
      changedAt: null,
    })
    .execute()

export async function changeEventDraft(work: Work, id: string, words: Words): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('event')
      .set({ ...words, updatedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', 'draft')
      .executeTakeFirstOrThrow(),
  )
}

/** Writes over what was published; answers given before no longer know it. */
export async function changePublishedEvent(
  work: Work,
  { id, state, updatedAt }: Pick<EventRow, 'id' | 'state' | 'updatedAt'>,
  words: Words,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('event')
      .set({ ...words, updatedAt: work.now, changedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', state)
      .where('updatedAt', '=', updatedAt)
      .executeTakeFirstOrThrow(),
  )
}

export const addEventChange = (work: Work, change: Omit<EventChangeRow, 'id' | 'createdAt'>) =>
  work.tx
    .insertInto('eventChange')
    .values({ id: work.newId(), ...change, createdAt: work.now })
    .execute()

export async function moveEventState(
  work: Work,
  { id, state }: Pick<EventRow, 'id' | 'state'>,
  change: Partial<EventRow>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('event')
      .set({ ...change, updatedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', state)
      .executeTakeFirstOrThrow(),
  )
}

/** Makes exactly these schools the invited ones, none of them with an answer. */
export async function putInvited(work: Work, eventId: string, schoolIds: readonly string[]): Promise<void> {
  await work.tx.deleteFrom('eventSchool').where('eventId', '=', eventId).execute()
  await addInvited(work, eventId, schoolIds)
}

/** The same without touching the answers of schools that stay. */
export async function keepInvited(work: Work, eventId: string, schoolIds: readonly string[]): Promise<void> {
  await work.tx
    .deleteFrom('eventSchool')
    .where('eventId', '=', eventId)
    .where('schoolId', 'not in', schoolIds)
    .execute()
  const invited = new Set((await listInvited(work.db, eventId)).map((one) => one.schoolId))
  await addInvited(
    work,
    eventId,
    schoolIds.filter((one) => !invited.has(one)),
  )
}

async function addInvited(work: Work, eventId: string, schoolIds: readonly string[]): Promise<void> {
  const unanswered = { state: 'invited', attendees: '[]', respondedAt: null, checkedInAt: null } as const
  for (const schoolId of new Set(schoolIds))
    await work.tx
      .insertInto('eventSchool')
      .values({ id: work.newId(), eventId, schoolId, ...unanswered })
      .execute()
}

/** A school's answer, which it may change until it is present. */
export async function changeAnswer(
  work: Work,
  { eventId, schoolId }: Invited,
  { join, attendees }: { join: boolean; attendees: readonly string[] },
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('eventSchool')
      .set({
        state: join ? 'registered' : 'declined',
        attendees: JSON.stringify(join ? attendees : []),
        respondedAt: work.now,
      })
      .where('eventId', '=', eventId)
      .where('schoolId', '=', schoolId)
      .where('checkedInAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

/** Once: who is present already is not marked again. */
export async function markPresent(work: Work, { eventId, schoolId }: Invited): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('eventSchool')
      .set({ checkedInAt: work.now })
      .where('eventId', '=', eventId)
      .where('schoolId', '=', schoolId)
      .where('checkedInAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}
