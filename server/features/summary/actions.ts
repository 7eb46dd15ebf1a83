import { ownSchoolId } from '#domain/actor.ts'
import { againstDrafting } from '#domain/actor.ts'
import { canonical } from '#domain/canonical.ts'
import { nextState } from '#domain/lifecycle.ts'
import { type SummaryAction, summaryLife } from '#domain/lifecycles/summary.ts'
import { againstMovingSummary } from '#domain/summary.ts'
import { cycleOf } from '#server/features/cycle/store.ts'
import { changedOne, demand, found, refuse } from '#server/kernel/problem.ts'
import { againstBroken, liftSeal, sealRow } from '#server/kernel/seal.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import { findSummary, insertSummary, readYearFacts } from './store.ts'

/** Answers the school's summary of the year, making an empty draft the first time while that year is open. */
export async function openOwnSummary(work: Work, year?: number): Promise<{ id: string }> {
  const schoolId = ownSchoolId(work.actor)
  const school = found(
    await work.db
      .selectFrom('school')
      .select(['id', 'bureauId'])
      .where('id', '=', schoolId ?? '')
      .executeTakeFirst(),
  )
  const cycle = await cycleOf(work, year)
  if (!cycle) throw refuse('windowClosed', '本年度还没有开启，暂不能写总结。')
  const existing = await work.db
    .selectFrom('summary')
    .select('id')
    .where('schoolId', '=', school.id)
    .where('cycleId', '=', cycle.id)
    .executeTakeFirst()
  if (!existing && cycle.state !== 'open')
    throw refuse(
      'cycleClosed',
      cycle.state === 'draft' ? `${cycle.title}还没有开启，暂不能写总结。` : `${cycle.title}没有写总结，年度已经结束。`,
    )
  const id =
    existing?.id ?? (await insertSummary(work, { schoolId: school.id, bureauId: school.bureauId, cycleId: cycle.id }))
  work.record(existing ? 'summary.opened' : 'summary.drafted', 'summary', id, { schoolId: school.id })
  return { id }
}

export interface SummaryText {
  achievements: string
  problems: string
  nextSteps: string
  updatedAt: string
}

/** Saves the draft; somebody else's newer save is never overwritten. */
export async function saveSummaryText(
  work: Work,
  id: string,
  { updatedAt, ...text }: SummaryText,
): Promise<{ updatedAt: string }> {
  const summary = await findSummary(work, id)
  demand(againstDrafting(work.actor, summary))
  if (summary.state !== 'draft')
    throw refuse('notInThisState', '总结已经签报，不能再改；如需修改，请联系局党工委办退回。')
  changedOne(
    await work.tx
      .updateTable('summary')
      .set({ ...text, updatedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', 'draft')
      .where('updatedAt', '=', updatedAt)
      .executeTakeFirstOrThrow(),
  )
  work.record('summary.saved', 'summary', id, { schoolId: summary.schoolId })
  return { updatedAt: work.now }
}

export async function moveSummary(
  work: Work,
  id: string,
  action: SummaryAction,
  reason?: string,
): Promise<{ ok: true }> {
  const summary = await findSummary(work, id)
  demand(againstMovingSummary(work.actor, summary, action))
  const to = nextState(summaryLife, summary.state, action) ?? summary.state
  if (summary.state !== 'draft') demand(await againstBroken(work.db, 'summary', { id }))
  if (to === 'draft') await liftSeal(work, 'summary', id, reason ?? '')
  changedOne(
    await work.tx
      .updateTable('summary')
      .set({ state: to, updatedAt: work.now, ...(await traces(work, summary, action, reason)) })
      .where('id', '=', id)
      .where('state', '=', summary.state)
      .executeTakeFirstOrThrow(),
  )
  const digest = action === 'sign' ? await sealRow(work, 'summary', id) : undefined
  work.record(`summary.${action}`, 'summary', id, {
    schoolId: summary.schoolId,
    from: summary.state,
    to,
    ...(reason ? { reason } : {}),
    ...(digest ? { digest } : {}),
  })
  return { ok: true }
}

/** What each move leaves behind: signing freezes the facts of that moment together with the words. */
async function traces(
  work: Work,
  summary: { schoolId: string; cycleId: string; achievements: string; problems: string; nextSteps: string },
  action: SummaryAction,
  reason: string | undefined,
) {
  if (action === 'return') return { returnReason: reason ?? '', signedAt: null, signedBy: null, digest: null }
  if (action === 'accept') return { acceptedAt: work.now, returnReason: null }
  const facts = await readYearFacts(work.db, summary.schoolId, summary.cycleId)
  const { achievements, problems, nextSteps } = summary
  return {
    facts: JSON.stringify(facts),
    digest: sha256(canonical({ achievements, problems, nextSteps, facts })),
    signedAt: work.now,
    signedBy: work.actor.personId,
    returnReason: null,
  }
}
