import type { RecusalKind } from '#domain/review/panel.ts'
import { scoreSheetLife } from '#domain/review/scoreSheetLife.ts'
import type { ScoredMethod } from '#domain/review/sheet.ts'
import { recordRecusal } from '#server/identity/recusal/actions.ts'
import { changeSheet, leaveSheet } from '#server/review/sheet/actions.ts'
import { findSheet, listSheetsOf } from '#server/review/sheet/queries.ts'
import { deleteSheetsOfPanel, insertSheet, resetSheet } from '#server/review/sheet/writes.ts'
import type { Work } from '#server/kernel/work.ts'

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

const blankSheet = {
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
} as const

/** Hands out the sheets of a panel and writes down every conflict that the system computed. */
export async function handOutSheets(work: Work, { panel, standardId, make, skipped }: Handing): Promise<void> {
  const { id: panelId, method, ...year } = panel
  const common = { bureauId: year.bureauId, cycleId: year.cycleId }
  for (const { reviewerId, applicationId, schoolId, sheetId } of make) {
    if (sheetId) {
      await handOutAgain(work, panelId, sheetId)
      continue
    }
    const of = { ...common, applicationId, schoolId, panelId, method, reviewerId, standardId }
    await insertSheet(work, { id: work.newId(), ...of, ...blankSheet, updatedAt: work.now, createdAt: work.now })
  }
  const computed = { source: 'computed', reason: '系统按任职和分工核出' } as const
  for (const { reviewerId: personId, schoolId, kinds } of skipped)
    for (const kind of kinds) await recordRecusal(work, { ...common, personId, schoolId, kind, ...computed })
}

/** Nothing stood against the reviewer: the sheet begins anew. */
async function handOutAgain(work: Work, panelId: string, id: string): Promise<void> {
  const { schoolId } = await resetSheet(work, id, panelId)
  work.record('scoreSheet.handOut', 'scoreSheet', id, { schoolId, from: 'recused', to: scoreSheetLife.first })
}

/** Takes open sheets back from reviewers who score no more; one that was in once is left out by two people instead (rule 19). */
export async function takeBackSheets(work: Work, sheets: readonly { id: string }[], reason: string): Promise<void> {
  for (const { id } of sheets)
    await leaveSheet(work, await findSheet(work, id), {
      reason,
      told: { kind: '收回', reason },
      values: { takenBackAt: work.now },
    })
}

/** The sheets of a panel that goes, none of which was ever in. */
export const removeSheets = (work: Work, panelId: string): Promise<number> => deleteSheetsOfPanel(work, panelId)

/** Sheets of an application that comes back: what was scored on other content than it has now is the reviewer's to look at again. */
export async function wakeSheets(
  work: Work,
  application: { id: string; submittedAt: string | null },
): Promise<{ sheets: number }> {
  const sheets = await listSheetsOf(work.db, application.id)
  const values = {
    returnReason: '学校重新提交了申报材料，请按新的材料核对后再提交。',
    total: null,
    submittedAt: null,
  }
  for (const { id, state, submittedAt } of sheets)
    if (state === 'submitted' && (submittedAt ?? '') < (application.submittedAt ?? ''))
      await changeSheet(work, await findSheet(work, id), 'return', { values })
  return { sheets: sheets.length }
}
