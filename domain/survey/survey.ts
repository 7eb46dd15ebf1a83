import { keysOf } from '#domain/base/record.ts'
import { divideHalfUp, shareOut, sum } from '#domain/base/score.ts'
import { linesOf, type Standard } from '#domain/year/standard.ts'

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

const valued = keysOf(worth)

/** What a pupil's three faces are called on the page, and the answer each counts as (decision 0008). */
const faceLabels = { verySatisfied: '开心', fair: '一般', dissatisfied: '不开心', unknown: '不知道' } as const

export interface Question {
  /** Stable over the versions of the bank, such as `t1`. */
  id: string
  text: string
  /** A question that is asked but is no part of the school's score, such as the one on extra paperwork. */
  unscored?: boolean
  /** The one whose share of 满意 and above is the 满意率. */
  overall?: boolean
}

/** What one audience is asked; frozen with a fingerprint before codes are made. */
export interface Questionnaire {
  audience: Audience
  version: string
  questions: Question[]
}

/** The answers that an audience can choose from; pupils choose among faces. */
export const choicesOf = (audience: Audience): readonly Answer[] =>
  audience === 'pupil' ? keysOf(faceLabels) : keysOf(answerLabels)

export const labelOfChoice = (audience: Audience, answer: Answer): string =>
  audience === 'pupil' && answer in faceLabels ? faceLabels[answer as keyof typeof faceLabels] : answerLabels[answer]

/** Characters of the optional free text, as people count them. */
export const REMARK_LENGTH = 200
/** What any text of so many characters takes in UTF-8, with room for a few dozen that are put together from many signs. */
export const REMARK_BYTES = 2_400

/** A family or a flag is one character to whoever types it. */
export const lengthOf = (text: string): number => [...new Intl.Segmenter('zh').segment(text)].length

export const audienceLabels = { teacher: '教师', parent: '家长', pupil: '学生' } as const
export type Audience = keyof typeof audienceLabels

export const audiences = keysOf(audienceLabels)

/** What each audience counts, in per cent; a kindergarten's children are not asked (rule 7). */
const weightsOf = (stage: string): Record<Audience, number> =>
  stage === '幼儿园' ? { teacher: 50, parent: 50, pupil: 0 } : { teacher: 40, parent: 35, pupil: 25 }

export interface ItemTally {
  item: string
  unscored?: boolean
  overall?: boolean
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
  unscored: boolean
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
  /** 满意率: the share of 满意 and above among those who gave a word on the whole; null without such a question. */
  satisfied: number | null
  unknownShare: number
  items: ItemResult[]
}

export interface Satisfaction {
  index: number | null
  n: number
  audiences: AudienceResult[]
  /** Audiences that count but gave no answer that counts; while there is one, there is no index. */
  missing: Audience[]
  /** Audiences of which too few answered (样本不足); while there is one, there is no index either. */
  short: Audience[]
}

/** How many must answer, in per cent of the codes handed out, and never fewer than a cell inside the bureau needs (rule 13). */
export interface SampleMinimum {
  share: Record<Audience, number>
  ballots: number
}

export const sampleMinimum: SampleMinimum = { share: { teacher: 60, parent: 30, pupil: 30 }, ballots: 5 }

const enough = (tally: { audience: Audience; issued: number; cast: number }, least: SampleMinimum): boolean =>
  tally.cast >= least.ballots && tally.cast * 100 >= least.share[tally.audience] * tally.issued

const share = (part: number, whole: number): number => (whole === 0 ? 0 : divideHalfUp(part * 10_000, whole))

function resultOfItem({ item, unscored = false, counts }: ItemTally): ItemResult {
  const known = sum(valued.map((answer) => counts[answer]))
  const value = sum(valued.map((answer) => counts[answer] * worth[answer]))
  return {
    item,
    unscored,
    known,
    mean: known === 0 ? null : divideHalfUp(value * 100, known),
    unknownShare: share(counts.unknown, known + counts.unknown),
  }
}

