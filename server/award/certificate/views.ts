import { againstAskingRevocation, isValid, type RevocationKind } from '#domain/award/award.ts'
import { awardLife } from '#domain/award/awardLife.ts'
import { type Actor, isOffice } from '#domain/base/actor.ts'
import { movesOf } from '#domain/base/lifecycle.ts'
import { outcomeWords } from '#domain/year/outcome.ts'
import { readAsked } from '#server/award/revocation/queries.ts'
import type { Look } from '#server/kernel/work.ts'
import { type AwardFound, listAwardRows, listOwnRows } from './queries.ts'

export const listAwards = async (look: Look, cycleId: string) =>
  shownAwards(look, await listAwardRows(look.db, cycleId))

export const listOwnAwards = async (look: Look, schoolId: string, year?: number) =>
  shownAwards(look, await listOwnRows(look, schoolId, year))

async function shownAwards(look: Look, rows: readonly AwardFound[]) {
  const asked = await readAsked(
    look.db,
    rows.map((row) => row.id),
  )
  return rows.map((row) => {
    const wish = asked.get(row.id)
    return {
      id: row.id,
      schoolId: row.schoolId,
      schoolName: row.schoolName,
      stage: row.stage,
      brandName: row.brandName ?? '',
      grade: row.grade,
      state: row.state,
      outcomeKind: row.outcomeKind,
      valid: isValid(row, look.today),
      certificateNumber: row.certificateNumber,
      documentNumber: row.documentNumber,
      conferredOn: row.conferredOn,
      validUntil: row.validUntil,
      revokedReason: row.state === 'revoked' ? row.revokedReason : null,
      asked:
        wish && isOffice(look.actor, row.bureauId)
          ? {
              kind: wish.kind,
              reason: wish.reason,
              askedByName: wish.askedByName,
              own: wish.askedBy === look.actor.personId,
            }
          : null,
      updatedAt: row.updatedAt,
      moves: isOffice(look.actor, row.bureauId) ? awardMoves(look.actor, row, wish, look.today) : {},
    }
  })
}

function awardMoves(
  actor: Actor,
  row: AwardFound,
  asked: { kind: RevocationKind; askedBy: string } | undefined,
  today: string,
) {
  const subject = { ...row, graded: outcomeWords(row.outcomeKind).graded, asked }
  return movesOf(awardLife, subject.state, (action) =>
    action === 'revoke' || action === 'restore' ? againstAskingRevocation(actor, subject, action, today) : [],
  )
}
