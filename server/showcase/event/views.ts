import { hasRole, worksAt } from '#domain/base/actor.ts'
import { shanghaiDate } from '#domain/base/calendar.ts'
import { movesOf } from '#domain/base/lifecycle.ts'
import { quoted } from '#domain/base/text.ts'
import { againstMovingEvent } from '#domain/showcase/event.ts'
import { eventLife } from '#domain/showcase/eventLife.ts'
import type { EventDetail } from '#contract/showcase/event.ts'
import type { Todo } from '#contract/home/todo.ts'
import type { Look } from '#server/kernel/work.ts'
import { showPictures } from '#server/records/file/views.ts'
import {
  findEvent,
  listChosenPictures,
  listEventChanges,
  listInvited,
  listMaterials,
  listOpenInvitations,
  listOverEvents,
  readHostName,
} from './queries.ts'

/** One event for this person, without the pictures of its public page. */
async function readEventAlone(look: Look, id: string): Promise<Omit<EventDetail, 'pictures'>> {
  const event = await findEvent(look, id)
  const invited = await listInvited(look.db, id)
  const bureau = hasRole(look.actor, 'office', 'leader', 'department')
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
    hostName: await readHostName(look.db, hostSchoolId),
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
        mine: worksAt(look.actor, one.schoolId),
      })),
    changes: await listEventChanges(look.db, id),
    moves: movesOf(eventLife, state, (action) => againstMovingEvent(look.actor, event, { action, now: look.now })),
  }
}

function invitationTitle(one: { title: string; state: string; said: string }): string {
  if (one.state === 'cancelled') return `${quoted(one.title)}已取消`
  return one.said === 'invited'
    ? `请回复是否参加${quoted(one.title)}`
    : `${quoted(one.title)}在您回复后有更改，请确认是否参加`
}

/** Invitations that a school has not answered, and events of the office that are over and not yet written up. */
export async function listEventTodos(look: Look): Promise<Todo[]> {
  const own = look.actor.grants
    .filter((one) => one.role === 'secretary' || one.role === 'clerk')
    .map((one) => one.organizationId)
  const invitations = await listOpenInvitations(look, own)
  const over = hasRole(look.actor, 'office') ? await listOverEvents(look) : []
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

/** An event with the pictures that were chosen for its public page, and who may take each of them down. */
export async function readEventDetail(look: Look, id: string): Promise<EventDetail> {
  const event = await readEventAlone(look, id)
  const chosen = await listChosenPictures(look.db, id)
  const pictures = await showPictures(
    look,
    chosen.map((one) => one.fileId),
  )
  return { ...event, pictures: chosen.flatMap(({ fileId }) => pictures.filter((one) => one.fileId === fileId)) }
}
