import { againstMovingRecommendation, isValid } from '#domain/award/award.ts'
import { canonical } from '#domain/base/canonical.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import {
  type RecommendationAction,
  recommendationLife,
  type RecommendationState,
} from '#domain/award/recommendationLife.ts'
import { againstUnseen } from '#domain/base/refusal.ts'
import { findAward, heldAwards } from '#server/award/certificate/queries.ts'
import { readCycle } from '#server/year/cycle/queries.ts'
import { againstBarred } from '#server/identity/recusal/queries.ts'
import { changedOne, demand, found, refuse } from '#server/kernel/problem.ts'
import { liftSeal, sealRow } from '#server/kernel/seal.ts'
import { sha256, type Work } from '#server/kernel/work.ts'

/** Passes a brand that holds its award upward, within the share that rule 15 allows. */
export async function select(
  work: Work,
  chosen: { awardId: string; targetLevel: 'city' | 'province' },
): Promise<{ id: string }> {
  const award = await findAward(work, chosen.awardId)
  demand(await againstBarred(work, award))
  if (!isValid(award, work.today)) throw refuse('notInThisState', '只能推荐已经公布、没有撤销、还在有效期内的品牌。')
  const cycle = await readCycle(work.db, award.cycleId)
  await demandShare(work, { ...cycle, targetLevel: chosen.targetLevel })
  const id = work.newId()
  await work.tx
    .insertInto('recommendation')
    .values({
      id,
      bureauId: award.bureauId,
      cycleId: award.cycleId,
      awardId: award.id,
      schoolId: award.schoolId,
      targetLevel: chosen.targetLevel,
      state: recommendationLife.first,
      package: '',
      digest: null,
      outcome: '',
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()
  work.record('recommendation.selected', 'recommendation', id, {
    schoolId: award.schoolId,
    targetLevel: chosen.targetLevel,
    digest: await sealRow(work, 'recommendation', id),
  })
  return { id }
}

async function demandShare(
  work: Work,
  cycle: { id: string; settings: { recommendationShare: number }; targetLevel: string },
): Promise<void> {
  const awarded = await heldAwards(work.db, cycle.id)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirst()
  const selected = await work.db
    .selectFrom('recommendation')
    .innerJoin('award', 'award.id', 'recommendation.awardId')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('recommendation.cycleId', '=', cycle.id)
    .where('targetLevel', '=', cycle.targetLevel)
    // What was withdrawn, or whose award was taken back, leaves its place to another.
    .where('recommendation.state', '!=', 'withdrawn')
    .where('award.state', '=', 'conferred')
    .executeTakeFirst()
  const most = Math.max(1, Math.floor((Number(awarded?.count ?? 0) * cycle.settings.recommendationShare) / 100))
  if (Number(selected?.count ?? 0) >= most)
    throw refuse(
      'invalid',
      `向同一级最多推荐 ${most} 所（已公布的 ${cycle.settings.recommendationShare}%），名额已用完。`,
    )
}

const noteWanted: Partial<Record<RecommendationAction, string>> = {
  return: '请写明上级退回的理由。',
  withdraw: '请写明撤回推荐的理由。',
  retract: '请写明撤回结果登记的理由。',
}

/** Moves a recommendation; packaging bundles the frozen application with its digest, so that the upper level can check it. */
export async function recommend(
  work: Work,
  id: string,
  { action, note, seen }: { action: RecommendationAction; note: string; seen?: string },
): Promise<{ ok: true }> {
  const row = found(
    await work.db
      .selectFrom('recommendation')
      .innerJoin('award', 'award.id', 'recommendation.awardId')
      .selectAll('recommendation')
      .select('award.state as awardState')
      .where('recommendation.id', '=', id)
      .where('recommendation.bureauId', '=', work.actor.bureauId)
      .executeTakeFirst(),
  )
  const state = row.state as RecommendationState
  demand([
    ...(await againstBarred(work, row)),
    ...(seen === undefined ? [] : againstUnseen(seen, row.updatedAt, recommendationLife.actions[action], '这件推荐')),
    ...againstMovingRecommendation(work.actor, { ...row, state }, action),
  ])
  const why = noteWanted[action]
  if (why && note === '') throw refuse('reasonMissing', why, { field: 'note' })
  const bundle = action === 'package' ? await bundleOf(work, row.awardId) : undefined
  const to = nextState(recommendationLife, state, action) ?? state
  await liftSeal(work, 'recommendation', id, note)
  changedOne(
    await work.tx
      .updateTable('recommendation')
      .set({ state: to, updatedAt: work.now, ...(note ? { outcome: note } : {}), ...bundle })
      .where('id', '=', id)
      .where('state', '=', state)
      .executeTakeFirstOrThrow(),
  )
  work.record(`recommendation.${action}`, 'recommendation', id, {
    schoolId: row.schoolId,
    from: state,
    to,
    ...(note ? { reason: note } : {}),
    digest: await sealRow(work, 'recommendation', id),
  })
  return { ok: true }
}

async function bundleOf(work: Work, awardId: string): Promise<{ package: string; digest: string }> {
  const row = found(
    await work.db
      .selectFrom('award')
      .innerJoin('application', 'application.id', 'award.applicationId')
      .select([
        'award.certificate',
        'award.certificateDigest',
        'application.receiptNumber',
        'application.frozen as application',
        'application.digest as applicationDigest',
      ])
      .where('award.id', '=', awardId)
      .executeTakeFirst(),
  )
  const text = canonical({ ...row })
  return { package: text, digest: sha256(text) }
}
