import { nextState } from '#domain/base/lifecycle.ts'
import { type ScoreSheetAction, scoreSheetLife, type ScoreSheetState } from '#domain/review/scoreSheetLife.ts'
import {
  againstAskingExclusion,
  againstExcluding,
  againstMovingSheet,
  againstResting,
  againstSealed,
  type RecusalKind,
  recusalKinds,
} from '#domain/review/panel.ts'
import { againstUnseen } from '#domain/base/refusal.ts'
import { againstSheet, type ScoredMethod, type Scores, totalOfSheet } from '#domain/review/sheet.ts'
import { linesOf } from '#domain/year/standard.ts'
import { readStandard, resultState } from '#server/year/cycle/queries.ts'
import { againstBarred, againstScoringToo, countOthers } from '#server/identity/recusal/queries.ts'
import { changedOne, demand, found, unseen } from '#server/kernel/problem.ts'
import { liftSeal, sealRow } from '#server/kernel/seal.ts'
import type { Work } from '#server/kernel/work.ts'
import { againstTies, exclusionStamp, findSheet, notRecused, wasSubmitted } from './queries.ts'

interface SheetPair {
  reviewerId: string
  applicationId: string
  schoolId: string
  /** A sheet that was taken back before and goes out again. */
  sheetId?: string | undefined
}

export interface Handing {
  panel: { id: string; bureauId: string; cycleId: string; method: ScoredMethod }
  standardId: string
  make: readonly SheetPair[]
  skipped: readonly (SheetPair & { kinds: readonly RecusalKind[] })[]
}

/** Makes the sheets of a panel and writes down every conflict that the system computed. */
export async function addSheets(work: Work, { panel, standardId, make, skipped }: Handing): Promise<void> {
  const common = { bureauId: panel.bureauId, cycleId: panel.cycleId }
  for (const { reviewerId, applicationId, schoolId, sheetId } of make) {
    if (sheetId) {
      await handOutAgain(work, panel.id, sheetId)
      continue
    }
    await work.tx
      .insertInto('scoreSheet')
      .values({
        id: work.newId(),
        ...common,
        applicationId,
        schoolId,
        panelId: panel.id,
        method: panel.method,
        reviewerId,
        standardId,
        state: scoreSheetLife.first,
        scores: '{}',
        remark: '',
        total: null,
        declaredAt: null,
        submittedAt: null,
        returnReason: null,
        excludeReason: null,
        excludeAskedBy: null,
        excludeAskedAt: null,
        takenBackAt: null,
        updatedAt: work.now,
        createdAt: work.now,
      })
      .execute()
  }
  for (const { reviewerId, schoolId, kinds } of skipped)
    for (const kind of kinds)
      await addRecusal(work, {
        ...common,
        personId: reviewerId,
        schoolId,
        kind,
        source: 'computed',
        reason: '系统按任职和分工核出',
      })
}

/** Nothing stood against the reviewer: the sheet begins anew, under the panel that gives it out now. */
async function handOutAgain(work: Work, panelId: string, id: string): Promise<void> {
  const { schoolId } = found(
    await work.tx
      .updateTable('scoreSheet')
      .set({
        state: scoreSheetLife.first,
        panelId,
        scores: '{}',
        remark: '',
        declaredAt: null,
        takenBackAt: null,
        updatedAt: work.now,
      })
      .where('id', '=', id)
      .where('state', '=', 'recused')
      .returning('schoolId')
      .executeTakeFirst(),
  )
  work.record('scoreSheet.handOut', 'scoreSheet', id, { schoolId, from: 'recused', to: scoreSheetLife.first })
}

/** Takes open sheets back from reviewers who score no more; one that was in once is left out by two people instead (rule 19). */
export async function takeBack(work: Work, sheets: readonly { id: string }[], reason: string): Promise<void> {
  for (const { id } of sheets) {
    const sheet = await findSheet(work, id)
    if (await wasSubmitted(work.db, id)) await ask(work, sheet, reason)
    else await change(work, sheet, 'recuse', { takenBackAt: work.now }, undefined, { kind: '收回', reason })
  }
}

/** The sheets of a panel that goes, none of which was ever in. */
export async function removeSheets(work: Work, panelId: string): Promise<number> {
  const { numDeletedRows } = await work.tx.deleteFrom('scoreSheet').where('panelId', '=', panelId).executeTakeFirst()
  return Number(numDeletedRows)
}

