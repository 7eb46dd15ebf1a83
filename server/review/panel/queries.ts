import {
  computedRecusals,
  type PanelScope,
  recusalKinds,
  reviewedStates,
  takes,
  type RecusalKind,
} from '#domain/review/panel.ts'
import type { ScoredMethod } from '#domain/review/sheet.ts'
import { findOwnCycle } from '#server/year/cycle/queries.ts'
import { barredSchools, notBarred } from '#server/identity/recusal/queries.ts'
import { readTies } from '#server/review/sheet/queries.ts'
import { found } from '#server/kernel/problem.ts'
import { byName } from '#server/kernel/names.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

export async function findPanel(look: Look, id: string) {
  const row = found(
    await look.db
      .selectFrom('panel')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', look.actor.bureauId)
      .executeTakeFirst(),
  )
  return { ...row, schoolIds: JSON.parse(row.schoolIds) as string[] }
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
    .where('panelReviewer.panelId', 'in', panelIds.length > 0 ? panelIds : [''])
    .where('panelReviewer.endedAt', 'is', null)
    .orderBy('person.id')
    .execute()
  return rows.toSorted(byName)
}

/** The panels of a year with their progress; schools that the reader has recused from are neither named nor counted. */
export async function readPanels(look: Look, year?: number) {
  const cycle = await findOwnCycle(look, year)
  const barred = await barredSchools(look, cycle.id)
  const all = await look.db
    .selectFrom('panel')
    .select(['id', 'method', 'name', 'schoolIds', 'stage', 'zoneId', 'updatedAt'])
    .where('cycleId', '=', cycle.id)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
  const panels = all.flatMap((panel) => {
    const named = JSON.parse(panel.schoolIds) as string[]
    const schoolIds = named.filter((one) => !barred.has(one))
    // Without names it would read as a panel of all schools.
    return named.length > 0 && schoolIds.length === 0 ? [] : [{ ...panel, schoolIds }]
  })
  const members = await listPanelReviewers(
    look.db,
    panels.map((one) => one.id),
  )
  const counts = await look.db
    .selectFrom('scoreSheet')
    .select((eb) => ['panelId', 'state', eb.fn.countAll<number>().as('count')])
    .where('cycleId', '=', cycle.id)
    .where(notBarred(look, 'scoreSheet.cycleId', 'scoreSheet.schoolId'))
    .groupBy(['panelId', 'state'])
    .execute()
  const schools = await look.db
    .selectFrom('application')
    .innerJoin('school', 'school.id', 'application.schoolId')
    .innerJoin('zone', 'zone.id', 'school.zoneId')
    .select(['school.id', 'school.name', 'school.stage', 'school.zoneId', 'zone.name as zoneName'])
    .where('application.cycleId', '=', cycle.id)
    .where('application.state', 'in', ['admitted', ...reviewedStates])
    .where(notBarred(look, 'application.cycleId', 'application.schoolId'))
    .orderBy('school.sortKey')
    .execute()
  const count = (panelId: string, ...states: string[]) =>
    counts
      .filter((one) => one.panelId === panelId && (states.length === 0 || states.includes(one.state)))
      .reduce((sum, one) => sum + Number(one.count), 0)
  return {
    panels: panels.map((panel) => ({
      ...panel,
      reviewers: members.filter((one) => one.panelId === panel.id).map(({ personId, name }) => ({ personId, name })),
      sheets: count(panel.id) - count(panel.id, 'recused'),
      submitted: count(panel.id, 'submitted'),
      recused: count(panel.id, 'recused'),
    })),
    reviewers: await listReviewerPeople(look),
    admitted: schools.length,
    schools,
  }
}

/** Sheets of a panel that somebody still owes. */
export function openSheets(db: ReadOnly, panelId: string) {
  return db
    .selectFrom('scoreSheet')
    .innerJoin('school', 'school.id', 'scoreSheet.schoolId')
    .select(['scoreSheet.id', 'scoreSheet.reviewerId', 'scoreSheet.schoolId', 'school.stage', 'school.zoneId'])
    .where('scoreSheet.panelId', '=', panelId)
    .where('scoreSheet.state', 'in', ['assigned', 'opened', 'draft'])
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

export interface Pair {
  reviewerId: string
  reviewerName: string
  applicationId: string
  schoolId: string
  schoolName: string
  applicationState: string
  /** A sheet that was taken back without a conflict and is handed out again. */
  sheetId?: string | undefined
}

/**
 * Which sheets of a panel are still to be made, and which must not be, with the reason. Schools that the actor has recused from are
 * left to another person.
 */
export async function planAssignment(
  look: Look,
  panel: { id: string; cycleId: string; bureauId: string; method: ScoredMethod } & PanelScope,
) {
  const admitted = await look.db
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
    .where('application.cycleId', '=', panel.cycleId)
    .where('application.state', 'in', ['admitted', 'inReview'])
    .orderBy('school.sortKey')
    .execute()
  const barred = await barredSchools(look, panel.cycleId)
  const taken = admitted.filter((one) => takes(panel, { ...one, id: one.schoolId }))
  const applications = taken.filter((one) => !barred.has(one.schoolId))
  const members = await listPanelReviewers(look.db, [panel.id])
  const sheets = await look.db
    .selectFrom('scoreSheet')
    .select(['id', 'reviewerId', 'applicationId', 'takenBackAt'])
    .where('cycleId', '=', panel.cycleId)
    .where('method', '=', panel.method)
    .execute()
  const declared = await look.db
    .selectFrom('recusal')
    .select(['personId', 'schoolId', 'kind'])
    .where('cycleId', '=', panel.cycleId)
    .execute()
  const existing = new Map(sheets.map((one) => [`${one.reviewerId} ${one.applicationId}`, one]))
  const plan = { make: [] as Pair[], skipped: [] as (Pair & { kinds: RecusalKind[]; reason: string })[], kept: 0 }
  const hidden = taken.length - applications.length
  for (const member of members) {
    const ties = await readTies(look.db, { ...member, bureauId: panel.bureauId }, look.today)
    for (const application of applications) {
      const pair: Pair = {
        reviewerId: member.personId,
        reviewerName: member.name,
        applicationId: application.id,
        schoolId: application.schoolId,
        schoolName: application.name,
        applicationState: application.state,
      }
      const kinds: RecusalKind[] = [
        ...computedRecusals(ties, { id: application.schoolId, groupId: application.groupId }),
        ...declared
          .filter((one) => one.personId === member.personId && one.schoolId === application.schoolId)
          .map((one) => one.kind),
      ]
      const sheet = existing.get(`${pair.reviewerId} ${pair.applicationId}`)
      if (sheet && (sheet.takenBackAt === null || kinds.length > 0)) plan.kept += 1
      else if (kinds.length > 0)
        plan.skipped.push({
          ...pair,
          kinds,
          reason: [...new Set(kinds)].map((kind) => recusalKinds[kind]).join('；'),
        })
      else plan.make.push({ ...pair, sheetId: sheet?.id })
    }
  }
  return { ...plan, hidden }
}

type Assignment = Awaited<ReturnType<typeof planAssignment>>

export const shownAssignment = ({ make, skipped, kept, hidden }: Assignment) => ({
  make: make.map(({ reviewerName, schoolName }) => ({ reviewerName, schoolName })),
  skipped: skipped.map(({ reviewerName, schoolName, reason }) => ({ reviewerName, schoolName, reason })),
  kept,
  hidden,
})
