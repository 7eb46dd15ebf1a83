import { scoreSheetLife, type ScoreSheetState } from '#domain/review/scoreSheetLife.ts'
import type { ScoreSheetRow } from '#server/db/tables/review.ts'
import { changedOne, found } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

type Standing = Pick<ScoreSheetRow, 'id' | 'state'>

export const insertSheet = (work: Work, row: ScoreSheetRow) => work.tx.insertInto('scoreSheet').values(row).execute()

/** A recused sheet begins anew, empty, under the panel that gives it out now. */
export async function resetSheet(work: Work, id: string, panelId: string): Promise<{ schoolId: string }> {
  return found(
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
}

/** Moves a sheet on from the state it was read in; `seen` guards a save against a newer one. */
export async function moveSheet(
  work: Work,
  sheet: Standing,
  { to, values, seen }: { to: ScoreSheetState; values: Partial<ScoreSheetRow>; seen?: string | undefined },
): Promise<void> {
  let update = work.tx
    .updateTable('scoreSheet')
    .set({ ...values, state: to, updatedAt: work.now })
    .where('id', '=', sheet.id)
    .where('state', '=', sheet.state)
  if (seen !== undefined) update = update.where('updatedAt', '=', seen)
  changedOne(await update.executeTakeFirstOrThrow())
}

/** Puts the question whether a sheet is left out, unless somebody put it before. */
export async function openExclusion(work: Work, sheet: Standing, reason: string): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('scoreSheet')
      .set({ excludeReason: reason, excludeAskedBy: work.actor.personId, excludeAskedAt: work.now })
      .where('id', '=', sheet.id)
      .where('state', '=', sheet.state)
      .where('excludeAskedBy', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

/** The question whether a sheet is left out was answered with no. */
export const clearExclusion = (work: Work, id: string) =>
  work.tx
    .updateTable('scoreSheet')
    .set({ excludeReason: null, excludeAskedBy: null, excludeAskedAt: null })
    .where('id', '=', id)
    .execute()

/** How many sheets the panel had. */
export async function deleteSheetsOfPanel(work: Work, panelId: string): Promise<number> {
  const { numDeletedRows } = await work.tx.deleteFrom('scoreSheet').where('panelId', '=', panelId).executeTakeFirst()
  return Number(numDeletedRows)
}
