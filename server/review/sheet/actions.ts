import { nextState } from '#domain/base/lifecycle.ts'
import { type ScoreSheetAction, scoreSheetLife } from '#domain/review/scoreSheetLife.ts'
import {
  againstAskingExclusion,
  againstConflicts,
  againstExcluding,
  againstMovingSheet,
  againstResting,
  againstSealed,
  type RecusalKind,
  recusalKinds,
} from '#domain/review/panel.ts'
import { againstUnseen } from '#domain/base/refusal.ts'
import { againstSheet, type Scores, totalOfSheet } from '#domain/review/sheet.ts'
import { linesOf } from '#domain/year/standard.ts'
import type { ScoreSheetRow } from '#server/db/tables/review.ts'
import { recordRecusal } from '#server/identity/recusal/actions.ts'
import { againstBarred, againstScoringToo, countOthers } from '#server/identity/recusal/queries.ts'
import { demand, unseen } from '#server/kernel/problem.ts'
import { liftSeal, sealRow } from '#server/kernel/seal.ts'
import type { Work } from '#server/kernel/work.ts'
import { findReviewed } from '#server/review/result/queries.ts'
import { readStandard, resultState } from '#server/year/cycle/queries.ts'
import { exclusionStamp, findSheet, listOwnSheets, readConflicts, type Sheet, wasSubmitted } from './queries.ts'
import { clearExclusion, moveSheet, openExclusion } from './writes.ts'

interface SheetChange {
  values?: Partial<ScoreSheetRow>
  /** The stamp that the writer saw, where another may have written since. */
  seen?: string
  /** What the audit says beside the move. */
  told?: Record<string, unknown>
}

/** Moves a sheet inside the work of whoever decides about it: opens the seal, writes, seals what is fixed now, records. */
export async function changeSheet(
  work: Work,
  sheet: Sheet,
  action: ScoreSheetAction,
  { values = {}, seen, told = {} }: SheetChange = {},
): Promise<void> {
  const to = nextState(scoreSheetLife, sheet.state, action) ?? sheet.state
  if (sheet.state === 'submitted') await liftSeal(work, 'scoreSheet', sheet.id, values.returnReason ?? '')
  await moveSheet(work, sheet, { to, values, seen })
  work.record(`scoreSheet.${action}`, 'scoreSheet', sheet.id, {
    schoolId: sheet.schoolId,
    from: sheet.state,
    to,
    ...(to === 'submitted' ? { total: values.total } : {}),
    ...(to === 'submitted' || to === 'excluded' ? { digest: await sealRow(work, 'scoreSheet', sheet.id) } : {}),
    ...(action === 'return' ? { reason: values.returnReason, total: sheet.total } : {}),
    ...told,
  })
}

/** A reviewer scores a school no more: the sheet is recused; one that was in once counts until two people leave it out (rule 19). */
export async function leaveSheet(
  work: Work,
  sheet: Sheet,
  { reason, ...change }: Pick<SheetChange, 'values' | 'told'> & { reason: string },
): Promise<void> {
  if (await wasSubmitted(work.db, sheet.id)) await recordAsking(work, sheet, reason)
  else await changeSheet(work, sheet, 'recuse', change)
}

/** Declared once for the school: every sheet of the reviewer for it opens. What the system knows by now is asked again. */
export async function declareSheet(work: Work, id: string, seen?: string): Promise<{ ok: true }> {
  const sheet = await findSheet(work, id)
  demand([
    ...againstMovingSheet(work.actor, sheet, 'declare'),
    ...unseen(seen, sheet.updatedAt, '声明'),
    ...againstResting(sheet.applicationState),
    ...againstConflicts(await readConflicts(work, sheet)),
  ])
  for (const one of await listOwnSheets(work.db, sheet, ['assigned']))
    await changeSheet(work, await findSheet(work, one.id), 'declare', { values: { declaredAt: work.now } })
  return { ok: true }
}

const stillHeld = ['assigned', 'opened', 'draft', 'submitted'] as const

/** Recusing is for the school, not for one sheet: every open sheet of the reviewer for that school goes with it. */
export async function recuseSheet(
  work: Work,
  id: string,
  { kind, reason, seen }: { kind: RecusalKind | 'unable'; reason: string; seen?: string },
): Promise<{ ok: true }> {
  const sheet = await findSheet(work, id)
  demand([...againstMovingSheet(work.actor, sheet, 'recuse'), ...unseen(seen, sheet.updatedAt, '登记回避')])
  const told = { kind: kind === 'unable' ? '不能继续评' : recusalKinds[kind], reason }
  if (kind === 'unable') {
    await leaveSheet(work, sheet, { reason, told })
    return { ok: true }
  }
  for (const other of await listOwnSheets(work.db, sheet, stillHeld))
    await leaveSheet(work, await findSheet(work, other.id), { reason, told })
  const { bureauId, cycleId, schoolId, reviewerId: personId } = sheet
  // Last, because from here on the reviewer finds none of the sheets any more.
  const source = work.actor.personId === personId ? 'declared' : 'office'
  await recordRecusal(work, { bureauId, cycleId, schoolId, personId, source, kind, reason })
  return { ok: true }
}

