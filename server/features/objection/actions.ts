import { createHmac, randomBytes } from 'node:crypto'
import { canonical } from '#domain/canonical.ts'
import { againstHandler, againstMovingObjection, againstObjecting } from '#domain/award.ts'
import { nextState } from '#domain/lifecycle.ts'
import type { NoticeState } from '#domain/lifecycles/notice.ts'
import { type ObjectionAction, objectionLife } from '#domain/lifecycles/objection.ts'
import { changedOne, demand, found } from '#server/kernel/problem.ts'
import { liftSeal, sealRow } from '#server/kernel/seal.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import { findObjection, listBureauPeople } from './store.ts'

export interface ObjectionWords {
  name: string
  phone: string
  schoolId: string | null
  content: string
}

const receiptKey = randomBytes(32)

/** 64 bits that nobody guesses; the same words sent twice have the same, as long as the process lives. */
const receiptOf = (noticeId: string, words: ObjectionWords): string =>
  createHmac('sha256', receiptKey)
    .update(canonical({ noticeId, ...words }))
    .digest('hex')
    .slice(0, 16)
    .toUpperCase()

/**
 * Takes an objection to a posted notice; the receipt code is told once and kept only as a hash. A button pressed twice, or a page
 * sent again, gets the receipt of the objection that is in already.
 */
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
  const receipt = receiptOf(notice.id, words)
  const receiptHash = sha256(receipt)
  const known = await work.db
    .selectFrom('objection')
    .select('id')
    .where('receiptHash', '=', receiptHash)
    .executeTakeFirst()
  if (known) {
    work.record('objection.repeated', 'objection', known.id)
    return receipt
  }
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
      state: objectionLife.first,
      receivedAt: work.now,
      handlerId: null,
      admission: '',
      decision: '',
      reply: '',
      repliedAt: null,
    })
    .execute()
  work.record('objection.received', 'objection', id, { digest: await sealRow(work, 'objection', id) })
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
  await liftSeal(work, 'objection', id)
  changedOne(
    await work.tx
      .updateTable('objection')
      .set({ state: to, ...traces })
      .where('id', '=', id)
      .where('state', '=', objection.state)
      .executeTakeFirstOrThrow(),
  )
  const digest = await sealRow(work, 'objection', id)
  work.record(`objection.${action}`, 'objection', id, { from: objection.state, to, digest })
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
