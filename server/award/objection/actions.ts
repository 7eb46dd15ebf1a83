import type { Actor } from '#domain/base/actor.ts'
import { addWorkingDays } from '#domain/base/calendar.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { type ObjectionAction, objectionLife, type objectionTalk } from '#domain/award/objectionLife.ts'
import {
  againstAskingSchool,
  againstHandler,
  againstMovingObjection,
  againstObjecting,
  againstObjectionWords,
  againstSchoolAnswering,
  ANSWER_DAYS,
  CROWD_OF_OBJECTIONS,
} from '#domain/award/objection.ts'
import { againstUnseen, refusal } from '#domain/base/refusal.ts'
import { readCalendar } from '#server/year/cycle/queries.ts'
import type { ObjectionRow } from '#server/db/tables/award.ts'
import { demand, notFound, Problem } from '#server/kernel/problem.ts'
import { liftSeal, sealRow } from '#server/kernel/seal.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import { findByReceipt, findObjection, findPosted, findSameWords, listByIds, readHandlerTies } from './queries.ts'
import { insertObjection, insertReceipt, insertStep, updateObjection } from './writes.ts'

export interface ObjectionWords {
  /** Name and phone are both empty when the objector stays anonymous. */
  name: string
  phone: string
  schoolId: string | null
  content: string
}

/** How the words came: under which receipt, and how many came from the same address within the hour. */
export interface Arrival {
  receipt: string
  fromThere: number
}

/**
 * Takes an objection to a posted notice, once per form and once for the same words of the same person; the receipt code is told once and kept only as a hash. A button pressed
 * twice, or a page sent again, is the objection that is in already.
 */
export async function objectTo(
  work: Work<Actor>,
  notice: { id: string; bureauId: string; cycleId: string },
  words: ObjectionWords,
  { receipt, fromThere }: Arrival,
): Promise<void> {
  const posted = await findPosted(work.db, notice.id)
  demand([...againstObjecting(posted, work.today), ...againstObjectionWords(words)])
  const receiptHash = sha256(receipt)
  const known = await findByReceipt(work.db, receiptHash)
  if (known && known.content === words.content) return work.record('objection.repeated', 'objection', known.id)
  if (known)
    throw new Problem([refusal('alreadyExists', '这张表已经提交过一次。您新写的内容还在下面，请再按一次提交。')])
  const twin = await findSameWords(work.db, notice.id, words)
  if (twin) {
    await insertReceipt(work, receiptHash, twin.id)
    return work.record('objection.repeated', 'objection', twin.id)
  }
  // Without the next year's calendar no day is promised; the objection is taken all the same.
  const dueOn = addWorkingDays(work.today, ANSWER_DAYS, await readCalendar(work.db))
  const id = work.newId()
  await insertObjection(work, {
    id,
    bureauId: notice.bureauId,
    cycleId: notice.cycleId,
    noticeId: notice.id,
    receiptHash,
    ...words,
    crowded: fromThere >= CROWD_OF_OBJECTIONS ? 1 : 0,
    dueOn: typeof dueOn === 'string' ? dueOn : null,
  })
  work.record('objection.received', 'objection', id, { digest: await sealRow(work, 'objection', id) })
}

interface Given {
  text?: string
  reason?: string
  handlerId?: string
  /** The stamp of what stood on the screen; a story that plays without a screen gives none. */
  seen?: string
}

export async function moveObjection(
  work: Work,
  id: string,
  action: ObjectionAction,
  given: Given,
): Promise<{ ok: true }> {
  const objection = await findObjection(work, id)
  demand([
    ...againstMovingObjection(work.actor, objection, action),
    ...(given.seen === undefined
      ? []
      : againstUnseen(given.seen, objection.updatedAt, objectionLife.actions[action], '这件异议')),
  ])
  if (given.handlerId) demand(againstHandler(await readHandlerTies(work, objection, given.handlerId)))
  const text = given.text ?? given.reason ?? ''
  const values = tracesOf(action, text, given.handlerId, work.now)
  await changeObjection(work, objection, action, { text, values })
  return { ok: true }
}

/** What a step leaves on the objection beside its state. */
function tracesOf(
  action: ObjectionAction,
  text: string,
  handlerId: string | undefined,
  now: string,
): Partial<ObjectionRow> {
  switch (action) {
    case 'admit':
      return { admitted: 1, admission: text }
    case 'dismiss':
      return { admitted: 0, admission: text }
    case 'assign':
    case 'reassign':
      return { handlerId: handlerId ?? null }
    case 'decide':
      return { decision: text }
    case 'reply':
    case 'amendReply':
      return { reply: text, repliedAt: now }
    case 'restore':
    case 'dropJunk':
      return { junkReason: '', junkAskedBy: null }
    default:
      return {}
  }
}

