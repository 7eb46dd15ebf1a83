import { againstComputing, disagreementsOf, withoutBarred } from '#domain/review/computing.ts'
import { sql } from 'kysely'
import { hasRole } from '#domain/base/actor.ts'
import { type AdoptedLevel, bonusOfAdoption } from '#domain/showcase/article.ts'
import { againstMovingResult, visibleToLeaders } from '#domain/review/result.ts'
import { movesFrom } from '#domain/base/lifecycle.ts'
import { resultLife } from '#domain/review/resultLife.ts'
import type { OutcomeKind } from '#domain/year/cycle.ts'
import { outcomeWords } from '#domain/year/outcome.ts'
import { explain, type Place } from '#domain/review/review.ts'
import { methodLabels, scoredMethods } from '#domain/year/standard.ts'
import { findOwnCycle, readCycle, readStandard } from '#server/year/cycle/queries.ts'
import { filesIn } from '#server/records/file/queries.ts'
import { demand, found } from '#server/kernel/problem.ts'
import { type Exchange, sendDocument, show } from '#server/kernel/routes.ts'
import { refusal } from '#domain/base/refusal.ts'
import { sendListSheet } from '#server/kernel/listSheet.ts'
import { againstRecused, barredSchools, countOthers } from '#server/identity/recusal/queries.ts'
import { againstBroken } from '#server/kernel/seal.ts'
import type { Look } from '#server/kernel/work.ts'
import {
  bodyOf,
  findResult,
  lastCorrected,
  latestResult,
  ownReview,
  readInputs,
  readNames,
  readPersonNames,
  readWaiting,
  surveyMaximum,
} from './queries.ts'

