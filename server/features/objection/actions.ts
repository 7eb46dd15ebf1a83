import { randomBytes } from 'node:crypto'
import { againstHandler, againstMovingObjection, againstObjecting } from '#domain/award.ts'
import { nextState } from '#domain/lifecycle.ts'
import type { NoticeState } from '#domain/lifecycles/notice.ts'
import { type ObjectionAction, objectionLife } from '#domain/lifecycles/objection.ts'
import { changedOne, demand, found } from '#server/kernel/problem.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import { findObjection, listBureauPeople } from './store.ts'

export interface ObjectionWords {
  name: string
  phone: string
  schoolId: string | null
  content: string
}

/** Takes an objection to a posted notice; the receipt code is told once and kept only as a hash. */
export async function objectTo(
  work: Work,
  notice: { id: string; bureauId: string; cycleId: string },
  words: ObjectionWords,
): Promise<string> {
  const posted = await work.db
    .selectFrom('notice')
    .select(['state', 'endsOn'])
    .where('id', '=', notice.id)
    .executeTakeFirst()
  const { state, endsOn } = found(posted)
  demand(againstObjecting({ state: state as NoticeState, endsOn }, work.today))
  const receipt = randomBytes(8).toString('hex').toUpperCase()
  const id = work.newId()
  await work.tx
    .insertInto('objection')
    .values({
      id,
      bureauId: notice.bureauId,
      cycleId: notice.cycleId,
      noticeId: notice.id,
      receiptHash: sha256(receipt),
      ...words,
      state: objectionLife.first,
      receivedAt: work.now,
      handlerId: null,
      admission: '',
      decision: '',
      reply: '',
      repliedAt: null,
    })
    .execute()
  work.record('objection.received', 'objection', id)
  return receipt
}

export async function moveObjection(
  work: Work,
  id: string,
  action: ObjectionAction,
  given: { text?: string; handlerId?: string },
): Promise<{ ok: true }> {
  const objection = await findObjection(work, id)
  demand(againstMovingObjection(work.actor, objection, action))
  if (given.handlerId) demand(await againstAssigning(work, objection, given.handlerId))
  const to = nextState(objectionLife, objection.state, action) ?? objection.state
  const text = given.text ?? ''
  const traces = {
    admit: { admission: text },
    dismiss: { admission: text },
    assign: { handlerId: given.handlerId ?? null },
    decide: { decision: text },
    reply: { reply: text, repliedAt: work.now },
  }[action]
  changedOne(
    await work.tx
      .updateTable('objection')
      .set({ state: to, ...traces })
      .where('id', '=', id)
      .where('state', '=', objection.state)
      .executeTakeFirstOrThrow(),
  )
  work.record(`objection.${action}`, 'objection', id, { from: objection.state, to })
  return { ok: true }
}

async function againstAssigning(
  work: Work,
  objection: { bureauId: string; schoolId: string | null },
  handlerId: string,
) {
  const person = found(
    await work.db
      .selectFrom('person')
      .select(['id', 'name'])
      .where('id', '=', handlerId)
      .where('bureauId', '=', objection.bureauId)
      .executeTakeFirst(),
  )
  const schoolId = objection.schoolId ?? ''
  const works = await work.db
    .selectFrom('roleGrant')
    .select('id')
    .where('personId', '=', handlerId)
    .where('organizationId', '=', schoolId)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  const reviewed = await work.db
    .selectFrom('scoreSheet')
    .select('id')
    .where('reviewerId', '=', handlerId)
    .where('schoolId', '=', schoolId)
    .executeTakeFirst()
  const ofBureau = (await listBureauPeople(work)).some((one) => one.personId === handlerId)
  return againstHandler({
    ofBureau,
    worksThere: works !== undefined,
    reviewedIt: reviewed !== undefined,
    name: person.name,
  })
}
