import type { AssignmentPlan } from '#domain/review/assignment.ts'
import { barredSchools } from '#server/identity/recusal/queries.ts'
import type { Look } from '#server/kernel/work.ts'
import { findOwnCycle } from '#server/year/cycle/queries.ts'
import {
  countSheetsOfPanels,
  findPanel,
  listAssignableSchools,
  listPanelReviewers,
  listPanels,
  listReviewerPeople,
  readAssignment,
} from './queries.ts'

/** The panels of a year with their progress; schools that the reader has recused from are neither named nor counted. */
export async function readPanels(look: Look, year?: number) {
  const cycle = await findOwnCycle(look, year)
  const barred = await barredSchools(look, cycle.id)
  const panels = (await listPanels(look.db, cycle.id)).flatMap((panel) => {
    const schoolIds = panel.schoolIds.filter((one) => !barred.has(one))
    // Without names it would read as a panel of all schools.
    return panel.schoolIds.length > 0 && schoolIds.length === 0 ? [] : [{ ...panel, schoolIds }]
  })
  const members = await listPanelReviewers(
    look.db,
    panels.map((one) => one.id),
  )
  const counts = await countSheetsOfPanels(look, cycle.id)
  const schools = await listAssignableSchools(look, cycle.id)
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

/** What handing out would do, before it is done. */
export const previewAssignment = async (look: Look, id: string) =>
  shownAssignment(await readAssignment(look, await findPanel(look, id)))

export const shownAssignment = ({ make, skipped, kept, hidden }: AssignmentPlan & { hidden: number }) => ({
  make: make.map(({ reviewerName, schoolName }) => ({ reviewerName, schoolName })),
  skipped: skipped.map(({ reviewerName, schoolName, reason }) => ({ reviewerName, schoolName, reason })),
  kept,
  hidden,
})