async function addRecusal(
  work: Work,
  recusal: {
    bureauId: string
    cycleId: string
    personId: string
    schoolId: string
    kind: RecusalKind
    source: string
    reason: string
  },
): Promise<void> {
  const id = work.newId()
  const added = await work.tx
    .insertInto('recusal')
    .values({ id, ...recusal, createdAt: work.now })
    .onConflict((conflict) => conflict.columns(['cycleId', 'personId', 'schoolId', 'kind']).doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) return
  const { bureauId: _bureau, cycleId: _cycle, ...said } = recusal
  work.record('recusal.recorded', 'recusal', id, { ...said, digest: await sealRow(work, 'recusal', id) })
}

type Sheet = Awaited<ReturnType<typeof findSheet>>

interface SheetChange {
  scores?: string
  remark?: string
  total?: number | null
  declaredAt?: string
  submittedAt?: string | null
  returnReason?: string | null
  excludeReason?: string | null
  excludeAskedBy?: string | null
  excludeAskedAt?: string | null
  takenBackAt?: string
}

/** The conditional update behind every move; `seen` guards a save against a newer one. */
async function change(
  work: Work,
  sheet: Sheet,
  action: ScoreSheetAction,
  values: SheetChange,
  seen?: string,
  told: Record<string, unknown> = {},
): Promise<void> {
  const to = nextState(scoreSheetLife, sheet.state, action) ?? sheet.state
  if (sheet.state === 'submitted') await liftSeal(work, 'scoreSheet', sheet.id, values.returnReason ?? '')
  let update = work.tx
    .updateTable('scoreSheet')
    .set({ ...values, state: to, updatedAt: work.now })
    .where('id', '=', sheet.id)
    .where('state', '=', sheet.state)
  if (seen !== undefined) update = update.where('updatedAt', '=', seen)
  changedOne(await update.executeTakeFirstOrThrow())
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

/** Declared once for the school: every sheet of the reviewer for it opens. What the system knows by now is asked again. */
export async function declare(work: Work, id: string, seen?: string): Promise<{ ok: true }> {
  const sheet = await findSheet(work, id)
  demand([
    ...againstMovingSheet(work.actor, sheet, 'declare'),
    ...unseen(seen, sheet.updatedAt, '声明'),
    ...againstResting(sheet.applicationState),
    ...(await againstTies(work, sheet)),
  ])
  for (const one of await ownSheets(work, sheet, ['assigned']))
    await change(work, await findSheet(work, one.id), 'declare', { declaredAt: work.now })
  return { ok: true }
}

const ownSheets = (work: Work, sheet: Sheet, states: ScoreSheetState[]) =>
  work.db
    .selectFrom('scoreSheet')
    .select('id')
    .where('reviewerId', '=', sheet.reviewerId)
    .where('applicationId', '=', sheet.applicationId)
    .where('state', 'in', states)
    .execute()

/** Recusing is for the school, not for one sheet: every open sheet of the reviewer for that school goes with it. */
export async function recuse(
  work: Work,
  id: string,
  { kind, reason, seen }: { kind: RecusalKind | 'unable'; reason: string; seen?: string },
): Promise<{ ok: true }> {
  const sheet = await findSheet(work, id)
  demand([...againstMovingSheet(work.actor, sheet, 'recuse'), ...unseen(seen, sheet.updatedAt, '登记回避')])
  const { bureauId, cycleId, schoolId } = sheet
  const told = { kind: kind === 'unable' ? '不能继续评' : recusalKinds[kind], reason }
  const leave = async (one: Sheet) =>
    (await wasSubmitted(work.db, one.id)) ? ask(work, one, reason) : change(work, one, 'recuse', {}, undefined, told)
  if (kind === 'unable') {
    await leave(sheet)
    return { ok: true }
  }
  for (const other of await ownSheets(work, sheet, ['assigned', 'opened', 'draft', 'submitted']))
    await leave(await findSheet(work, other.id))
  const why = { kind, reason }
  // Last, because from here on the reviewer finds none of the sheets any more.
  const source = work.actor.personId === sheet.reviewerId ? 'declared' : 'office'
  await addRecusal(work, { bureauId, cycleId, schoolId, personId: sheet.reviewerId, source, ...why })
  return { ok: true }
}

/** Somebody of the office or a leader steps back from a school on their own word: from here on its review is not theirs in any role. */
export async function recuseSelf(work: Work, applicationId: string, reason: string): Promise<{ ok: true }> {
  const application = found(
    await work.db
      .selectFrom('application')
      .select(['bureauId', 'cycleId', 'schoolId'])
      .where('id', '=', applicationId)
      .where('bureauId', '=', work.actor.bureauId ?? '')
      .executeTakeFirst(),
  )
  const personId = work.actor.personId ?? ''
  demand(await againstBarred(work, application))
  const own = await work.db
    .selectFrom('scoreSheet')
    .select('id')
    .where('reviewerId', '=', personId)
    .where('applicationId', '=', applicationId)
    .where('state', 'not in', ['recused', 'excluded'])
    .execute()
  const told = { kind: recusalKinds.other, reason }
  for (const { id } of own) {
    const sheet = await findSheet(work, id)
    if (await wasSubmitted(work.db, id)) await ask(work, sheet, reason)
    else await change(work, sheet, 'recuse', {}, undefined, told)
  }
  await addRecusal(work, { ...application, personId, kind: 'other', source: 'declared', reason })
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
  ...(await againstTies(work, sheet)),
  ...againstResting(sheet.applicationState),
  ...againstSealed(await resultState(work.db, sheet.cycleId)),
]

export async function save(
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
  await change(work, sheet, 'save', { scores: JSON.stringify(scores), remark }, updatedAt)
  return { updatedAt: work.now }
}

/** Submitting locks the sheet with its total; only the office can give it back, with a reason. */
export async function submit(
  work: Work,
  id: string,
  { scores, remark, updatedAt }: SheetWords,
): Promise<{ total: number }> {
  const sheet = await findSheet(work, id)
  const { body } = await readStandard(work.db, sheet.standardId)
  demand([...(await againstScoring(work, sheet, 'submit')), ...againstSheet(body, sheet.method, scores)])
  const total = totalOfSheet(linesOf(body, sheet.method), scores)
  const values = { scores: JSON.stringify(scores), remark, total, submittedAt: work.now, returnReason: null }
  await change(work, sheet, 'submit', values, updatedAt)
  return { total }
}

export async function giveBack(
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
  await change(work, sheet, 'return', { returnReason: reason, total: null, submittedAt: null })
  return { ok: true }
}

/** Puts the question whether a sheet that was in once is left out; it counts, and nothing is computed, until that is answered. */
async function ask(work: Work, sheet: Sheet, reason: string): Promise<void> {
  if (sheet.excludeAskedBy !== null) return
  changedOne(
    await work.tx
      .updateTable('scoreSheet')
      .set({ excludeReason: reason, excludeAskedBy: work.actor.personId, excludeAskedAt: work.now })
      .where('id', '=', sheet.id)
      .where('state', '=', sheet.state)
      .where('excludeAskedBy', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  const { schoolId, total } = sheet
  work.record('scoreSheet.askExclusion', 'scoreSheet', sheet.id, { schoolId, reason, total })
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
  await ask(work, sheet, reason)
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
    await change(work, sheet, 'exclude', {}, undefined, told)
    return { ok: true }
  }
  await work.tx
    .updateTable('scoreSheet')
    .set({ excludeReason: null, excludeAskedBy: null, excludeAskedAt: null })
    .where('id', '=', id)
    .execute()
  work.record('scoreSheet.keepCounted', 'scoreSheet', id, { schoolId: sheet.schoolId, reason })
  return { ok: true }
}

/** Sheets of an application that comes back: what was scored on other content than it has now is the reviewer's to look at again. */
export async function wakeSheets(
  work: Work,
  application: { id: string; submittedAt: string | null },
): Promise<{ sheets: number }> {
  const sheets = await work.db
    .selectFrom('scoreSheet')
    .select(['id', 'state', 'submittedAt'])
    .where('applicationId', '=', application.id)
    .where('state', 'not in', ['recused', 'excluded'])
    .where(notRecused)
    .execute()
  for (const { id, state, submittedAt } of sheets)
    if (state === 'submitted' && (submittedAt ?? '') < (application.submittedAt ?? ''))
      await change(work, await findSheet(work, id), 'return', {
        returnReason: '学校重新提交了申报材料，请按新的材料核对后再提交。',
        total: null,
        submittedAt: null,
      })
  return { sheets: sheets.length }
}
