import { hasRole } from '#domain/base/actor.ts'
import { readPersonNames } from '#server/identity/access/queries.ts'
import { againstComputing, withoutBarred } from '#domain/review/computing.ts'
import { visibleToLeaders } from '#domain/review/result.ts'
import type { ResultState } from '#domain/review/resultLife.ts'
import { explain, type Place } from '#domain/review/review.ts'
import type { OutcomeKind } from '#domain/year/cycle.ts'
import { outcomeWords } from '#domain/year/outcome.ts'
import { methodLabels } from '#domain/year/standard.ts'
import type { Todo } from '#contract/home/todo.ts'
import { barredSchools, countOthers } from '#server/identity/recusal/queries.ts'
import { demand, found, notFound } from '#server/kernel/problem.ts'
import { againstBroken } from '#server/kernel/seal.ts'
import type { Look } from '#server/kernel/work.ts'
import { readInputs, readWaiting } from '#server/review/input/queries.ts'
import { currentCycle, findOwnCycle, readCycle, readStandard } from '#server/year/cycle/queries.ts'
import { bodyOf, findResult, lastCorrected, latestResult, listSheetsToScore, readNames } from './queries.ts'

const REASONS_SHOWN = 3

/** What the review asks of this person now: sheets to score, or the next step towards a sealed result. */
export async function listReviewTodos(look: Look): Promise<Todo[]> {
  return [...(await listSheetTodos(look)), ...(await listResultTodos(look))]
}

async function listSheetTodos(look: Look): Promise<Todo[]> {
  if (!hasRole(look.actor, 'reviewer')) return []
  return (await listSheetsToScore(look)).map(({ id, method, name, returnReason }) => ({
    id: `sheet:${id}`,
    kind: returnReason ? 'sheetReturned' : 'sheetToScore',
    title: returnReason ? `评分表被退回：${name}` : `待评分：${name}`,
    detail: returnReason ?? `${methodLabels[method]}评分表。`,
    href: `/console/sheets/${id}`,
  }))
}

/** What an unsealed result waits for. */
const nextStep: Partial<Record<ResultState, Pick<Todo, 'kind' | 'title' | 'detail'>>> = {
  computed: { kind: 'resultToModerate', title: '评审结果待复核', detail: '复核后封存，封存后评分不能再改。' },
  moderated: { kind: 'resultToSeal', title: '评审结果待封存', detail: '封存后登记审定会议的决定。' },
}

async function listResultTodos(look: Look): Promise<Todo[]> {
  if (!hasRole(look.actor, 'office')) return []
  const cycle = look.actor.bureauId ? await currentCycle(look.db, look.actor.bureauId) : undefined
  if (cycle?.state !== 'open' || !cycle.standardId) return []
  const base = { id: `review:${cycle.id}`, href: '/console/review' }
  const result = await latestResult(look.db, cycle.id)
  const next = result && nextStep[result.state]
  if (next) return [{ ...base, href: '/console/ranking', ...next }]
  if (result) return []
  const standard = (await readStandard(look.db, cycle.standardId)).body
  const applications = await readInputs(look.db, cycle.id, standard)
  if (applications.length === 0) return []
  const waiting = await readWaiting(look.db, cycle.id)
  const barred = await barredSchools(look, cycle.id)
  const reasons = withoutBarred(
    againstComputing(applications, standard, cycle.settings.disagreementShare, undefined, waiting),
    [...applications, ...waiting].filter((one) => barred.has(one.schoolId)),
  )
  if (reasons.length === 0)
    return [{ ...base, kind: 'resultToCompute', title: '评审结果可以计算', detail: '评分和测评得分已经齐全。' }]
  const first = reasons.slice(0, REASONS_SHOWN).map((one) => one.message)
  const title = `评审还有 ${reasons.length} 处没有办完`
  return [{ ...base, kind: 'reviewBlocked', title, detail: first.join('') }]
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
export async function readRanking(look: Look, year?: number) {
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
export function inYear<P extends { stage: string; applicationId: string }>(
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
  if (!hasRole(look.actor, 'office') && !shown) throw notFound()
  demand(await againstBroken(look.db, 'result', { id: result.id }))
  const input = found(bodyOf(result).inputs.find((one) => one.applicationId === params.applicationId))
  if ((await barredSchools(look, result.cycleId)).has(input.schoolId)) throw notFound()
  // By the standard of its own year: another may have begun since.
  const cycle = await readCycle(look.db, result.cycleId)
  const standard = await readStandard(look.db, found(cycle.standardId))
  const told = explain(input, standard.body)
  const name = found((await readNames(look.db, [params.applicationId])).get(params.applicationId))
  const reviewers = await readPersonNames(
    look.db,
    input.sheets.map((sheet) => sheet.reviewerId),
  )
  return {
    schoolName: name.schoolName,
    formula: told.formula,
    total: told.total,
    methods: told.methods.map((one) => methodExplained(one, reviewers)),
    survey: {
      points: told.survey.points,
      maximum: told.survey.maximum,
      source: told.survey.source,
      parts: told.survey.parts,
    },
    bonus: adjustmentsExplained(told.bonus),
    deduction: adjustmentsExplained(told.deduction),
  }
}

type Explained = ReturnType<typeof explain>

const methodExplained = (
  { method, label, maximum, score, sheets }: Explained['methods'][number],
  reviewers: ReadonlyMap<string, string>,
) => ({
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
})

const adjustmentsExplained = ({ cap, counted, items }: Explained['bonus']) => ({
  cap,
  counted,
  items: items.map(({ code, title, points, reason }) => ({ code, title, points, reason })),
})
