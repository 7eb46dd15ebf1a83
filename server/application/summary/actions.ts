import { againstUnseen } from '#domain/base/refusal.ts'
import { againstDrafting } from '#domain/base/actor.ts'
import { canonical } from '#domain/base/canonical.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { type SummaryAction, summaryLife } from '#domain/application/summaryLife.ts'
import {
  againstApplied,
  againstBeginning,
  againstEditingSummary,
  againstMovingSummary,
} from '#domain/application/summary.ts'
import type { SummaryRow } from '#server/db/tables/application.ts'
import { cycleOf } from '#server/year/cycle/queries.ts'
import { demand, found, unseen } from '#server/kernel/problem.ts'
import { againstBroken, liftSeal, sealRow } from '#server/kernel/seal.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import { findApplied, findOwnSchool, findOwnSummary, findSummary, readYearFacts } from './queries.ts'
import { insertSummary, updateDraft, updateSummary } from './writes.ts'

/** Begins the school's summary of the year; whoever begins it a second time gets the first. */
export async function openOwnSummary(work: Work, year?: number): Promise<{ id: string }> {
  const school = await findOwnSchool(work)
  const cycle = await cycleOf(work, year)
  const existing = cycle && (await findOwnSummary(work, cycle.id))
  if (!existing) demand(againstBeginning(cycle))
  const id =
    existing?.id ??
    (await insertSummary(work, { schoolId: school.id, bureauId: school.bureauId, cycleId: found(cycle).id }))
  work.record(existing ? 'summary.opened' : 'summary.drafted', 'summary', id, { schoolId: school.id })
  return { id }
}

type SummaryWords = Pick<SummaryRow, 'achievements' | 'problems' | 'nextSteps'>

export interface SummaryText extends SummaryWords {
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
  demand(againstEditingSummary(summary.state))
  demand(againstUnseen(updatedAt, summary.updatedAt, '保存'))
  await updateDraft(work, summary, text)
  work.record('summary.saved', 'summary', id, { schoolId: summary.schoolId })
  return { updatedAt: work.now }
}

export async function moveSummary(
  work: Work,
  id: string,
  action: SummaryAction,
  { reason, seen }: { reason?: string; seen?: string } = {},
): Promise<{ ok: true }> {
  const summary = await findSummary(work, id)
  const act = { sign: '签报', accept: '审核', return: '退回', amend: '退回' }[action]
  demand([...againstMovingSummary(work.actor, summary, action), ...unseen(seen, summary.updatedAt, act)])
  if (action === 'amend') demand(againstApplied(await findApplied(work.db, summary)))
  const to = nextState(summaryLife, summary.state, action) ?? summary.state
  if (summary.state !== 'draft') demand(await againstBroken(work.db, 'summary', { id }))
  if (to === 'draft') await liftSeal(work, 'summary', id, reason ?? '')
  await updateSummary(work, summary, { to, values: await tracesOf(work, summary, action, reason) })
  const digest = action === 'sign' ? await sealRow(work, 'summary', id) : undefined
  work.record(`summary.${action}`, 'summary', id, {
    schoolId: summary.schoolId,
    from: summary.state,
    to,
    ...(reason ? { reason } : {}),
    ...(to === 'draft' ? { before: JSON.stringify(wordsOf(summary)) } : {}),
    ...(digest ? { digest } : {}),
  })
  return { ok: true }
}

/** The signed words, which the school writes over next. */
const wordsOf = ({ achievements, problems, nextSteps }: SummaryWords) => ({ achievements, problems, nextSteps })

/** What each move leaves behind: signing freezes the facts of that moment together with the words. */
async function tracesOf(
  work: Work,
  summary: SummaryRow,
  action: SummaryAction,
  reason: string | undefined,
): Promise<Partial<SummaryRow>> {
  if (action === 'return' || action === 'amend')
    return { returnReason: reason ?? '', signedAt: null, signedBy: null, digest: null, acceptedAt: null }
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
