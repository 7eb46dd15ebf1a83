import { divideHalfUp, mean, shareOut, sum } from '#domain/score.ts'
import { linesOf, type Standard } from '#domain/standard.ts'

/** The answers to a satisfaction item and what each is worth (rule 7); `unknown` is left out and reported. */
export const answerLabels = {
  verySatisfied: '很满意',
  satisfied: '满意',
  fair: '基本满意',
  dissatisfied: '不满意',
  veryDissatisfied: '很不满意',
  unknown: '不了解',
} as const
export type Answer = keyof typeof answerLabels
const worth = { verySatisfied: 100, satisfied: 85, fair: 70, dissatisfied: 40, veryDissatisfied: 0 } as const
const valued = Object.keys(worth) as (keyof typeof worth)[]

export const audienceLabels = { teacher: '教师', parent: '家长', pupil: '学生' } as const
export type Audience = keyof typeof audienceLabels
export const audiences = Object.keys(audienceLabels) as Audience[]

/** What each audience counts, in per cent; a kindergarten's children are not asked (rule 7). */
export const weightsOf = (stage: string): Record<Audience, number> =>
  stage === '幼儿园' ? { teacher: 50, parent: 50, pupil: 0 } : { teacher: 40, parent: 35, pupil: 25 }

export interface ItemTally {
  item: string
  counts: Readonly<Record<Answer, number>>
}

/** Totals of one school and audience; single ballots never leave the ballot box (rule 13). */
export interface AudienceTally {
  audience: Audience
  /** Codes handed out and ballots cast. */
  issued: number
  cast: number
  items: readonly ItemTally[]
}

/** All shares and means are in hundredths: 9_050 is 90.50. */
export interface ItemResult {
  item: string
  known: number
  mean: number | null
  unknownShare: number
}

export interface AudienceResult {
  audience: Audience
  weight: number
  n: number
  responseRate: number | null
  mean: number | null
  unknownShare: number
  items: ItemResult[]
}

export interface Satisfaction {
  index: number | null
  n: number
  audiences: AudienceResult[]
  /** Audiences that count but gave no answer that counts; while there is one, there is no index. */
  missing: Audience[]
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : divideHalfUp(part * 10_000, whole))

function resultOfItem({ item, counts }: ItemTally): ItemResult {
  const known = sum(valued.map((answer) => counts[answer]))
  const value = sum(valued.map((answer) => counts[answer] * worth[answer]))
  return {
    item,
    known,
    mean: known === 0 ? null : divideHalfUp(value * 100, known),
    unknownShare: share(counts.unknown, known + counts.unknown),
  }
}

function resultOfAudience(tally: AudienceTally, weight: number): AudienceResult {
  const items = tally.items.map(resultOfItem)
  const means = items.flatMap((one) => (one.mean === null ? [] : [one.mean]))
  const unknown = sum(tally.items.map((one) => one.counts.unknown))
  return {
    audience: tally.audience,
    weight,
    n: tally.cast,
    responseRate: tally.issued === 0 ? null : share(tally.cast, tally.issued),
    mean: means.length === 0 ? null : mean(means),
    unknownShare: share(unknown, unknown + sum(items.map((one) => one.known))),
    items,
  }
}

/**
 * The satisfaction index of a school (rule 7). Every level is rounded to hundredths as it is shown, so that anyone can check
 * the next level by hand. An audience that did not answer is never replaced by the others.
 */
export function satisfactionOf(stage: string, tallies: readonly AudienceTally[]): Satisfaction {
  const weights = weightsOf(stage)
  const found = audiences.flatMap((audience) => {
    const tally = tallies.find((one) => one.audience === audience)
    return tally && weights[audience] > 0 ? [resultOfAudience(tally, weights[audience])] : []
  })
  const missing = audiences.filter(
    (audience) => weights[audience] > 0 && (found.find((one) => one.audience === audience)?.mean ?? null) === null,
  )
  return {
    index: missing.length > 0 ? null : divideHalfUp(sum(found.map((one) => one.weight * (one.mean ?? 0))), 100),
    n: sum(found.map((one) => one.n)),
    audiences: found,
    missing,
  }
}

export interface SurveyPoints {
  points: number
  maximum: number
  parts: { code: string; title: string; maximum: number; points: number }[]
}

/** What an index is worth in the standard's survey-derived parts; the parts add up to the points exactly (rules 6 and 7). */
export function surveyPoints(index: number, standard: Standard): SurveyPoints {
  const lines = linesOf(standard, 'survey')
  const weights = lines.map((line) => line.maximum)
  const maximum = sum(weights)
  const points = divideHalfUp(index * maximum, 10_000)
  const shared = shareOut(points, weights)
  const parts = lines.map(({ code, title, maximum: full }, at) => ({
    code,
    title,
    maximum: full,
    points: shared[at] ?? 0,
  }))
  return { points, maximum, parts }
}