/** An exact fraction of whole numbers; nothing is rounded before the figure that is shown. */
interface Fraction {
  over: bigint
  under: bigint
}

const plus = (a: Fraction, b: Fraction): Fraction => ({
  over: a.over * b.under + b.over * a.under,
  under: a.under * b.under,
})

const zero: Fraction = { over: 0n, under: 1n }

/** Half up, in whole hundredths; what is divided here is never below 0. */
const rounded = ({ over, under }: Fraction): number => Number((2n * over + under) / (2n * under))

/** The exact mean of an audience's item means in hundredths; nothing when none of its items has an answer that counts. */
function meanOfAudience({ items }: AudienceTally): Fraction | null {
  const means = items.flatMap(({ counts, unscored = false }): Fraction[] => {
    const known = sum(valued.map((answer) => counts[answer]))
    const value = sum(valued.map((answer) => counts[answer] * worth[answer]))
    return known === 0 || unscored ? [] : [{ over: BigInt(value) * 100n, under: BigInt(known) }]
  })
  if (means.length === 0) return null
  const { over, under } = means.reduce(plus, zero)
  return { over, under: under * BigInt(means.length) }
}

/** The index from the exact means of the audiences, rounded here for the first and only time (rule 7). */
const indexOf = (weighted: readonly { mean: Fraction; weight: number }[]): number =>
  rounded(
    weighted
      .map(({ mean, weight }) => ({ over: mean.over * BigInt(weight), under: mean.under * 100n }))
      .reduce(plus, zero),
  )

function resultOfAudience(tally: AudienceTally, weight: number): AudienceResult {
  const items = tally.items.map(resultOfItem)
  const exact = meanOfAudience(tally)
  const unknown = sum(tally.items.map((one) => one.counts.unknown))
  const overall = tally.items.find((one) => one.overall)?.counts
  return {
    audience: tally.audience,
    weight,
    n: tally.cast,
    responseRate: tally.issued === 0 ? null : share(tally.cast, tally.issued),
    mean: exact === null ? null : rounded(exact),
    satisfied: overall
      ? share(overall.verySatisfied + overall.satisfied, sum(valued.map((one) => overall[one])))
      : null,
    unknownShare: share(unknown, unknown + sum(items.map((one) => one.known))),
    items,
  }
}

/**
 * The satisfaction index of a school (rule 7). The means that are shown beside it are rounded for showing alone: the index itself
 * is reckoned in exact fractions and rounded once. An audience that did not answer is never replaced by the others.
 */
export function satisfactionOf(
  stage: string,
  tallies: readonly AudienceTally[],
  least: SampleMinimum = sampleMinimum,
): Satisfaction {
  const weights = weightsOf(stage)
  const found = audiences.flatMap((audience) => {
    const tally = tallies.find((one) => one.audience === audience)
    return tally && weights[audience] > 0 ? [resultOfAudience(tally, weights[audience])] : []
  })
  const missing = audiences.filter(
    (audience) => weights[audience] > 0 && (found.find((one) => one.audience === audience)?.mean ?? null) === null,
  )
  const short = found
    .filter((one) => one.n > 0 && !enough({ ...one, issued: issuedOf(tallies, one.audience), cast: one.n }, least))
    .map((one) => one.audience)
  return {
    index:
      missing.length + short.length > 0
        ? null
        : indexOf(
            tallies.flatMap((tally) => {
              const exact = weights[tally.audience] > 0 ? meanOfAudience(tally) : null
              return exact === null ? [] : [{ mean: exact, weight: weights[tally.audience] }]
            }),
          ),
    n: sum(found.map((one) => one.n)),
    audiences: found,
    missing,
    short,
  }
}

const issuedOf = (tallies: readonly AudienceTally[], audience: Audience): number =>
  tallies.find((one) => one.audience === audience)?.issued ?? 0

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