/** The office's desk for the review: what is there, what is missing, what may be done now. */
export async function readDesk(look: Look, year?: number) {
  const { cycle, standard } = await ownReview(look, year)
  const share = cycle.settings.disagreementShare
  const applications = await readInputs(look.db, cycle.id, standard.body)
  const result = await latestResult(look.db, cycle.id)
  const barred = await barredSchools(look, cycle.id)
  const recused = await againstRecused(look, cycle.id)
  const waiting = await readWaiting(look.db, cycle.id)
  const suggestions = await readSuggestions(look, cycle.id)
  const files = await readProofs(look.db, cycle.id)
  const items = (kind: 'bonus' | 'deduction') =>
    standard.body[kind].items.map(({ code, title, points }) => ({ code, title, points: Math.round(points * 100) }))
  return {
    cycleTitle: cycle.title,
    surveyMaximum: surveyMaximum(standard.body),
    items: { bonus: items('bonus'), deduction: items('deduction') },
    hidden: applications.filter((one) => barred.has(one.schoolId)).length,
    applications: applications
      .filter((one) => !barred.has(one.schoolId))
      .map((application) => {
        const flagged = disagreementsOf(application, standard.body, share)
        return {
          applicationId: application.applicationId,
          schoolName: application.schoolName,
          stage: application.stage,
          methods: scoredMethods.map((method) => {
            const sheets = application.sheets.filter((sheet) => sheet.method === method)
            // Somebody of the office who reviews as well sees no number of others before the own sheet is in (rule 10).
            const blind = sheets.some(
              (one) => one.reviewerId === look.actor.personId && one.state !== 'submitted' && one.state !== 'excluded',
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
          }),
          survey: application.survey,
          surveyLack: application.surveyLack,
          surveyRuling: application.surveyRuling,
          surveyMoves: application.surveyRulable ? { rule: [] } : {},
          adjustments: application.adjustments.map((one) => ({ ...one, files: files.get(one.id) ?? [] })),
          suggestions: suggestions.get(application.schoolId) ?? [],
        }
      }),
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
    moves: result
      ? Object.fromEntries(
          movesFrom(resultLife, result.state)
            .filter((action) => action === 'moderate' || action === 'seal')
            .map((action) => [action, [...recused, ...againstMovingResult(look.actor, result, action)]]),
        )
      : {},
  }
}

/** What was handed in to prove each bonus and deduction of a year. */
async function readProofs(db: Look['db'], cycleId: string) {
  const rows = await db
    .selectFrom('adjustment')
    .select(['id', 'files'])
    .where('cycleId', '=', cycleId)
    .where('files', 'is not', null)
    .execute()
  return new Map(rows.map((row) => [row.id, filesIn(row.files)]))
}

interface Suggestion {
  kind: 'bonus' | 'deduction'
  code: string
  count: number
  detail: string
}

/** What the records say for bonus and deduction; the office decides whether to enter them. */
async function readSuggestions({ db, today }: Look, cycleId: string): Promise<Map<string, Suggestion[]>> {
  const count = (rows: { schoolId: string | null; count: number }[], make: (count: number) => Suggestion) =>
    rows.flatMap((row) => (row.schoolId ? [[row.schoolId, make(Number(row.count))] as const] : []))
  const adopted = await db
    .selectFrom('article')
    .select((eb) => ['schoolId', 'adoptedLevel', eb.fn.countAll<number>().as('count')])
    .where('cycleId', '=', cycleId)
    .where('adoptedLevel', 'is not', null)
    .groupBy(['schoolId', 'adoptedLevel'])
    .execute()
  const hosted = await db
    .selectFrom('event')
    .select((eb) => ['hostSchoolId as schoolId', eb.fn.countAll<number>().as('count')])
    .where('cycleId', '=', cycleId)
    .where('state', '=', 'held')
    .groupBy('hostSchoolId')
    .execute()
  const missed = await db
    .selectFrom('promise')
    .innerJoin('plan', 'plan.id', 'promise.planId')
    .select((eb) => ['promise.schoolId', eb.fn.countAll<number>().as('count')])
    .where('plan.cycleId', '=', cycleId)
    .where('plan.state', 'in', ['published', 'closed'])
    .where('promise.state', '=', 'missed')
    .where('promise.explanation', '=', '')
    .groupBy('promise.schoolId')
    .execute()
  const late = await db
    .selectFrom('rectification')
    .select((eb) => ['schoolId', eb.fn.countAll<number>().as('count')])
    .where('cycleId', '=', cycleId)
    .where('state', '!=', 'withdrawn')
    // The last day ends in Shanghai at 16:00 UTC; what is not reported by then is late, and stays so when reported;
    // more time that was asked for in time and never answered counts as given.
    .where((eb) =>
      eb.or([
        eb('reportedAt', '>=', sql<string>`${eb.fn.coalesce('askedDueOn', 'dueOn')} || 'T16:00:00.000Z'`),
        eb.and([eb('reportedAt', 'is', null), eb(eb.fn.coalesce('askedDueOn', 'dueOn'), '<', today)]),
      ]),
    )
    .groupBy('schoolId')
    .execute()
  const found = [
    ...adopted.flatMap((row) => {
      const code = bonusOfAdoption[row.adoptedLevel as AdoptedLevel]
      return code ? count([row], (n) => ({ kind: 'bonus', code, count: n, detail: `经验被上级采用 ${n} 篇` })) : []
    }),
    ...count(hosted, (n) => ({ kind: 'bonus', code: 'P4', count: n, detail: `承办区级活动 ${n} 次` })),
    ...count(late, (n) => ({ kind: 'deduction', code: 'N1', count: n, detail: `整改逾期 ${n} 次` })),
    ...count(missed, (n) => ({ kind: 'deduction', code: 'N3', count: n, detail: `承诺未兑现且未说明 ${n} 条` })),
  ] as const
  const bySchool = new Map<string, Suggestion[]>()
  for (const [schoolId, suggestion] of found) bySchool.set(schoolId, [...(bySchool.get(schoolId) ?? []), suggestion])
  return bySchool
}

const nothing = {
  resultId: null,
  state: null,
  ruleVersion: '',
  inputsDigest: '',
  digest: '',
  computedAt: '',
  sealedAt: null,
  moderation: '',
  alone: false,
  corrected: null,
  places: [],
}

/** The ranking for the office, and for leaders once it is sealed. Schools and the public never see one (rule 11). */
export async function readRankingView(look: Look, year?: number) {
  const cycle = await findOwnCycle(look, year)
  const result = await latestResult(look.db, cycle.id)
  const office = hasRole(look.actor, 'office')
  const before = office ? await lastCorrected(look.db, cycle.id) : undefined
  const corrected = before
    ? { id: before.id, digest: before.digest, at: before.correctedAt ?? '', reason: before.correctionReason }
    : null
  if (!result || !(office || visibleToLeaders(result.state))) return { ...nothing, corrected }
  demand(await againstBroken(look.db, 'result', { id: result.id }))
  const { places } = bodyOf(result)
  const barred = await barredSchools(look, cycle.id)
  const names = await readNames(
    look.db,
    places.map((one) => one.applicationId),
  )
  return {
    resultId: result.id,
    state: result.state,
    ruleVersion: result.ruleVersion,
    inputsDigest: result.inputsDigest,
    digest: result.digest,
    computedAt: result.computedAt,
    sealedAt: result.sealedAt,
    moderation: result.moderation,
    alone: office && (await countOthers(look, ['office'], result)) === 0,
    corrected,
    places: inYear(
      cycle.outcomeKind,
      places
        .filter((one) => !barred.has(one.schoolId))
        .map((one) => ({ ...placeOf(one), ...found(names.get(one.applicationId)) })),
      names,
    ),
  }
}

/** A year that only shows results has no places: its schools stand by stage and name (rule 2), in the order in which they were read. */
function inYear<P extends { stage: string; applicationId: string }>(
  kind: OutcomeKind,
  places: readonly P[],
  names: ReadonlyMap<string, unknown>,
) {
  if (outcomeWords(kind).graded) return [...places]
  const at = new Map([...names.keys()].map((id, index) => [id, index]))
  return places
    .map((one) => ({ ...one, place: null, decidedBy: '' }))
    .toSorted(
      (a, b) =>
        a.stage.localeCompare(b.stage, 'zh-CN') || (at.get(a.applicationId) ?? 0) - (at.get(b.applicationId) ?? 0),
    )
}

const placeOf = ({ applicationId, place, decidedBy, total, methods, survey, bonus, deduction }: Place) => ({
  applicationId,
  place,
  decidedBy,
  total,
  methods,
  survey,
  bonus,
  deduction,
})

/** Opens one place down to each score of each sheet, from the inputs that the result keeps. */
export async function readExplanation(look: Look, params: { id: string; applicationId: string }) {
  const result = await findResult(look, params.id)
  const shown = visibleToLeaders(result.state) && result.correctedAt === null
  if (!hasRole(look.actor, 'office') && !shown) demand([refusal('notFound')])
  demand(await againstBroken(look.db, 'result', { id: result.id }))
  const input = found(bodyOf(result).inputs.find((one) => one.applicationId === params.applicationId))
  if ((await barredSchools(look, result.cycleId)).has(input.schoolId)) demand([refusal('notFound')])
  // By the standard of its own year: another may have begun since.
  const cycle = await readCycle(look.db, result.cycleId)
  const standard = await readStandard(look.db, found(cycle.standardId))
  const told = explain(input, standard.body)
  const name = found((await readNames(look.db, [params.applicationId])).get(params.applicationId))
  const reviewers = await readPersonNames(
    look.db,
    input.sheets.map((sheet) => sheet.reviewerId),
  )
  const adjusted = ({ cap, counted, items }: typeof told.bonus) => ({
    cap,
    counted,
    items: items.map(({ code, title, points, reason }) => ({ code, title, points, reason })),
  })
  return {
    schoolName: name.schoolName,
    formula: told.formula,
    total: told.total,
    methods: told.methods.map(({ method, label, maximum, score, sheets }) => ({
      method,
      label,
      maximum,
      score,
      sheets: sheets.map(({ id, reviewerId, total, dropped, scores }) => ({
        id,
        reviewerName: reviewers.get(reviewerId) ?? '',
        total,
        dropped,
        scores,
      })),
    })),
    survey: {
      points: told.survey.points,
      maximum: told.survey.maximum,
      source: told.survey.source,
      parts: told.survey.parts,
    },
    bonus: adjusted(told.bonus),
    deduction: adjusted(told.deduction),
  }
}

/** The canonical JSON behind the digest: whoever has it can recompute the seal. */
const resultFile = show(
  { name: 'resultFile', path: '/results/:id/sealed.json', access: ['office', 'auditor'] },
  async (exchange: Exchange) => {
    const result = await findResult(exchange.look, exchange.params['id'] ?? '')
    demand(await againstBroken(exchange.look.db, 'result', { id: result.id }))
    // The file holds every school's scores; it goes to nobody who has recused from one of them.
    demand(await againstRecused(exchange.look, result.cycleId))
    const { digest } = result
    await exchange.work(async (work) => work.record('result.downloaded', 'result', result.id, { digest }))
    return sendDocument(exchange.reply, {
      name: `评审结果-${result.digest.slice(0, 12)}.json`,
      mime: 'application/json',
      body: result.body,
    })
  },
)

const rankingSheet = show(
  { name: 'rankingSheet', path: '/results/:id/ranking.xlsx', access: ['office'] },
  async (exchange: Exchange) => {
    const result = await findResult(exchange.look, exchange.params['id'] ?? '')
    demand(await againstBroken(exchange.look.db, 'result', { id: result.id }))
    const barred = await barredSchools(exchange.look, result.cycleId)
    const places = bodyOf(result).places.filter((one) => !barred.has(one.schoolId))
    const names = await readNames(
      exchange.look.db,
      places.map((one) => one.applicationId),
    )
    const { outcomeKind } = await readCycle(exchange.look.db, result.cycleId)
    const rows = inYear(
      outcomeKind,
      places.map((one) => ({ ...one, ...found(names.get(one.applicationId)) })),
      names,
    )
    const placed = { header: '名次', width: 6, kind: 'number', of: (row: (typeof rows)[number]) => row.place } as const
    return sendListSheet(exchange, {
      title: '评审结果',
      rows,
      columns: [
        ...(outcomeWords(outcomeKind).graded ? [placed] : []),
        { header: '学校', width: 28, kind: 'text', of: (row) => row.schoolName },
        { header: '学段', width: 10, kind: 'text', of: (row) => row.stage },
        { header: '品牌', width: 20, kind: 'text', of: (row) => row.brandName },
        ...scoredMethods.map((method) => ({
          header: methodLabels[method],
          width: 10,
          kind: 'score' as const,
          of: (row: (typeof rows)[number]) => (row.methods as Record<string, number>)[method] ?? 0,
        })),
        { header: '群众测评', width: 10, kind: 'score', of: (row) => row.survey },
        { header: '加分', width: 8, kind: 'score', of: (row) => row.bonus },
        { header: '减分', width: 8, kind: 'score', of: (row) => row.deduction },
        { header: '总分', width: 10, kind: 'score', of: (row) => row.total },
      ],
    })
  },
)

export const reviewDocuments = [resultFile, rankingSheet]
