import type { Actor } from '#domain/base/actor.ts'
import { addWorkingDays } from '#domain/base/calendar.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { type ObjectionAction, objectionLife } from '#domain/award/objectionLife.ts'
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
import { isRecused, notBarred } from '#server/identity/recusal/queries.ts'
import { readTies } from '#server/review/sheet/queries.ts'
import { changedOne, demand, found, Problem } from '#server/kernel/problem.ts'
import { liftSeal, sealRow } from '#server/kernel/seal.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import { findByReceipt, findObjection, listBureauPeople } from './queries.ts'

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
  const posted = await work.db
    .selectFrom('notice')
    .select(['state', 'endsOn'])
    .where('id', '=', notice.id)
    .executeTakeFirst()
  const { state, endsOn } = found(posted)
  demand([...againstObjecting({ state, endsOn }, work.today), ...againstObjectionWords(words)])
  const receiptHash = sha256(receipt)
  const known = await findByReceipt(work.db, receiptHash)
  if (known && known.content === words.content) return work.record('objection.repeated', 'objection', known.id)
  if (known)
    throw new Problem([refusal('alreadyExists', '这张表已经提交过一次。您新写的内容还在下面，请再按一次提交。')])
  const twin = await sameWords(work, notice.id, words)
  if (twin) {
    await work.tx
      .insertInto('objectionReceipt')
      .values({ receiptHash, objectionId: twin.id, createdAt: work.now })
      .execute()
    return work.record('objection.repeated', 'objection', twin.id)
  }
  // Without the next year's calendar no day is promised; the objection is taken all the same.
  const dueOn = addWorkingDays(work.today, ANSWER_DAYS, await readCalendar(work.db))
  const id = work.newId()
  await work.tx
    .insertInto('objection')
    .values({
      id,
      bureauId: notice.bureauId,
      cycleId: notice.cycleId,
      noticeId: notice.id,
      receiptHash,
      ...words,
      crowded: fromThere >= CROWD_OF_OBJECTIONS ? 1 : 0,
      state: objectionLife.first,
      receivedAt: work.now,
      dueOn: typeof dueOn === 'string' ? dueOn : null,
      handlerId: null,
      admitted: null,
      admission: '',
      decision: '',
      reply: '',
      repliedAt: null,
      junkReason: '',
      junkAskedBy: null,
      schoolAsked: '',
      schoolAskedAt: null,
      schoolAnswer: '',
      schoolAnsweredAt: null,
      updatedAt: work.now,
    })
    .execute()
  work.record('objection.received', 'objection', id, { digest: await sealRow(work, 'objection', id) })
}

/** The same person's same words by another form: one objection, which both receipts find. */
function sameWords(work: Work<Actor>, noticeId: string, { name, phone, schoolId, content }: ObjectionWords) {
  return work.db
    .selectFrom('objection')
    .select('id')
    .where('noticeId', '=', noticeId)
    .where('name', '=', name)
    .where('phone', '=', phone)
    .where('content', '=', content)
    .where((eb) => (schoolId === null ? eb('schoolId', 'is', null) : eb('schoolId', '=', schoolId)))
    .orderBy('receivedAt')
    .executeTakeFirst()
}

type Objection = Awaited<ReturnType<typeof findObjection>>

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
  if (given.handlerId) demand(await againstAssigning(work, objection, given.handlerId))
  const text = given.text ?? given.reason ?? ''
  await change(work, objection, action, text, tracesOf(action, text, given.handlerId, work.now))
  return { ok: true }
}

