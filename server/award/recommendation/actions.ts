import { againstMissingNote, againstMovingRecommendation, againstShare, isValid } from '#domain/award/award.ts'
import { canonical } from '#domain/base/canonical.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { type RecommendationAction, recommendationLife, type TargetLevel } from '#domain/award/recommendationLife.ts'
import { againstUnseen } from '#domain/base/refusal.ts'
import { findAward, listHeld } from '#server/award/certificate/queries.ts'
import { readCycle } from '#server/year/cycle/queries.ts'
import { againstBarred } from '#server/identity/recusal/queries.ts'
import { demand, refuse } from '#server/kernel/problem.ts'
import { liftSeal, sealRow } from '#server/kernel/seal.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import { countSelected, findRecommendation, readBundle } from './queries.ts'
import { insertRecommendation, updateRecommendation } from './writes.ts'

/** Passes a brand that holds its award upward, within the share that rule 15 allows. */
export async function selectRecommendation(
  work: Work,
  { awardId, targetLevel }: { awardId: string; targetLevel: TargetLevel },
): Promise<{ id: string }> {
  const award = await findAward(work, awardId)
  demand(await againstBarred(work, award))
  if (!isValid(award, work.today)) throw refuse('notInThisState', '只能推荐已经公布、没有撤销、还在有效期内的品牌。')
  const { bureauId, cycleId, schoolId } = award
  const { settings } = await readCycle(work.db, cycleId)
  const awarded = (await listHeld(work.db, cycleId)).length
  const selected = await countSelected(work.db, cycleId, targetLevel)
  demand(againstShare({ awarded, selected }, settings.recommendationShare))
  const id = work.newId()
  await insertRecommendation(work, { id, bureauId, cycleId, awardId, schoolId, targetLevel })
  work.record('recommendation.selected', 'recommendation', id, {
    schoolId,
    targetLevel,
    digest: await sealRow(work, 'recommendation', id),
  })
  return { id }
}

/** Moves a recommendation; packaging bundles the frozen application with its digest, so that the upper level can check it. */
export async function moveRecommendation(
  work: Work,
  id: string,
  { action, note, seen }: { action: RecommendationAction; note: string; seen?: string },
): Promise<{ ok: true }> {
  const row = await findRecommendation(work, id)
  demand([
    ...(await againstBarred(work, row)),
    ...(seen === undefined ? [] : againstUnseen(seen, row.updatedAt, recommendationLife.actions[action], '这件推荐')),
    ...againstMovingRecommendation(work.actor, row, action),
  ])
  demand(againstMissingNote(action, note))
  const bundle = action === 'package' ? await bundleOf(work, row.awardId) : undefined
  const to = nextState(recommendationLife, row.state, action) ?? row.state
  await liftSeal(work, 'recommendation', id, note)
  await updateRecommendation(work, row, { to, values: { ...(note ? { outcome: note } : {}), ...bundle } })
  work.record(`recommendation.${action}`, 'recommendation', id, {
    schoolId: row.schoolId,
    from: row.state,
    to,
    ...(note ? { reason: note } : {}),
    digest: await sealRow(work, 'recommendation', id),
  })
  return { ok: true }
}

async function bundleOf(work: Work, awardId: string): Promise<{ package: string; digest: string }> {
  const text = canonical(await readBundle(work.db, awardId))
  return { package: text, digest: sha256(text) }
}
