import type { OutcomeKind } from '#domain/year/cycle.ts'
import { outcomeWords } from '#domain/year/outcome.ts'
import type { ReadOnly } from '#server/kernel/work.ts'
import { listOutcomeYears } from './queries.ts'

/** Years whose outcome is public, the newest first, as links with their own words. */
export async function listOutcomeLinks(db: ReadOnly) {
  const rows = await listOutcomeYears(db)
  return rows.map(({ id, year, outcomeKind }) => ({
    cycleId: id,
    year,
    href: `/outcomes/${year}`,
    title: titleOfOutcome(year, outcomeKind),
  }))
}

/** What a year's outcome is called, where several years stand beside each other. */
export const titleOfOutcome = (year: number, kind: OutcomeKind): string => {
  const { title, graded } = outcomeWords(kind)
  return `${year} 年度${title}${graded ? '结果' : '名单'}`
}