function tracesOf(action: ObjectionAction, text: string, handlerId: string | undefined, now: string) {
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
async function change(
  work: Work,
  objection: Pick<Objection, 'id' | 'state' | 'updatedAt'>,
  action: ObjectionAction,
  text: string,
  values: Partial<Objection>,
): Promise<void> {
  const to = nextState(objectionLife, objection.state, action) ?? objection.state
  await liftSeal(work, 'objection', objection.id)
  changedOne(
    await work.tx
      .updateTable('objection')
      .set({ ...values, state: to, updatedAt: work.now })
      .where('id', '=', objection.id)
      .where('state', '=', objection.state)
      .where('updatedAt', '=', objection.updatedAt)
      .executeTakeFirstOrThrow(),
  )
  await addStep(work, objection.id, action, text)
  const { handlerId } = values
  work.record(`objection.${action}`, 'objection', objection.id, {
    from: objection.state,
    to,
    digest: await sealRow(work, 'objection', objection.id),
    ...(handlerId ? { personId: handlerId } : {}),
  })
}

async function addStep(work: Work, objectionId: string, action: string, text: string): Promise<void> {
  await work.tx
    .insertInto('objectionStep')
    .values({ id: work.newId(), objectionId, at: work.now, personId: work.actor.personId, action, text })
    .execute()
}

async function againstAssigning(work: Work, objection: Objection, handlerId: string) {
  const person = found(
    await work.db
      .selectFrom('person')
      .select(['id', 'name'])
      .where('id', '=', handlerId)
      .where('bureauId', '=', objection.bureauId)
      .executeTakeFirst(),
  )
  const schoolId = objection.schoolId ?? ''
  const { bureauId } = objection
  const ties = await readTies(work.db, { personId: handlerId, name: person.name, bureauId }, work.today)
  const reviewed = await work.db
    .selectFrom('scoreSheet')
    .select('id')
    .where('reviewerId', '=', handlerId)
    .where('schoolId', '=', schoolId)
    .executeTakeFirst()
  return againstHandler({
    name: person.name,
    ofBureau: (await listBureauPeople(work)).some((one) => one.personId === handlerId),
    worksThere: ties.worksAt.includes(schoolId),
    reviewedIt: reviewed !== undefined,
    recused: await isRecused(work.db, handlerId, { cycleId: objection.cycleId, schoolId }),
    contactOf: ties.contactSchools.includes(schoolId),
    decided: await decidedBy(work, objection.noticeId, handlerId),
  })
}

/** Whether the person recorded the decision behind a notice or sealed the result behind that. */
async function decidedBy(work: Work, noticeId: string, personId: string): Promise<boolean> {
  const row = await work.db
    .selectFrom('notice')
    .innerJoin('decision', 'decision.id', 'notice.decisionId')
    .innerJoin('result', 'result.id', 'decision.resultId')
    .select(['decision.decidedBy', 'result.sealedBy'])
    .where('notice.id', '=', noticeId)
    .executeTakeFirst()
  return row !== undefined && (row.decidedBy === personId || row.sealedBy === personId)
}

async function several(work: Work, ids: readonly string[]): Promise<Objection[]> {
  const rows = await work.db
    .selectFrom('objection')
    .selectAll()
    .where('id', 'in', [...new Set(ids)])
    .where('bureauId', '=', work.actor.bureauId)
    .where(notBarred(work, 'objection.cycleId', 'objection.schoolId'))
    .execute()
  found(rows.length === new Set(ids).size || undefined)
  return rows
}

/** One person names many objections junk with one reason; nothing changes for them until another one has looked. */
export async function askJunk(
  work: Work,
  { ids, reason }: { ids: readonly string[]; reason: string },
): Promise<{ count: number }> {
  const rows = await several(work, ids)
  demand(distinct(rows.flatMap((row) => againstMovingObjection(work.actor, row, 'askJunk'))))
  for (const row of rows)
    await change(work, row, 'askJunk', reason, { junkReason: reason, junkAskedBy: work.actor.personId })
  return { count: rows.length }
}

/** The second person: junk is closed with its reason and stays on record; what is none goes back into the queue. */
export async function judgeJunk(
  work: Work,
  { ids, action }: { ids: readonly string[]; action: 'confirm' | 'drop' },
): Promise<{ count: number }> {
  const rows = await several(work, ids)
  const move = action === 'confirm' ? 'confirmJunk' : 'dropJunk'
  demand(distinct(rows.flatMap((row) => againstMovingObjection(work.actor, row, move, row))))
  for (const row of rows) await change(work, row, move, '', tracesOf(move, '', undefined, work.now))
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
  await say(work, objection, 'askSchool', text, { schoolAsked: text, schoolAskedAt: work.now })
  return { ok: true } as const
}

export async function answerAsSchool(work: Work, id: string, { text, seen }: { text: string; seen: string }) {
  const objection = await findObjection(work, id)
  demand([
    ...againstSchoolAnswering(work.actor, objection),
    ...againstUnseen(seen, objection.updatedAt, '说明', '这件异议'),
  ])
  await say(work, objection, 'answerSchool', text, { schoolAnswer: text, schoolAnsweredAt: work.now })
  return { ok: true } as const
}

async function say(
  work: Work,
  objection: Objection,
  action: 'askSchool' | 'answerSchool',
  text: string,
  values: Partial<Objection>,
): Promise<void> {
  await liftSeal(work, 'objection', objection.id)
  changedOne(
    await work.tx
      .updateTable('objection')
      .set({ ...values, updatedAt: work.now })
      .where('id', '=', objection.id)
      .where('updatedAt', '=', objection.updatedAt)
      .executeTakeFirstOrThrow(),
  )
  await addStep(work, objection.id, action, text)
  work.record(`objection.${action}`, 'objection', objection.id, {
    digest: await sealRow(work, 'objection', objection.id),
    ...(objection.schoolId ? { schoolId: objection.schoolId } : {}),
  })
}
