import type { z } from 'zod'
import { againstOffice, ownSchoolId } from '#domain/base/actor.ts'
import { againstMovingEvent } from '#domain/showcase/exchange.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { type EventAction, eventLife } from '#domain/showcase/eventLife.ts'
import { againstUnseen, type Refusal, refusal } from '#domain/base/refusal.ts'
import type { amendEvent, createEvent, holdEvent } from '#contract/showcase/event.ts'
import { workingCycle } from '#server/year/cycle/queries.ts'
import { replaceEvidence } from '#server/records/file/actions.ts'
import { findFilesFor } from '#server/records/file/queries.ts'
import { changedOne, demand, found, refuse, unseen } from '#server/kernel/problem.ts'
import { dropFromSearch, indexForSearch } from '#server/kernel/search.ts'
import type { Work } from '#server/kernel/work.ts'
import { findEvent } from './queries.ts'

type EventWords = z.infer<typeof createEvent.body>

async function againstWords(work: Work, bureauId: string, words: EventWords): Promise<Refusal[]> {
  const reasons: Refusal[] = []
  if (words.endsAt <= words.startsAt) reasons.push(refusal('invalid', '结束时间应晚于开始时间。', { field: 'endsAt' }))
  const asked = [...new Set([...words.schoolIds, ...(words.hostSchoolId ? [words.hostSchoolId] : [])])]
  const known = await work.db
    .selectFrom('school')
    .select('id')
    .where('id', 'in', asked.length > 0 ? asked : [''])
    .where('bureauId', '=', bureauId)
    .execute()
  if (known.length !== asked.length)
    reasons.push(refusal('invalid', '有学校不在名录里，请重新选择。', { field: 'schoolIds' }))
  return reasons
}

export async function draftEvent(work: Work, words: EventWords): Promise<{ id: string }> {
  const bureauId = work.actor.bureauId ?? ''
  demand([...againstOffice(work.actor, { bureauId }), ...(await againstWords(work, bureauId, words))])
  const cycle = await workingCycle(work.db, bureauId)
  if (!cycle) throw refuse('windowClosed', '本年度还没有开启，暂不能筹备活动。')
  const { schoolIds, ...row } = words
  const id = work.newId()
  await work.tx
    .insertInto('event')
    .values({
      id,
      bureauId,
      cycleId: cycle.id,
      ...row,
      state: eventLife.first,
      outcome: '',
      publishedAt: null,
      createdAt: work.now,
      updatedAt: work.now,
      changedAt: null,
    })
    .execute()
  await invite(work, id, schoolIds)
  work.record('event.drafted', 'event', id, { title: words.title })
  return { id }
}

async function invite(work: Work, eventId: string, schoolIds: readonly string[]): Promise<void> {
  await work.tx.deleteFrom('eventSchool').where('eventId', '=', eventId).execute()
  await addInvited(work, eventId, schoolIds)
}

async function addInvited(work: Work, eventId: string, schoolIds: readonly string[]): Promise<void> {
  for (const schoolId of new Set(schoolIds))
    await work.tx
      .insertInto('eventSchool')
      .values({
        id: work.newId(),
        eventId,
        schoolId,
        state: 'invited',
        attendees: '[]',
        respondedAt: null,
        checkedInAt: null,
      })
      .execute()
}

