import type { PanelScope } from '#domain/review/panel.ts'
import { stampAfter } from '#domain/base/stamp.ts'
import type { PanelRow } from '#server/db/tables/review.ts'
import type { Work } from '#server/kernel/work.ts'

type NewPanel = Omit<PanelRow, keyof PanelScope | 'createdAt' | 'updatedAt'> & PanelScope

export const insertPanel = (work: Work, { schoolIds, stage, zoneId, ...panel }: NewPanel) =>
  work.tx
    .insertInto('panel')
    .values({ ...panel, ...columnsOf({ schoolIds, stage, zoneId }), createdAt: work.now, updatedAt: work.now })
    .execute()

/** Gives a panel its new words, or only a new stamp, so that whoever saw it before is told. */
export const updatePanel = (
  work: Work,
  panel: { id: string; updatedAt: string },
  change?: PanelScope & { name: string },
) =>
  work.tx
    .updateTable('panel')
    .set({
      ...(change ? { name: change.name, ...columnsOf(change) } : {}),
      updatedAt: stampAfter(panel.updatedAt, work.now),
    })
    .where('id', '=', panel.id)
    .execute()

const columnsOf = ({ schoolIds, stage, zoneId }: PanelScope) => ({
  schoolIds: JSON.stringify([...new Set(schoolIds)]),
  stage,
  zoneId,
})

/** Who was a member before is one again. */
export const putMember = (work: Work, panelId: string, personId: string) =>
  work.tx
    .insertInto('panelReviewer')
    .values({ id: work.newId(), panelId, personId, createdAt: work.now, endedAt: null })
    .onConflict((conflict) => conflict.columns(['panelId', 'personId']).doUpdateSet({ endedAt: null }))
    .execute()

export const endMember = (work: Work, panelId: string, personId: string) =>
  work.tx
    .updateTable('panelReviewer')
    .set({ endedAt: work.now })
    .where('panelId', '=', panelId)
    .where('personId', '=', personId)
    .execute()

export async function removePanel(work: Work, id: string): Promise<void> {
  await work.tx.deleteFrom('panelReviewer').where('panelId', '=', id).execute()
  await work.tx.deleteFrom('panel').where('id', '=', id).execute()
}
