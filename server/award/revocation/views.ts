import { againstConfirmingRevocation } from '#domain/award/award.ts'
import { hasRole, isOffice } from '#domain/base/actor.ts'
import { refusal } from '#domain/base/refusal.ts'
import type { Todo } from '#contract/home/todo.ts'
import type { Look } from '#server/kernel/work.ts'
import { listAskedByOthers, listRevocations, subjectOf } from './queries.ts'

export async function showRevocations(look: Look) {
  const rows = await listRevocations(look)
  return rows.map((row) => ({
    id: row.id,
    awardId: row.awardId,
    schoolName: row.schoolName,
    title: `${row.year} 年度 ${row.awardTitle}`,
    kind: row.kind,
    reason: row.reason,
    askedByName: row.askedByName,
    askedAt: row.askedAt,
    outcome: row.outcome,
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
  if (!hasRole(look.actor, 'office', 'leader')) return []
  const rows = await listAskedByOthers(look)
  return rows.map((row) => ({
    id: `revocation:${row.id}`,
    kind: 'revocationToConfirm',
    title: row.kind === 'revoke' ? `待确认撤销：${row.schoolName}` : `待确认更正撤销：${row.schoolName}`,
    detail: row.reason,
    href: '/console/revocations',
  }))
}
