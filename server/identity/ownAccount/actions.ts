import { askOwner, moveAccount } from '#server/identity/access/actions.ts'
import { keepOwnersWord } from '#server/identity/accountRequest/actions.ts'
import { found, refuse } from '#server/kernel/problem.ts'
import { endSessions, type SignedIn } from '#server/kernel/session.ts'
import type { Work } from '#server/kernel/work.ts'
import { findMyReset } from './queries.ts'

/** The owner's word on a password that a slip set: theirs, or not, which closes the account until an administrator has looked. */
export async function confirmReset(work: Work, personId: string, isMine: boolean): Promise<void> {
  const reset = found(await findMyReset(work))
  await askOwner(work, personId, null)
  await keepOwnersWord(work, { requestId: reset.id, personId, isMine })
  if (!isMine) await moveAccount(work, personId, 'disabled', '本人否认重设密码')
}

/** Ends one of one's own sessions, or all but the present one. */
export async function endMySessions(
  work: Work,
  signedIn: SignedIn,
  which: { only?: string; except?: string },
): Promise<void> {
  const ended = await endSessions(work, signedIn.personId, which)
  if (which.only && ended === 0) throw refuse('stateChanged', '这个登录已经结束。')
  work.record('session.ended', 'person', signedIn.personId, { ended })
}
