import { inspectionLife } from '#domain/supervision/inspectionLife.ts'
import { stampAfter } from '#domain/base/stamp.ts'
import type { Choice } from '#contract/supervision/inspection.ts'
import type { InspectionRow, InspectionSchoolRow } from '#server/db/tables/supervision.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

type Planned = Pick<InspectionRow, 'id' | 'bureauId' | 'cycleId' | 'title' | 'basis' | 'startsOn' | 'endsOn'> & {
  checklist: readonly string[]
  choice: Choice
}

export const addInspection = (work: Work, { checklist, choice, ...planned }: Planned) =>
  work.tx
    .insertInto('inspection')
    .values({
      ...planned,
      checklist: JSON.stringify(checklist),
      choice: JSON.stringify(choice),
      state: inspectionLife.first,
      createdAt: work.now,
      updatedAt: work.now,
      closedAt: null,
    })
    .execute()

/** Writes over a round in preparation, as it was read. */
export async function changeInspection(
  work: Work,
  { id, updatedAt }: Pick<InspectionRow, 'id' | 'updatedAt'>,
  { checklist, ...change }: Pick<Planned, 'title' | 'basis' | 'startsOn' | 'endsOn' | 'checklist'>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('inspection')
      .set({ ...change, checklist: JSON.stringify(checklist), updatedAt: stampAfter(updatedAt, work.now) })
      .where('id', '=', id)
      .where('updatedAt', '=', updatedAt)
      .where('state', '=', 'draft')
      .executeTakeFirstOrThrow(),
  )
}

/** Only a round in preparation goes away, with the schools that were chosen for it. */
export async function removeInspection(work: Work, id: string): Promise<void> {
  await work.tx.deleteFrom('inspectionSchool').where('inspectionId', '=', id).execute()
  const gone = await work.tx
    .deleteFrom('inspection')
    .where('id', '=', id)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  changedOne({ numUpdatedRows: gone.numDeletedRows })
}

/** Settles which schools a round in preparation checks, in the place of those that were chosen before. */
export async function putInspectedSchools(
  work: Work,
  inspection: { id: string; choice: Choice; updatedAt: string },
  choice: Choice,
  schoolIds: readonly string[],
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('inspection')
      .set({ choice: JSON.stringify(choice), updatedAt: stampAfter(inspection.updatedAt, work.now) })
      .where('id', '=', inspection.id)
      .where('state', '=', 'draft')
      .where('choice', '=', JSON.stringify(inspection.choice))
      .executeTakeFirstOrThrow(),
  )
  await work.tx.deleteFrom('inspectionSchool').where('inspectionId', '=', inspection.id).execute()
  const untouched = { inspectorId: null, inspectedOn: null, answers: '[]', remark: '' }
  await work.tx
    .insertInto('inspectionSchool')
    .values(schoolIds.map((schoolId) => ({ id: work.newId(), inspectionId: inspection.id, schoolId, ...untouched })))
    .execute()
}

export async function moveInspectionState(
  work: Work,
  { id, state, updatedAt }: Pick<InspectionRow, 'id' | 'state' | 'updatedAt'>,
  to: Pick<InspectionRow, 'state' | 'closedAt'>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('inspection')
      .set({ ...to, updatedAt: stampAfter(updatedAt, work.now) })
      .where('id', '=', id)
      .where('state', '=', state)
      .executeTakeFirstOrThrow(),
  )
}

export const changeInspectedSchool = (
  work: Work,
  id: string,
  {
    answers,
    ...change
  }: Pick<InspectionSchoolRow, 'inspectedOn' | 'remark' | 'inspectorId'> & {
    answers: readonly string[]
  },
) =>
  work.tx
    .updateTable('inspectionSchool')
    .set({ ...change, answers: JSON.stringify(answers) })
    .where('id', '=', id)
    .execute()
