import { z } from 'zod'
import { type AssignmentPlan, planSheets } from '#domain/review/assignment.ts'
import { type PanelScope, reviewedStates, takes } from '#domain/review/panel.ts'
import { openSheetStates } from '#domain/review/scoreSheetLife.ts'
import type { ScoredMethod } from '#domain/review/sheet.ts'
import { barredSchools, notBarred } from '#server/identity/recusal/queries.ts'
import { readTies } from '#server/review/sheet/queries.ts'
import { found } from '#server/kernel/problem.ts'
import { byName } from '#server/kernel/names.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

const idsShape = z.array(z.string())
const schoolIdsIn = (text: string): string[] => idsShape.parse(JSON.parse(text))

export async function findPanel(look: Look, id: string) {
  const row = found(
    await look.db
      .selectFrom('panel')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', look.actor.bureauId)
      .executeTakeFirst(),
  )
  return { ...row, schoolIds: schoolIdsIn(row.schoolIds) }
}

/** People who hold the reviewer's role in the bureau. */
export async function listReviewerPeople(look: Look) {
  const rows = await look.db
    .selectFrom('person')
    .innerJoin('roleGrant', 'roleGrant.personId', 'person.id')
    .select(['person.id as personId', 'person.name'])
    .where('person.bureauId', '=', look.actor.bureauId)
    .where('roleGrant.role', '=', 'reviewer')
    .where('roleGrant.endedAt', 'is', null)
    .groupBy(['person.id', 'person.name'])
    .orderBy('person.id')
    .execute()
  return rows.toSorted(byName)
}

export async function listPanelReviewers(db: ReadOnly, panelIds: readonly string[]) {
  const rows = await db
    .selectFrom('panelReviewer')
    .innerJoin('person', 'person.id', 'panelReviewer.personId')
    .select(['panelReviewer.panelId', 'person.id as personId', 'person.name'])
    .where('panelReviewer.panelId', 'in', panelIds)
    .where('panelReviewer.endedAt', 'is', null)
    .orderBy('person.id')
    .execute()
  return rows.toSorted(byName)
}

export async function listPanels(db: ReadOnly, cycleId: string) {
  const rows = await db
    .selectFrom('panel')
    .select(['id', 'method', 'name', 'schoolIds', 'stage', 'zoneId', 'updatedAt'])
    .where('cycleId', '=', cycleId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, schoolIds: schoolIdsIn(row.schoolIds) }))
}

/** Another panel of the year that scores by the same method under the same name. */
export const findSameName = (
  db: ReadOnly,
  panel: { cycleId: string; method: ScoredMethod; name: string },
  exceptId = '',
) =>
  db
    .selectFrom('panel')
    .select('id')
    .where('cycleId', '=', panel.cycleId)
    .where('method', '=', panel.method)
    .where('name', '=', panel.name)
    .where('id', '!=', exceptId)
    .executeTakeFirst()

/** Sheets of a year by panel and state, without those of schools that the reader has recused from. */
export const countSheetsOfPanels = (look: Look, cycleId: string) =>
  look.db
    .selectFrom('scoreSheet')
    .select((eb) => ['panelId', 'state', eb.fn.countAll<number>().as('count')])
    .where('cycleId', '=', cycleId)
    .where(notBarred(look, 'scoreSheet.cycleId', 'scoreSheet.schoolId'))
    .groupBy(['panelId', 'state'])
    .execute()

/** Schools that a panel may be made for: admitted, or in the review already. */
export const listAssignableSchools = (look: Look, cycleId: string) =>
  look.db
    .selectFrom('application')
    .innerJoin('school', 'school.id', 'application.schoolId')
    .innerJoin('zone', 'zone.id', 'school.zoneId')
    .select(['school.id', 'school.name', 'school.stage', 'school.zoneId', 'zone.name as zoneName'])
    .where('application.cycleId', '=', cycleId)
    .where('application.state', 'in', ['admitted', ...reviewedStates])
    .where(notBarred(look, 'application.cycleId', 'application.schoolId'))
    .orderBy('school.sortKey')
    .execute()

/** The schools of a panel's sheets, one for each sheet. */
export async function listSheetSchools(db: ReadOnly, panelId: string): Promise<string[]> {
  const rows = await db.selectFrom('scoreSheet').select('schoolId').where('panelId', '=', panelId).execute()
  return rows.map((one) => one.schoolId)
}

/** Sheets of a panel that somebody still owes. */
export function listOpenSheets(db: ReadOnly, panelId: string) {
  return db
    .selectFrom('scoreSheet')
    .innerJoin('school', 'school.id', 'scoreSheet.schoolId')
    .select(['scoreSheet.id', 'scoreSheet.reviewerId', 'scoreSheet.schoolId', 'school.stage', 'school.zoneId'])
    .where('scoreSheet.panelId', '=', panelId)
    .where('scoreSheet.state', 'in', [...openSheetStates])
    .execute()
}

/** Sheets of a panel that were in once, also those that were returned or left out since. */
export async function countEverSubmitted(db: ReadOnly, panelId: string): Promise<number> {
  const row = await db
    .selectFrom('scoreSheet')
    .innerJoin('seal', 'seal.subjectId', 'scoreSheet.id')
    .select((eb) => eb.fn.count<number>('scoreSheet.id').distinct().as('count'))
    .where('seal.kind', '=', 'scoreSheet')
    .where('scoreSheet.panelId', '=', panelId)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** What handing out would do: schools that the actor has recused from are left to another person, `hidden` counts them. */
export async function readAssignment(
  look: Look,
  panel: { id: string; cycleId: string; bureauId: string; method: ScoredMethod } & PanelScope,
): Promise<AssignmentPlan & { hidden: number }> {
  const { cycleId, method, bureauId } = panel
  const barred = await barredSchools(look, cycleId)
  const taken = (await listAdmitted(look.db, cycleId)).filter((one) => takes(panel, { ...one, id: one.schoolId }))
  const applications = taken.filter((one) => !barred.has(one.schoolId))
  const members = []
  for (const member of await listPanelReviewers(look.db, [panel.id]))
    members.push({ ...member, ties: await readTies(look.db, { ...member, bureauId }, look.today) })
  const sheets = await look.db
    .selectFrom('scoreSheet')
    .select(['id', 'reviewerId', 'applicationId', 'takenBackAt'])
    .where('cycleId', '=', cycleId)
    .where('method', '=', method)
    .execute()
  const recusals = await look.db
    .selectFrom('recusal')
    .select(['personId', 'schoolId', 'kind'])
    .where('cycleId', '=', cycleId)
    .execute()
  return { ...planSheets({ members, applications, sheets, recusals }), hidden: taken.length - applications.length }
}

const listAdmitted = (db: ReadOnly, cycleId: string) =>
  db
    .selectFrom('application')
    .innerJoin('school', 'school.id', 'application.schoolId')
    .select([
      'application.id',
      'application.schoolId',
      'application.state',
      'school.name',
      'school.groupId',
      'school.stage',
      'school.zoneId',
    ])
    .where('application.cycleId', '=', cycleId)
    .where('application.state', 'in', ['admitted', 'inReview'])
    .orderBy('school.sortKey')
    .execute()
