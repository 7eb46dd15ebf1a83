import { rowKey } from '#domain/schools/listRow.ts'
import type { ListReport } from '#contract/schools/schoolList.ts'
import type { Judged } from './queries.ts'

/** What the page shows of a list before anything is written. */
export function reportOf({ reading, doubts, plan, newZones, secretaries, digest }: Judged): ListReport {
  const broken = new Set(reading.mistakes.map(rowKey)).size
  return {
    rows: reading.rows.length + broken,
    sheets: reading.sheets,
    notes: reading.notes,
    mistakes: reading.mistakes,
    doubts,
    digest,
    newZones,
    secretaries: secretaries.map(({ schoolId, school, from, to }) => ({ schoolId, school, from, to })),
    added: plan.added,
    changed: plan.changed.map(({ schoolId, row, changes }) => ({
      schoolId,
      sheet: row.sheet,
      row: row.row,
      name: row.name,
      changes,
    })),
    unchanged: plan.unchanged.length,
    missing: plan.missing,
  }
}
