import { notBarred } from '#server/identity/recusal/queries.ts'
import { found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

/** The wishes that wait for their second person, by award. */
export async function readAsked(db: ReadOnly, awardIds: readonly string[]) {
  const rows = await db
    .selectFrom('revocation')
    .innerJoin('person', 'person.id', 'revocation.askedBy')
    .select(['revocation.id', 'awardId', 'kind', 'reason', 'askedBy', 'person.name as askedByName'])
    .where('awardId', 'in', awardIds)
    .where('outcome', '=', 'asked')
    .execute()
  return new Map(rows.map((row) => [row.awardId, row]))
}

const revocations = (look: Look) =>
  look.db
    .selectFrom('revocation')
    .innerJoin('award', 'award.id', 'revocation.awardId')
    .innerJoin('school', 'school.id', 'award.schoolId')
    .innerJoin('cycle', 'cycle.id', 'award.cycleId')
    .innerJoin('person as asker', 'asker.id', 'revocation.askedBy')
    .leftJoin('person as decider', 'decider.id', 'revocation.decidedBy')
    .selectAll('revocation')
    .select([
      'award.bureauId',
      'award.cycleId',
      'award.schoolId',
      'award.state as awardState',
      'award.validUntil',
      'school.name as schoolName',
      'cycle.awardTitle',
      'cycle.year',
      'asker.name as askedByName',
      'decider.name as decidedByName',
    ])
    .where('award.bureauId', '=', look.actor.bureauId)

type RevocationFound = Awaited<ReturnType<ReturnType<typeof revocations>['execute']>>[number]

export const subjectOf = (row: RevocationFound) => ({
  bureauId: row.bureauId,
  state: row.awardState,
  validUntil: row.validUntil,
  asked: row.outcome === 'asked' ? { kind: row.kind, askedBy: row.askedBy } : undefined,
})

export async function findRevocation(look: Look, id: string): Promise<RevocationFound> {
  return found(await revocations(look).where('revocation.id', '=', id).executeTakeFirst())
}

/** Every wish of the bureau, the newest first, without schools that the reader has recused from. */
export const listRevocations = (look: Look) =>
  revocations(look)
    .where(notBarred(look, 'award.cycleId', 'award.schoolId'))
    .orderBy('revocation.askedAt', 'desc')
    .limit(200)
    .execute()

/** Wishes of others that wait for a second person, the first fifty. */
export const listAskedByOthers = (look: Look) =>
  revocations(look)
    .where(notBarred(look, 'award.cycleId', 'award.schoolId'))
    .where('revocation.outcome', '=', 'asked')
    .where('revocation.askedBy', '!=', look.actor.personId)
    .orderBy('revocation.askedAt')
    .limit(50)
    .execute()

export const readApplicationState = async (db: ReadOnly, id: string) =>
  found(await db.selectFrom('application').select('state').where('id', '=', id).executeTakeFirst()).state