export async function saveEventWords(
  work: Work,
  id: string,
  { seen, ...words }: EventWords & { seen: string },
): Promise<{ ok: true }> {
  const event = await findEvent(work, id)
  demand([
    ...againstOffice(work.actor, event),
    ...(event.state === 'draft' ? againstUnseen(seen, event.updatedAt, '保存') : []),
    ...(await againstWords(work, event.bureauId, words)),
  ])
  const { schoolIds, ...row } = words
  changedOne(
    await work.tx
      .updateTable('event')
      .set({ ...row, updatedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', 'draft')
      .executeTakeFirstOrThrow(),
  )
  await invite(work, id, schoolIds)
  work.record('event.saved', 'event', id)
  return { ok: true }
}

/**
 * Changes what was published, a new room or another day: the words before are kept, and schools that have answered are asked to look
 * again. A school that said it comes is not struck off in silence.
 */
export async function changeEvent(
  work: Work,
  id: string,
  { seen, reason, schoolIds, ...row }: EventWords & { seen: string; reason: string },
): Promise<{ ok: true }> {
  const event = await findEvent(work, id)
  demand([
    ...againstMovingEvent(work.actor, event, { action: 'change', now: work.now }),
    ...againstUnseen(seen, event.updatedAt, '更改', '活动'),
    ...(await againstWords(work, event.bureauId, { ...row, schoolIds })),
    ...(await againstStrikingOff(work, id, schoolIds)),
  ])
  changedOne(
    await work.tx
      .updateTable('event')
      .set({ ...row, updatedAt: work.now, changedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', event.state)
      .where('updatedAt', '=', event.updatedAt)
      .executeTakeFirstOrThrow(),
  )
  const { kind, title, startsAt, endsAt, place, agenda, hostSchoolId } = event
  const before = JSON.stringify({ kind, title, startsAt, endsAt, place, agenda, hostSchoolId })
  await work.tx
    .insertInto('eventChange')
    .values({
      id: work.newId(),
      eventId: id,
      before,
      reason,
      personId: work.actor.personId ?? '',
      createdAt: work.now,
    })
    .execute()
  await work.tx
    .deleteFrom('eventSchool')
    .where('eventId', '=', id)
    .where('schoolId', 'not in', [...schoolIds, ''])
    .execute()
  const kept = await work.tx.selectFrom('eventSchool').select('schoolId').where('eventId', '=', id).execute()
  await addInvited(
    work,
    id,
    schoolIds.filter((one) => !kept.some((row) => row.schoolId === one)),
  )
  await indexEvent(work, { ...event, ...row })
  work.record('event.change', 'event', id, { reason, before })
  return { ok: true }
}

async function againstStrikingOff(work: Work, eventId: string, schoolIds: readonly string[]): Promise<Refusal[]> {
  const coming = await work.db
    .selectFrom('eventSchool')
    .innerJoin('school', 'school.id', 'eventSchool.schoolId')
    .select('school.name')
    .where('eventSchool.eventId', '=', eventId)
    .where('eventSchool.schoolId', 'not in', [...schoolIds, ''])
    .where('eventSchool.state', '=', 'registered')
    .execute()
  const names = coming.map((one) => one.name).join('、')
  return coming.length === 0
    ? []
    : [refusal('invalid', `${names}已回复参加，不能从名单中去掉；请先请学校改为“不参加”。`, { field: 'schoolIds' })]
}

async function move(
  work: Work,
  id: string,
  action: EventAction,
  values: Partial<{ publishedAt: string; outcome: string }>,
  { seen, ...detail }: Record<string, unknown> & { seen?: string } = {},
) {
  const event = await findEvent(work, id)
  demand([
    ...againstMovingEvent(work.actor, event, { action, now: work.now }),
    ...unseen(seen, event.updatedAt, '发布'),
  ])
  const to = nextState(eventLife, event.state, action) ?? event.state
  changedOne(
    await work.tx
      .updateTable('event')
      .set({ state: to, updatedAt: work.now, ...values })
      .where('id', '=', id)
      .where('state', '=', event.state)
      .executeTakeFirstOrThrow(),
  )
  work.record(`event.${action}`, 'event', id, { from: event.state, to, ...detail })
  return event
}

export async function publish(work: Work, id: string, seen?: string): Promise<{ ok: true }> {
  const event = await move(work, id, 'publish', { publishedAt: work.now }, seen === undefined ? {} : { seen })
  await indexEvent(work, event)
  return { ok: true }
}

async function indexEvent(
  work: Work,
  event: { id: string; bureauId: string; title: string; kind: string; place: string; agenda: string },
): Promise<void> {
  const text = [event.title, event.kind, event.place, event.agenda].join(' ')
  await indexForSearch(work, { subjectType: 'event', subjectId: event.id, bureauId: event.bureauId, text })
}

export async function cancel(work: Work, id: string, reason: string): Promise<{ ok: true }> {
  await move(work, id, 'cancel', {}, { reason })
  await dropFromSearch(work, { subjectType: 'event', subjectId: id })
  return { ok: true }
}

type WrittenUp = z.infer<typeof holdEvent.body>

/** Writes up what came of an event; only pictures named in `publicIds` are shown to everybody. */
export async function hold(work: Work, id: string, held: WrittenUp): Promise<{ ok: true }> {
  await demandPictures(work, held)
  await move(work, id, 'hold', { outcome: held.outcome })
  await replaceEvidence(work, evidenceOf(id, held))
  return { ok: true }
}

/** Mends what was written up: words, materials and which pictures everybody sees; the words before stay in the audit log. */
export async function amend(work: Work, id: string, given: z.infer<typeof amendEvent.body>): Promise<{ ok: true }> {
  const { reason, seen, ...held } = given
  const event = await findEvent(work, id)
  demand(againstUnseen(seen, event.updatedAt, '更正', '活动'))
  await demandPictures(work, held)
  const detail = { reason, before: event.outcome, pictures: held.publicIds.length }
  await move(work, id, 'amend', { outcome: held.outcome }, detail)
  await replaceEvidence(work, evidenceOf(id, held))
  return { ok: true }
}

const evidenceOf = (id: string, { fileIds, publicIds }: WrittenUp) => ({
  schoolId: null,
  subjectType: 'event',
  subjectId: id,
  fileIds,
  publicIds,
})

async function demandPictures(work: Work, { fileIds, publicIds }: WrittenUp): Promise<void> {
  if (publicIds.some((one) => !fileIds.includes(one)))
    throw refuse('invalid', '公开的图片须先附在材料里。', { field: 'publicIds' })
  const files = await findFilesFor(work, publicIds, null)
  if (files.some((one) => !['jpg', 'png', 'webp'].includes(one.kind)))
    throw refuse('wrongType', '公开的只能是图片（jpg、png 或 webp）。', { field: 'publicIds' })
}

/** A school answers its invitation until it has checked in. */
export async function respond(
  work: Work,
  id: string,
  { seen, ...answer }: { join: boolean; attendees: string[]; seen?: string },
): Promise<{ ok: true }> {
  const event = await findEvent(work, id)
  const schoolId = ownSchoolId(work.actor) ?? ''
  if (event.state !== 'published') throw refuse('notInThisState', '活动不在报名中。')
  demand(unseen(seen, event.updatedAt, '回复', '活动安排'))
  if (answer.join && answer.attendees.length === 0)
    throw refuse('incomplete', '请填写参加人员姓名。', { field: 'attendees' })
  changedOne(
    await work.tx
      .updateTable('eventSchool')
      .set({
        state: answer.join ? 'registered' : 'declined',
        attendees: JSON.stringify(answer.join ? answer.attendees : []),
        respondedAt: work.now,
      })
      .where('eventId', '=', id)
      .where('schoolId', '=', schoolId)
      .where('checkedInAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  work.record(answer.join ? 'event.registered' : 'event.declined', 'event', id, { schoolId })
  return { ok: true }
}

/** Marks a school as present, from the day of the event on and once. */
export async function checkIn(work: Work, id: string, schoolId: string): Promise<{ ok: true }> {
  const event = await findEvent(work, id)
  demand(againstOffice(work.actor, event))
  found(
    await work.db
      .selectFrom('eventSchool')
      .select('id')
      .where('eventId', '=', id)
      .where('schoolId', '=', schoolId)
      .executeTakeFirst(),
  )
  const day = new Date(Date.parse(event.startsAt) + 8 * 3_600_000).toISOString().slice(0, 10)
  if (event.state !== 'published' || work.today < day) throw refuse('notInThisState', '活动当天起才能登记到场。')
  changedOne(
    await work.tx
      .updateTable('eventSchool')
      .set({ checkedInAt: work.now })
      .where('eventId', '=', id)
      .where('schoolId', '=', schoolId)
      .where('checkedInAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  work.record('event.checkedIn', 'event', id, { schoolId })
  return { ok: true }
}