/** Somebody of the office or a leader steps back from a school on their own word: from here on its review is not theirs in any role. */
export async function recuseSelf(work: Work, applicationId: string, reason: string): Promise<{ ok: true }> {
  const { bureauId, cycleId, schoolId } = await findReviewed(work, applicationId)
  const personId = work.actor.personId
  demand(await againstBarred(work, { cycleId, schoolId }))
  const told = { kind: recusalKinds.other, reason }
  for (const { id } of await listOwnSheets(work.db, { reviewerId: personId, applicationId }, stillHeld))
    await leaveSheet(work, await findSheet(work, id), { reason, told })
  await recordRecusal(work, { bureauId, cycleId, schoolId, personId, kind: 'other', source: 'declared', reason })
  return { ok: true }
}

export interface SheetWords {
  scores: Scores
  remark: string
  updatedAt: string
}

/** What keeps a reviewer from working on a sheet, whatever they wrote on it. */
const againstScoring = async (work: Work, sheet: Sheet, action: 'save' | 'submit') => [
  ...againstMovingSheet(work.actor, sheet, action),
  ...againstConflicts(await readConflicts(work, sheet)),
  ...againstResting(sheet.applicationState),
  ...againstSealed(await resultState(work.db, sheet.cycleId)),
]

export async function saveSheet(
  work: Work,
  id: string,
  { scores, remark, updatedAt }: SheetWords,
): Promise<{ updatedAt: string }> {
  const sheet = await findSheet(work, id)
  const { body } = await readStandard(work.db, sheet.standardId)
  demand([
    ...(await againstScoring(work, sheet, 'save')),
    ...againstSheet(body, sheet.method, scores, { partial: true }),
  ])
  await changeSheet(work, sheet, 'save', { values: { scores: JSON.stringify(scores), remark }, seen: updatedAt })
  return { updatedAt: work.now }
}

/** Submitting locks the sheet with its total; only the office can give it back, with a reason. */
export async function submitSheet(
  work: Work,
  id: string,
  { scores, remark, updatedAt }: SheetWords,
): Promise<{ total: number }> {
  const sheet = await findSheet(work, id)
  const { body } = await readStandard(work.db, sheet.standardId)
  demand([...(await againstScoring(work, sheet, 'submit')), ...againstSheet(body, sheet.method, scores)])
  const total = totalOfSheet(linesOf(body, sheet.method), scores)
  const values = { scores: JSON.stringify(scores), remark, total, submittedAt: work.now, returnReason: null }
  await changeSheet(work, sheet, 'submit', { values, seen: updatedAt })
  return { total }
}

export async function returnSheet(
  work: Work,
  id: string,
  { reason, seen }: { reason: string; seen: string },
): Promise<{ ok: true }> {
  const sheet = await findSheet(work, id)
  demand([
    ...againstMovingSheet(work.actor, sheet, 'return'),
    ...(await againstScoringToo(work, sheet)),
    ...againstSealed(await resultState(work.db, sheet.cycleId)),
    ...againstUnseen(seen, sheet.updatedAt, '退回', '评分表'),
  ])
  await changeSheet(work, sheet, 'return', { values: { returnReason: reason, total: null, submittedAt: null } })
  return { ok: true }
}

/** Puts the question whether a sheet that was in once is left out; it counts, and nothing is computed, until that is answered. */
async function recordAsking(work: Work, sheet: Sheet, reason: string): Promise<void> {
  if (sheet.excludeAskedBy !== null) return
  await openExclusion(work, sheet, reason)
  const { schoolId, total } = sheet
  work.record('scoreSheet.exclusionAsked', 'scoreSheet', sheet.id, { schoolId, reason, total })
}

export async function askExclusion(
  work: Work,
  id: string,
  { reason, seen }: { reason: string; seen: string },
): Promise<{ ok: true }> {
  const sheet = await findSheet(work, id)
  demand([
    ...againstMovingSheet(work.actor, sheet, 'exclude'),
    ...(await againstScoringToo(work, sheet)),
    ...againstSealed(await resultState(work.db, sheet.cycleId)),
    ...againstAskingExclusion({ ...sheet, everSubmitted: await wasSubmitted(work.db, id) }),
    ...againstUnseen(seen, sheet.updatedAt, '提请剔除', '评分表'),
  ])
  await recordAsking(work, sheet, reason)
  return { ok: true }
}

/** The second person's word on it: left out for good and visible as such, or it stands as before. */
export async function judgeExclusion(
  work: Work,
  id: string,
  { confirm, reason, seen }: { confirm: boolean; reason: string; seen: string },
): Promise<{ ok: true }> {
  const sheet = await findSheet(work, id)
  const others = await countOthers(work, ['office'], sheet)
  demand([
    ...againstExcluding(work.actor, sheet, others),
    ...(await againstScoringToo(work, sheet)),
    ...againstSealed(await resultState(work.db, sheet.cycleId)),
    ...againstUnseen(seen, exclusionStamp(sheet), '确认', '剔除的提请'),
  ])
  if (confirm) {
    const merged = sheet.excludeAskedBy === work.actor.personId
    const told = { reason: `${sheet.excludeReason ?? ''}；${reason}`, total: sheet.total, merged }
    await changeSheet(work, sheet, 'exclude', { told })
    return { ok: true }
  }
  await clearExclusion(work, id)
  work.record('scoreSheet.countingKept', 'scoreSheet', id, { schoolId: sheet.schoolId, reason })
  return { ok: true }
}
