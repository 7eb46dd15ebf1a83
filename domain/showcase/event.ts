import { type Actor, againstOffice } from '#domain/base/actor.ts'
import { shanghaiDate } from '#domain/base/calendar.ts'
import { againstMoving } from '#domain/base/lifecycle.ts'
import { type EventAction, type EventState, eventLife } from '#domain/showcase/eventLife.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'

export const eventKinds = ['现场会', '观摩', '交流会', '成果展示会'] as const

/** What a school has said to its invitation. */
export type InvitationState = 'invited' | 'registered' | 'declined'

export const againstMovingEvent = (
  actor: Actor,
  event: { bureauId: string; state: EventState; startsAt: string },
  { action, now }: { action: EventAction; now: string },
): Refusal[] => [
  ...againstOffice(actor, event),
  ...againstMoving(eventLife, event.state, action),
  ...(action === 'hold' && event.startsAt > now
    ? [refusal('notInThisState', '活动还没有开始，开始后才能登记成果。')]
    : []),
]

/** Why these words cannot stand; `unknown` says whether a school among them is not in the register. */
export function againstEventWords(words: { startsAt: string; endsAt: string }, unknown: boolean): Refusal[] {
  const reasons: Refusal[] = []
  if (words.endsAt <= words.startsAt) reasons.push(refusal('invalid', '结束时间应晚于开始时间。', { field: 'endsAt' }))
  if (unknown) reasons.push(refusal('invalid', '有学校不在名录里，请重新选择。', { field: 'schoolIds' }))
  return reasons
}

/** A school that said it comes is not struck off in silence. */
export const againstStrikingOff = (coming: readonly string[]): Refusal[] =>
  coming.length === 0
    ? []
    : [
        refusal('invalid', `${coming.join('、')}已回复参加，不能从名单中去掉；请先请学校改为“不参加”。`, {
          field: 'schoolIds',
        }),
      ]

const pictureKinds: readonly string[] = ['jpg', 'png', 'webp']

export const againstUnattached = ({ fileIds, publicIds }: Record<'fileIds' | 'publicIds', readonly string[]>) =>
  publicIds.every((one) => fileIds.includes(one))
    ? []
    : [refusal('invalid', '公开的图片须先附在材料里。', { field: 'publicIds' })]

export const againstPublicKinds = (kinds: readonly string[]): Refusal[] =>
  kinds.every((one) => pictureKinds.includes(one))
    ? []
    : [refusal('wrongType', '公开的只能是图片（jpg、png 或 webp）。', { field: 'publicIds' })]

export const againstAnswering = (event: { state: EventState }): Refusal[] =>
  event.state === 'published' ? [] : [refusal('notInThisState', '活动不在报名中。')]

export const againstAttendees = ({ join, attendees }: { join: boolean; attendees: readonly string[] }): Refusal[] =>
  join && attendees.length === 0 ? [refusal('incomplete', '请填写参加人员姓名。', { field: 'attendees' })] : []

/** Who is present is noted down from the day of the event on. */
export const againstCheckingIn = (event: { state: EventState; startsAt: string }, today: string): Refusal[] =>
  event.state === 'published' && today >= shanghaiDate(event.startsAt)
    ? []
    : [refusal('notInThisState', '活动当天起才能登记到场。')]
