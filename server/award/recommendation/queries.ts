import { againstMovingRecommendation, isHeld } from '#domain/award/award.ts'
import { movesOf } from '#domain/base/lifecycle.ts'
import { recommendationLife, type RecommendationState } from '#domain/award/recommendationLife.ts'
import { chosenCycle } from '#server/year/cycle/queries.ts'
import { notBarred } from '#server/identity/recusal/queries.ts'
import type { Look } from '#server/kernel/work.ts'

/** The bundle of a recommendation that has been packaged; before that there is none. */
export function findPackage(look: Look, id: string) {
  return look.db
    .selectFrom('recommendation')
    .innerJoin('school', 'school.id', 'recommendation.schoolId')
    .select(['recommendation.id', 'recommendation.schoolId'])
    .select(['recommendation.package', 'recommendation.digest', 'school.name as schoolName'])
    .where('recommendation.id', '=', id)
    .where('recommendation.bureauId', '=', look.actor.bureauId)
    .where('recommendation.digest', 'is not', null)
    .where(notBarred(look, 'recommendation.cycleId', 'recommendation.schoolId'))
    .executeTakeFirst()
}

export async function listRecommendationRows(look: Look, year?: number) {
  const cycle = await chosenCycle(look, year)
  const rows = await look.db
    .selectFrom('recommendation')
    .innerJoin('school', 'school.id', 'recommendation.schoolId')
    .innerJoin('award', 'award.id', 'recommendation.awardId')
    .leftJoin('brand', 'brand.schoolId', 'recommendation.schoolId')
    .selectAll('recommendation')
    .select(['award.state as awardState', 'school.name as schoolName', 'brand.name as brandName'])
    .where('recommendation.bureauId', '=', look.actor.bureauId)
    .where(notBarred(look, 'recommendation.cycleId', 'recommendation.schoolId'))
    .$if(cycle !== undefined, (eb) => eb.where('recommendation.cycleId', '=', cycle?.id ?? ''))
    .orderBy('recommendation.createdAt', 'desc')
    .limit(500)
    .execute()
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
    moves: movesOf(recommendationLife, row.state as RecommendationState, (action) =>
      againstMovingRecommendation(
        look.actor,
        { bureauId: row.bureauId, state: row.state as RecommendationState, awardState: row.awardState },
        action,
      ),
    ),
  }))
}
