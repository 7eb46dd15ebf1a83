import { movesFrom } from '#domain/base/lifecycle.ts'
import { againstComputing, disagreementsOf, type ReviewedApplication, withoutBarred } from '#domain/review/computing.ts'
import type { Refusal } from '#domain/base/refusal.ts'
import { againstMovingResult } from '#domain/review/result.ts'
import type { AdjustmentKind } from '#domain/review/review.ts'
import { resultLife, type ResultState } from '#domain/review/resultLife.ts'
import { maximumOf, scoredMethods, type Standard } from '#domain/year/standard.ts'
import { againstRecused, barredSchools } from '#server/identity/recusal/queries.ts'
import type { Look } from '#server/kernel/work.ts'
import { latestResult, ownReview } from '#server/review/result/queries.ts'
import { readInputs, readProofs, readSuggestions, readWaiting } from './queries.ts'

/** The office's desk for the review: what is there, what is missing, what may be done now. */
export async function readReview(look: Look, year?: number) {
  const { cycle, standard } = await ownReview(look, year)
  const share = cycle.settings.disagreementShare
  const applications = await readInputs(look.db, cycle.id, standard.body)
  const result = await latestResult(look.db, cycle.id)
  const barred = await barredSchools(look, cycle.id)
  const recused = await againstRecused(look, cycle.id)
  const waiting = await readWaiting(look.db, cycle.id)
  const suggestions = await readSuggestions(look, cycle.id)
  const files = await readProofs(look.db, cycle.id)
  const shown = applications.filter((one) => !barred.has(one.schoolId))
  return {
    cycleTitle: cycle.title,
    surveyMaximum: maximumOf(standard.body, 'survey'),
    items: { bonus: itemsOf(standard.body, 'bonus'), deduction: itemsOf(standard.body, 'deduction') },
    hidden: applications.length - shown.length,
    applications: shown.map((application) => ({
      applicationId: application.applicationId,
      schoolName: application.schoolName,
      stage: application.stage,
      methods: methodsShown(look, application, disagreementsOf(application, standard.body, share)),
      survey: application.survey,
      surveyLack: application.surveyLack,
      surveyRuling: application.surveyRuling,
      surveyMoves: application.surveyRulable ? { rule: [] } : {},
      adjustments: application.adjustments.map((one) => ({ ...one, files: files.get(one.id) ?? [] })),
      suggestions: suggestions.get(application.schoolId) ?? [],
    })),
    result: result
      ? { id: result.id, state: result.state, digest: result.digest, computedAt: result.computedAt }
      : null,
    computeReasons: [
      ...recused,
      ...withoutBarred(
        againstComputing(applications, standard.body, share, result, waiting),
        [...applications, ...waiting].filter((one) => barred.has(one.schoolId)),
      ),
    ],
    moves: result ? movesOfResult(look, result, recused) : {},
  }
}

const itemsOf = (standard: Standard, kind: AdjustmentKind) =>
  standard[kind].items.map(({ code, title, points }) => ({ code, title, points: Math.round(points * 100) }))

function methodsShown({ actor }: Look, application: ReviewedApplication, flagged: ReturnType<typeof disagreementsOf>) {
  return scoredMethods.map((method) => {
    const sheets = application.sheets.filter((sheet) => sheet.method === method)
    // Somebody of the office who reviews as well sees no number of others before the own sheet is in (rule 10).
    const blind = sheets.some(
      (one) => one.reviewerId === actor.personId && one.state !== 'submitted' && one.state !== 'excluded',
    )
    const found = blind ? undefined : flagged.find((one) => one.method === method)
    return {
      method,
      sheets: sheets.map(({ id, reviewerName, state, total }) => ({
        id,
        reviewerName,
        state,
        total: blind ? null : total,
      })),
      disagreement: found ? { spread: found.spread, allowed: found.allowed, ruling: found.ruling } : null,
    }
  })
}

const movesOfResult = (
  look: Look,
  result: { bureauId: string; state: ResultState },
  recused: readonly Refusal[],
): Record<string, Refusal[]> =>
  Object.fromEntries(
    movesFrom(resultLife, result.state)
      .filter((action) => action === 'moderate' || action === 'seal')
      .map((action) => [action, [...recused, ...againstMovingResult(look.actor, result, action)]]),
  )
