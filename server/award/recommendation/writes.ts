import { recommendationLife, type RecommendationState } from '#domain/award/recommendationLife.ts'
import type { RecommendationRow } from '#server/db/tables/award.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

type NewRecommendation = Pick<RecommendationRow, 'id' | 'bureauId' | 'cycleId' | 'awardId' | 'schoolId' | 'targetLevel'>

export const insertRecommendation = (work: Work, recommendation: NewRecommendation) =>
  work.tx
    .insertInto('recommendation')
    .values({
      ...recommendation,
      state: recommendationLife.first,
      package: '',
      digest: null,
      outcome: '',
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()

/** Moves a recommendation on from the state it was read in. */
export async function updateRecommendation(
  work: Work,
  recommendation: Pick<RecommendationRow, 'id' | 'state'>,
  { to, values }: { to: RecommendationState; values: Partial<RecommendationRow> },
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('recommendation')
      .set({ state: to, updatedAt: work.now, ...values })
      .where('id', '=', recommendation.id)
      .where('state', '=', recommendation.state)
      .executeTakeFirstOrThrow(),
  )
}
