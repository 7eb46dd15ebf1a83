import {
  againstAskingRevocation,
  againstConfirmingRevocation,
  againstRestoring,
  type RevocationKind,
} from '#domain/award/award.ts'
import { againstOffice } from '#domain/base/actor.ts'
import { againstUnseen } from '#domain/base/refusal.ts'
import { moveApplication } from '#server/application/application/actions.ts'
import { changeAward, tellWithoutConferral } from '#server/award/certificate/actions.ts'
import { findAward, listHeld, readQuota } from '#server/award/certificate/queries.ts'
import { readCycle } from '#server/year/cycle/queries.ts'
import { findLatestResult } from '#server/award/decision/queries.ts'
import { againstBarred } from '#server/identity/recusal/queries.ts'
import { demand, refuse } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { findRevocation, readApplicationState, readAsked, subjectOf } from './queries.ts'
import { closeRevocation, insertRevocation } from './writes.ts'

/** Somebody of the office wishes to take an award back, or to take that back; nothing changes until another person confirms. */
export async function askRevocation(
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
  await insertRevocation(work, { id: work.newId(), awardId, kind, reason })
  work.record(kind === 'revoke' ? 'award.revokeAsked' : 'award.restoreAsked', 'award', awardId, {
    schoolId: award.schoolId,
    reason,
  })
  return { ok: true }
}

/** The second person confirms, and it takes effect everywhere at once; or the office drops the wish. */
export async function judgeRevocation(work: Work, id: string, action: 'confirm' | 'drop'): Promise<{ ok: true }> {
  const row = await findRevocation(work, id)
  demand(await againstBarred(work, row))
  if (row.outcome !== 'asked') throw refuse('stateChanged')
  demand(
    action === 'confirm'
      ? againstConfirmingRevocation(work.actor, subjectOf(row))
      : againstOffice(work.actor, { bureauId: row.bureauId }),
  )
  await closeRevocation(work, id, action === 'confirm' ? 'confirmed' : 'dropped')
  const award = await findAward(work, row.awardId)
  if (action === 'drop') {
    work.record('award.revocationDropped', 'award', award.id, { schoolId: award.schoolId, reason: row.reason })
    return { ok: true }
  }
  if (row.kind === 'revoke') await revokeAward(work, award, row.reason)
  else await restoreAward(work, award, row.reason)
  return { ok: true }
}

type Award = Awaited<ReturnType<typeof findAward>>

async function revokeAward(work: Work, award: Award, reason: string): Promise<void> {
  await changeAward(work, award, 'revoke', { revokedReason: reason }, reason)
  const { applicationId: id, schoolId } = award
  if (award.state === 'conferred') {
    const application = await readApplicationState(work.db, id)
    if (application === 'awarded') await moveApplication(work, { id, schoolId, state: 'awarded' }, 'revoke')
    return
  }
  const result = await findLatestResult(work.db, award.cycleId)
  if (result?.state === 'final') await tellWithoutConferral(work, award.cycleId)
}

async function restoreAward(work: Work, award: Award, reason: string): Promise<void> {
  const cycle = await readCycle(work.db, award.cycleId)
  demand(againstRestoring(award.schoolId, await listHeld(work.db, cycle.id), await readQuota(work.db, cycle)))
  await changeAward(work, award, 'restore', { revokedReason: null }, reason)
  const { applicationId: id, schoolId } = award
  if ((await readApplicationState(work.db, id)) === 'revoked')
    await moveApplication(work, { id, schoolId, state: 'revoked' }, 'restore')
}
