import { ABSOLUTE_HOURS, IDLE_MINUTES } from '#server/kernel/session.ts'
import type { Look } from '#server/kernel/work.ts'

/** By whom and why a slip was released for the own account whose new password still waits to be confirmed. */
export const findMyReset = (look: Look) =>
  look.db
    .selectFrom('account')
    .innerJoin('accountRequest', 'accountRequest.id', 'account.resetId')
    .innerJoin('person as asker', 'asker.id', 'accountRequest.askedBy')
    .leftJoin('person as decider', 'decider.id', 'accountRequest.decidedBy')
    .select([
      'accountRequest.id',
      'accountRequest.reason',
      'accountRequest.askedAt',
      'accountRequest.decidedAt',
      'asker.name as askedByName',
      'decider.name as decidedByName',
    ])
    .where('account.personId', '=', look.actor.personId)
    .executeTakeFirst()

/** The person's sessions that still let in, the latest first. */
export async function listMySessions(look: Look) {
  const now = Date.parse(look.now)
  const idleSince = new Date(now - IDLE_MINUTES * 60_000).toISOString()
  const bornAfter = new Date(now - ABSOLUTE_HOURS * 3_600_000).toISOString()
  return look.db
    .selectFrom('session')
    .select(['id', 'createdAt', 'lastSeenAt', 'source', 'device'])
    .where('personId', '=', look.actor.personId)
    .where('endedAt', 'is', null)
    .where('lastSeenAt', '>=', idleSince)
    .where('createdAt', '>=', bornAfter)
    .orderBy('lastSeenAt', 'desc')
    .execute()
}
