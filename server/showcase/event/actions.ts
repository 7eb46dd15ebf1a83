import type { z } from 'zod'
import { againstOffice, ownSchoolId } from '#domain/base/actor.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { againstUnseen, type Refusal } from '#domain/base/refusal.ts'
import { type EventAction, eventLife } from '#domain/showcase/eventLife.ts'
import {
  againstAnswering,
  againstAttendees,
  againstCheckingIn,
  againstEventWords,
  againstMovingEvent,
  againstPublicKinds,
  againstStrikingOff,
  againstUnattached,
} from '#domain/showcase/event.ts'
import type * as contract from '#contract/showcase/event.ts'
import { workingCycle } from '#server/year/cycle/queries.ts'
import { replaceEvidence } from '#server/records/file/actions.ts'
import { findFilesFor } from '#server/records/file/queries.ts'
import { demand, refuse, unseen } from '#server/kernel/problem.ts'
import { dropFromSearch, indexForSearch } from '#server/kernel/search.ts'
import type { Work } from '#server/kernel/work.ts'
import { findEvent, findInvited, listComing, listSchoolsAmong } from './queries.ts'
import {
  addEvent,
  addEventChange,
  changeAnswer,
  changeEventDraft,
  changePublishedEvent,
  keepInvited,
  markPresent,
  moveEventState,
  putInvited,
} from './writes.ts'

type EventWords = z.infer<typeof contract.createEvent.body>

async function wordsRefused(work: Work, bureauId: string, words: EventWords): Promise<Refusal[]> {
  const asked = [...new Set([...words.schoolIds, ...(words.hostSchoolId ? [words.hostSchoolId] : [])])]
  const known = await listSchoolsAmong(work.db, bureauId, asked)
  return againstEventWords(words, known.length !== asked.length)
}

export async function draftEvent(work: Work, words: EventWords): Promise<{ id: string }> {
  const bureauId = work.actor.bureauId
  demand([...againstOffice(work.actor, { bureauId }), ...(await wordsRefused(work, bureauId, words))])
  const cycle = await workingCycle(work.db, bureauId)
  if (!cycle) throw refuse('windowClosed', '本年度还没有开启，暂不能筹备活动。')
  const { schoolIds, ...row } = words
  const id = work.newId()
  await addEvent(work, { id, bureauId, cycleId: cycle.id, ...row })
  await putInvited(work, id, schoolIds)
  work.record('event.drafted', 'event', id, { title: words.title })
  return { id }
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
    ...(await wordsRefused(work, event.bureauId, words)),
  ])
  const { schoolIds, ...row } = words
  await changeEventDraft(work, id, row)
  await putInvited(work, id, schoolIds)
  work.record('event.saved', 'event', id)
  return { ok: true }
}

/** Changes what was published, a new room or another day: the words before are kept, and schools that have answered are asked to look again. */
export async function changeEvent(
  work: Work,
  id: string,
  { seen, reason, schoolIds, ...row }: EventWords & { seen: string; reason: string },
): Promise<{ ok: true }> {
  const event = await findEvent(work, id)
  demand([
    ...againstMovingEvent(work.actor, event, { action: 'change', now: work.now }),
    ...againstUnseen(seen, event.updatedAt, '更改', '活动'),
    ...(await wordsRefused(work, event.bureauId, { ...row, schoolIds })),
    ...againstStrikingOff(await listComing(work.db, id, schoolIds)),
  ])
  await changePublishedEvent(work, event, row)
  const { kind, title, startsAt, endsAt, place, agenda, hostSchoolId } = event
  const before = JSON.stringify({ kind, title, startsAt, endsAt, place, agenda, hostSchoolId })
  await addEventChange(work, { eventId: id, before, reason, personId: work.actor.personId })
  await keepInvited(work, id, schoolIds)
  await indexEvent(work, { ...event, ...row })
  work.record('event.change', 'event', id, { reason, before })
  return { ok: true }
}

/** Takes one step in the life of an event; answers the event as it was. */
async function moveEvent(
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
  await moveEventState(work, event, { state: to, ...values })
  work.record(`event.${action}`, 'event', id, { from: event.state, to, ...detail })
  return event
}

export async function publishEvent(work: Work, id: string, seen?: string): Promise<{ ok: true }> {
  const event = await moveEvent(work, id, 'publish', { publishedAt: work.now }, seen === undefined ? {} : { seen })
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

export async function cancelEvent(work: Work, id: string, reason: string): Promise<{ ok: true }> {
  await moveEvent(work, id, 'cancel', {}, { reason })
  await dropFromSearch(work, { subjectType: 'event', subjectId: id })
  return { ok: true }
}

type WrittenUp = z.infer<typeof contract.holdEvent.body>

/** Writes up what came of an event; only pictures named in `publicIds` are shown to everybody. */
export async function holdEvent(work: Work, id: string, held: WrittenUp): Promise<{ ok: true }> {
  await demandPictures(work, held)
  await moveEvent(work, id, 'hold', { outcome: held.outcome })
  await replaceEvidence(work, evidenceOf(id, held))
  return { ok: true }
}

/** Mends what was written up: words, materials and which pictures everybody sees; the words before stay in the audit log. */
export async function amendEvent(
  work: Work,
  id: string,
  given: z.infer<typeof contract.amendEvent.body>,
): Promise<{ ok: true }> {
  const { reason, seen, ...held } = given
  const event = await findEvent(work, id)
  demand(againstUnseen(seen, event.updatedAt, '更正', '活动'))
  await demandPictures(work, held)
  const detail = { reason, before: event.outcome, pictures: held.publicIds.length }
  await moveEvent(work, id, 'amend', { outcome: held.outcome }, detail)
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
  demand(againstUnattached({ fileIds, publicIds }))
  const files = await findFilesFor(work, publicIds, null)
  demand(againstPublicKinds(files.map((one) => one.kind)))
}

/** A school answers its invitation until it has checked in. */
export async function answerInvitation(
  work: Work,
  id: string,
  { seen, ...answer }: { join: boolean; attendees: string[]; seen?: string },
): Promise<{ ok: true }> {
  const event = await findEvent(work, id)
  const schoolId = ownSchoolId(work.actor) ?? ''
  demand(againstAnswering(event))
  demand(unseen(seen, event.updatedAt, '回复', '活动安排'))
  demand(againstAttendees(answer))
  await changeAnswer(work, { eventId: id, schoolId }, answer)
  work.record(answer.join ? 'event.registered' : 'event.declined', 'event', id, { schoolId })
  return { ok: true }
}

/** Marks a school as present, from the day of the event on and once. */
export async function checkInSchool(work: Work, id: string, schoolId: string): Promise<{ ok: true }> {
  const event = await findEvent(work, id)
  demand(againstOffice(work.actor, event))
  await findInvited(work.db, { eventId: id, schoolId })
  demand(againstCheckingIn(event, work.today))
  await markPresent(work, { eventId: id, schoolId })
  work.record('event.checkedIn', 'event', id, { schoolId })
  return { ok: true }
}
