import { againstMovingRecommendation, isHeld } from '#domain/award/award.ts'
import { recommendationLife } from '#domain/award/recommendationLife.ts'
import { movesOf } from '#domain/base/lifecycle.ts'
import type { Look } from '#server/kernel/work.ts'
import { listRecommendations } from './queries.ts'

export async function showRecommendations(look: Look, year?: number) {
  const rows = await listRecommendations(look, year)
  return rows.map((row) => ({
    id: row.id,
    schoolName: row.schoolName,
    brandName: row.brandName ?? '',
    targetLevel: row.targetLevel,
    state: row.state,
    awardRevoked: !isHeld({ state: row.awardState }),
    digest: row.digest,
    outcome: row.outcome,
    updatedAt: row.updatedAt,
    moves: movesOf(recommendationLife, row.state, (action) => againstMovingRecommendation(look.actor, row, action)),
  }))
}
