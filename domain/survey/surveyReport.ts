import { keysOf, recordOf } from '#domain/base/record.ts'
import { divideHalfUp, showPercent, showScore, sum } from '#domain/base/score.ts'
import {
  type Answer,
  answerLabels,
  type Audience,
  audienceLabels,
  audiences,
  type AudienceTally,
  type Satisfaction,
} from '#domain/survey/survey.ts'
import { type Cell, hiddenCells, shownFrom, type Sum } from '#domain/survey/suppression.ts'

/** From so many schools on their spread is told: of fewer, three figures would be nearly all of them. */
const BAND_FROM = 8

export interface Band {
  schools: number
  lowerQuartile: number
  median: number
  upperQuartile: number
}

/** Quartiles by nearest rank, in whole points: neither the ends nor a figure that could be found again in another school's result. */
export function bandOf(values: readonly number[]): Band | null {
  if (values.length < BAND_FROM) return null
  const sorted = values.toSorted((a, b) => a - b)
  const at = (quarters: number) => divideHalfUp(sorted[Math.ceil((quarters * sorted.length) / 4) - 1] ?? 0, 100) * 100
  return { schools: sorted.length, lowerQuartile: at(1), median: at(2), upperQuartile: at(3) }
}

/** A school knows its people: who of five said what is easily guessed, and one of them knows the own vote. */
const SCHOOL_COUNTS_FROM = 3

/** Whether so few answered that their own school reads the audience's mean alone, as the index needs it. */
export const meanAlone = (cast: number): boolean => cast < shownFrom.public

/** What of an item's counts its own school reads: none as soon as one answer was given by one or two. */
export function countsForSchool(counts: Readonly<Record<Answer, number>>): Partial<Record<Answer, number>> {
  return Object.values(counts).some((one) => one > 0 && one < SCHOOL_COUNTS_FROM) ? {} : { ...counts }
}

/** Why a school has no index, in words; empty when it has one. */
export function withoutIndex(satisfaction: Pick<Satisfaction, 'index' | 'missing' | 'short'>): string {
  if (satisfaction.index !== null) return ''
  const named = (list: readonly Audience[]) => list.map((one) => audienceLabels[one]).join('、')
  const none = satisfaction.missing.filter((one) => !satisfaction.short.includes(one))
  const parts = [
    ...(satisfaction.short.length > 0 ? [`${named(satisfaction.short)}回收不足`] : []),
    ...(none.length > 0 ? [`${named(none)}没有有效答卷`] : []),
  ]
  return `样本不足：${parts.join('，')}`
}

/** From so many schools on a total tells none of them what the others answered: less its own, two or more are left. */
export const TOTAL_FROM = 3

/** One audience of the whole district, and how many schools' cells are in it. */
export interface AudienceTotal extends AudienceTally {
  schools: number
}

/** What is kept of a counted survey for everybody who is not shown single schools. */
export interface SurveyTotals {
  schools: number
  withIndex: number
  audiences: AudienceTotal[]
}

export const totalsOf = (
  schools: readonly { tallies: readonly AudienceTally[]; satisfaction: Pick<Satisfaction, 'index'> }[],
): SurveyTotals => ({
  schools: schools.length,
  withIndex: schools.filter((one) => one.satisfaction.index !== null).length,
  audiences: sumTallies(schools.map((one) => one.tallies)),
})

/**
 * The district's totals: the sums over the schools' cells that may be shown inside the bureau. Smaller ones are left out of the
 * sums too, so that no total minus the rest tells them.
 */
export function sumTallies(schools: readonly (readonly AudienceTally[])[]): AudienceTotal[] {
  return audiences.flatMap((audience) => {
    const own = schools.flatMap((tallies) =>
      tallies.filter((one) => one.audience === audience && one.items.length > 0 && one.cast >= shownFrom.bureau),
    )
    const first = own[0]
    if (!first) return []
    const items = first.items.map((item) => ({ ...item, counts: sumCounts(own, item.item) }))
    return [
      {
        audience,
        schools: own.length,
        issued: sum(own.map((one) => one.issued)),
        cast: sum(own.map((one) => one.cast)),
        items,
      },
    ]
  })
}

/** Who reads a total: the office sees every school anyway, the others must not find one by taking away what they know. */
export type TotalReaders = 'public' | 'schools' | 'office'

/** Why a total must not be shown to these readers (rule 13), in words; empty when it may. */
export function whyHidden({ cast, schools }: Pick<AudienceTotal, 'cast' | 'schools'>, readers: TotalReaders): string {
  const least = readers === 'public' ? shownFrom.public : shownFrom.bureau
  if (cast < least) return `答卷不足 ${least} 份，不公布`
  return readers !== 'office' && schools < TOTAL_FROM ? `不足 ${TOTAL_FROM} 所学校，不公布合计` : ''
}

function sumCounts(tallies: readonly AudienceTally[], item: string): Record<Answer, number> {
  const all = tallies.flatMap((one) => one.items.filter((each) => each.item === item))
  return recordOf(keysOf(answerLabels), (answer) => sum(all.map((one) => one.counts[answer])))
}

export const cellOf = (schoolId: string | null, audience: Audience): string => `${schoolId ?? '*'}:${audience}`

/** The cells of a table of schools, audiences and totals that nobody inside the bureau may see either (rule 13). */
export function hiddenIn(
  schools: readonly { schoolId: string; tallies: readonly Pick<AudienceTally, 'audience' | 'cast' | 'items'>[] }[],
): Set<string> {
  // A cell that is in no total cannot be found from one; too small it is all the same.
  const counted = (one: Pick<AudienceTally, 'cast' | 'items'>) => one.items.length > 0 && one.cast >= shownFrom.bureau
  const cells: Cell[] = []
  const small: string[] = []
  const sums: Sum[] = []
  for (const audience of audiences) {
    const own = schools.flatMap(({ schoolId, tallies }) =>
      tallies.filter((one) => one.audience === audience).map((one) => ({ key: cellOf(schoolId, audience), one })),
    )
    for (const { key, one } of own)
      if (counted(one)) cells.push({ key, n: one.cast })
      else small.push(key)
    const parts = own.filter(({ one }) => counted(one))
    const total = cellOf(null, audience)
    cells.push({ key: total, n: sum(parts.map(({ one }) => one.cast)) })
    sums.push({ total, parts: parts.map(({ key }) => key) })
  }
  return new Set([...hiddenCells(cells, sums, 'bureau'), ...small])
}

/** What stands behind the points of a school in the review, as one sentence. */
export function sourceOfIndex(satisfaction: Satisfaction, tallies: readonly AudienceTally[], digest: string): string {
  const counted = tallies.filter((tally) => satisfaction.audiences.some((one) => one.audience === tally.audience))
  const counts = counted.flatMap((tally) => tally.items.map((item) => item.counts))
  const answers = sum(counts.flatMap((one) => Object.values(one)))
  const unknown = sum(counts.map((one) => one.unknown))
  const percent = (part: number, whole: number) => showPercent(whole === 0 ? null : divideHalfUp(part * 10_000, whole))
  return [
    `满意度指数 ${showScore(satisfaction.index ?? 0)}`,
    `有效答卷 ${satisfaction.n} 份`,
    `回收率 ${percent(satisfaction.n, sum(counted.map((one) => one.issued)))}`,
    `“不了解”占 ${percent(unknown, answers)}`,
    `计票摘要 ${digest.slice(0, 12)}`,
  ].join('，')
}
