import { againstAskingRevocation, againstConfirmingRevocation } from '#domain/award/award.ts'
import { againstOffice } from '#domain/base/actor.ts'
import { againstUnseen, refusal } from '#domain/base/refusal.ts'
import { moveApplication } from '#server/application/application/actions.ts'
import { changeAward, tellWithoutConferral } from '#server/award/certificate/actions.ts'
import { findAward, heldAwards, readQuota } from '#server/award/certificate/queries.ts'
import { readCycle } from '#server/year/cycle/queries.ts'
import { findLatestResult } from '#server/award/decision/queries.ts'
import { againstBarred } from '#server/identity/recusal/queries.ts'
import { changedOne, demand, found, refuse } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { findRevocation, readAsked, type RevocationKind, subjectOf } from './queries.ts'

/** Somebody of the office wishes to take an award back, or to take that back; nothing changes until another person confirms. */
export async function ask(
  work: Work,
  awardId: string,
  kind: RevocationKind,
  { reason, seen }: { reason: string; seen: string },
): Promise<{ ok: true }> {
  const award = await findAward(work, awardId)
  const asked = (await readAsked(work.db, [awardId])).get(awardId)
  demand([
    ...(await againstBarred(work, award)),
    ...againstUnseen(seen, award.updatedAt, kind === 'revoke' ? '撤销' : '更正撤销'),
    ...againstAskingRevocation(work.actor, { ...award, asked }, kind, work.today),
  ])
  const id = work.newId()
  await work.tx
    .insertInto('revocation')
    .values({
      id,
      awardId,
      kind,
      reason,
      askedBy: work.actor.personId,
      askedAt: work.now,
      outcome: 'asked',
      decidedBy: null,
      decidedAt: null,
    })
    .execute()
  work.record(kind === 'revoke' ? 'award.revokeAsked' : 'award.restoreAsked', 'award', awardId, {
    schoolId: award.schoolId,
    reason,
  })
  return { ok: true }
}

/** The second person confirms, and it takes effect everywhere at once; or the office drops the wish. */
export async function judge(work: Work, id: string, action: 'confirm' | 'drop'): Promise<{ ok: true }> {
  const row = await findRevocation(work, id)
  demand(await againstBarred(work, row))
  if (row.outcome !== 'asked') throw refuse('stateChanged')
  demand(
    action === 'confirm'
      ? againstConfirmingRevocation(work.actor, subjectOf(row))
      : againstOffice(work.actor, { bureauId: row.bureauId }),
  )
  changedOne(
    await work.tx
      .updateTable('revocation')
      .set({
        outcome: action === 'confirm' ? 'confirmed' : 'dropped',
        decidedBy: work.actor.personId,
        decidedAt: work.now,
      })
      .where('id', '=', id)
      .where('outcome', '=', 'asked')
      .executeTakeFirstOrThrow(),
  )
  const award = await findAward(work, row.awardId)
  if (action === 'drop') {
    work.record('award.revocationDropped', 'award', award.id, { schoolId: award.schoolId, reason: row.reason })
    return { ok: true }
  }
  if (row.kind === 'revoke') await revoke(work, award, row.reason)
  else await restore(work, award, row.reason)
  return { ok: true }
}

type Award = Awaited<ReturnType<typeof findAward>>

async function revoke(work: Work, award: Award, reason: string): Promise<void> {
  await changeAward(work, award, 'revoke', { revokedReason: reason }, reason)
  const { applicationId: id, schoolId } = award
  if (award.state === 'conferred') {
    const application = await stateOf(work, id)
    if (application === 'awarded') await moveApplication(work, { id, schoolId, state: 'awarded' }, 'revoke')
    return
  }
  const result = await findLatestResult(work.db, award.cycleId)
  if (result?.state === 'final') await tellWithoutConferral(work, award.cycleId)
}

/** The place may have been filled meanwhile: then it must be freed first. */
async function restore(work: Work, award: Award, reason: string): Promise<void> {
  const cycle = await readCycle(work.db, award.cycleId)
  const { most, reason: counted } = await readQuota(work.db, cycle)
  const held = await heldAwards(work.db, award.cycleId).select('award.schoolId').execute()
  demand([
    ...(held.length >= most ? [refusal('invalid', `名额已经补满，不能恢复。${counted}`)] : []),
    ...(held.some((one) => one.schoolId === award.schoolId)
      ? [refusal('alreadyExists', '这所学校已经另外入选，不用恢复。')]
      : []),
  ])
  await changeAward(work, award, 'restore', { revokedReason: null }, reason)
  const { applicationId: id, schoolId } = award
  if ((await stateOf(work, id)) === 'revoked')
    await moveApplication(work, { id, schoolId, state: 'revoked' }, 'restore')
}

async function stateOf(work: Work, applicationId: string): Promise<string> {
  const row = await work.db.selectFrom('application').select('state').where('id', '=', applicationId).executeTakeFirst()
  return found(row).state
}
