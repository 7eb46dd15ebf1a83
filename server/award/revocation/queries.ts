import { againstConfirmingRevocation } from '#domain/award/award.ts'
import { isOffice } from '#domain/base/actor.ts'
import type { AwardState } from '#domain/award/awardLife.ts'
import { refusal } from '#domain/base/refusal.ts'
import type { Todo } from '#contract/home/todo.ts'
import { notBarred } from '#server/identity/recusal/queries.ts'
import { found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

export type RevocationKind = 'revoke' | 'restore'
export type RevocationOutcome = 'asked' | 'confirmed' | 'dropped'

/** The wishes that wait for their second person, by award. */
export async function readAsked(db: ReadOnly, awardIds: readonly string[]) {
  const rows = await db
    .selectFrom('revocation')
    .innerJoin('person', 'person.id', 'revocation.askedBy')
    .select(['revocation.id', 'awardId', 'kind', 'reason', 'askedBy', 'person.name as askedByName'])
    .where('awardId', 'in', awardIds)
    .where('outcome', '=', 'asked' satisfies RevocationOutcome)
    .execute()
  return new Map(rows.map((row) => [row.awardId, { ...row, kind: row.kind as RevocationKind }]))
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
  state: row.awardState as AwardState,
  validUntil: row.validUntil,
  asked: row.outcome === 'asked' ? { kind: row.kind as RevocationKind, askedBy: row.askedBy } : undefined,
})

export async function findRevocation(look: Look, id: string): Promise<RevocationFound> {
  return found(await revocations(look).where('revocation.id', '=', id).executeTakeFirst())
}

export async function listRevocationRows(look: Look) {
  const rows = await revocations(look)
    .where(notBarred(look, 'award.cycleId', 'award.schoolId'))
    .orderBy('revocation.askedAt', 'desc')
    .limit(200)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    awardId: row.awardId,
    schoolName: row.schoolName,
    title: `${row.year} 年度 ${row.awardTitle}`,
    kind: row.kind as RevocationKind,
    reason: row.reason,
    askedByName: row.askedByName,
    askedAt: row.askedAt,
    outcome: row.outcome as RevocationOutcome,
    decidedByName: row.decidedByName,
    decidedAt: row.decidedAt,
    moves:
      row.outcome === 'asked'
        ? {
            confirm: againstConfirmingRevocation(look.actor, subjectOf(row)),
            drop: isOffice(look.actor, row.bureauId) ? [] : [refusal('roleMissing', '须由局党工委办办理。')],
          }
        : {},
  }))
}

/** A revocation that somebody else asked for waits for this person. */
export async function listRevocationTodos(look: Look): Promise<Todo[]> {
  if (!look.actor.grants.some((one) => one.role === 'office' || one.role === 'leader')) return []
  const rows = await revocations(look)
    .where(notBarred(look, 'award.cycleId', 'award.schoolId'))
    .where('revocation.outcome', '=', 'asked')
    .where('revocation.askedBy', '!=', look.actor.personId)
    .orderBy('revocation.askedAt')
    .limit(50)
    .execute()
  return rows.map((row) => ({
    id: `revocation:${row.id}`,
    kind: 'revocationToConfirm',
    title: row.kind === 'revoke' ? `待确认撤销：${row.schoolName}` : `待确认更正撤销：${row.schoolName}`,
    detail: row.reason,
    href: '/console/revocations',
  }))
}