/** Moves one objection and keeps the step with its words; the audit has the step and not the words, which may name people. */
async function changeObjection(
  work: Work,
  objection: Pick<ObjectionRow, 'id' | 'state' | 'updatedAt'>,
  action: ObjectionAction,
  { text, values }: { text: string; values: Partial<ObjectionRow> },
): Promise<void> {
  const to = nextState(objectionLife, objection.state, action) ?? objection.state
  await liftSeal(work, 'objection', objection.id)
  await updateObjection(work, objection, { ...values, state: to })
  await insertStep(work, objection.id, { action, text })
  const { handlerId } = values
  work.record(`objection.${action}`, 'objection', objection.id, {
    from: objection.state,
    to,
    digest: await sealRow(work, 'objection', objection.id),
    ...(handlerId ? { personId: handlerId } : {}),
  })
}

async function findAll(work: Work, ids: readonly string[]): Promise<ObjectionRow[]> {
  const wanted = [...new Set(ids)]
  const rows = await listByIds(work, wanted)
  if (rows.length !== wanted.length) throw notFound()
  return rows
}

/** One person names many objections junk with one reason; nothing changes for them until another one has looked. */
export async function askJunk(
  work: Work,
  { ids, reason }: { ids: readonly string[]; reason: string },
): Promise<{ count: number }> {
  const rows = await findAll(work, ids)
  demand(distinct(rows.flatMap((row) => againstMovingObjection(work.actor, row, 'askJunk'))))
  for (const row of rows)
    await changeObjection(work, row, 'askJunk', {
      text: reason,
      values: { junkReason: reason, junkAskedBy: work.actor.personId },
    })
  return { count: rows.length }
}

/** The second person: junk is closed with its reason and stays on record; what is none goes back into the queue. */
export async function judgeJunk(
  work: Work,
  { ids, action }: { ids: readonly string[]; action: 'confirm' | 'drop' },
): Promise<{ count: number }> {
  const rows = await findAll(work, ids)
  const move = action === 'confirm' ? 'confirmJunk' : 'dropJunk'
  demand(distinct(rows.flatMap((row) => againstMovingObjection(work.actor, row, move, row))))
  for (const row of rows)
    await changeObjection(work, row, move, { text: '', values: tracesOf(move, '', undefined, work.now) })
  return { count: rows.length }
}

const distinct = <R extends { message: string }>(reasons: readonly R[]): R[] => [
  ...new Map(reasons.map((one) => [one.message, one])).values(),
]

/** Tells the school what the bureau wants to know, in the bureau's words; a later question takes the place of the earlier one. */
export async function askSchool(work: Work, id: string, { text, seen }: { text: string; seen: string }) {
  const objection = await findObjection(work, id)
  demand([
    ...againstUnseen(seen, objection.updatedAt, '请学校说明', '这件异议'),
    ...againstAskingSchool(work.actor, objection),
  ])
  await recordTalk(work, objection, 'askSchool', { text, values: { schoolAsked: text, schoolAskedAt: work.now } })
  return { ok: true } as const
}

export async function answerAsSchool(work: Work, id: string, { text, seen }: { text: string; seen: string }) {
  const objection = await findObjection(work, id)
  demand([
    ...againstSchoolAnswering(work.actor, objection),
    ...againstUnseen(seen, objection.updatedAt, '说明', '这件异议'),
  ])
  await recordTalk(work, objection, 'answerSchool', {
    text,
    values: { schoolAnswer: text, schoolAnsweredAt: work.now },
  })
  return { ok: true } as const
}

async function recordTalk(
  work: Work,
  objection: ObjectionRow,
  action: keyof typeof objectionTalk,
  { text, values }: { text: string; values: Partial<ObjectionRow> },
): Promise<void> {
  await liftSeal(work, 'objection', objection.id)
  await updateObjection(work, objection, values)
  await insertStep(work, objection.id, { action, text })
  const event = action === 'askSchool' ? 'objection.schoolAsked' : 'objection.schoolAnswered'
  work.record(event, 'objection', objection.id, {
    digest: await sealRow(work, 'objection', objection.id),
    ...(objection.schoolId ? { schoolId: objection.schoolId } : {}),
  })
}
