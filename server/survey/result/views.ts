import type { z } from 'zod'
import { type Actor, hasRole, isOffice, reachesSchool, worksAt } from '#domain/base/actor.ts'
import { questionBank } from '#domain/survey/questionBank.ts'
import { refusal } from '#domain/base/refusal.ts'
import { type AudienceResult, type AudienceTally, satisfactionOf } from '#domain/survey/survey.ts'
import {
  bandOf,
  cellOf,
  countsForSchool,
  hiddenIn,
  meanAlone,
  type TotalReaders,
  whyHidden,
  withoutIndex,
} from '#domain/survey/surveyReport.ts'
import { againstReadingResults } from '#domain/survey/surveyRules.ts'
import type { listResults } from '#contract/survey/surveyReport.ts'
import { schoolsNamed } from '#server/schools/list/queries.ts'
import { barredSchools, demandSight } from '#server/identity/recusal/queries.ts'
import { findPart, findSurvey, questionnairesOf, readTotals, type Survey } from '#server/survey/survey/queries.ts'
import { findOwnPart } from '#server/survey/roster/queries.ts'
import { askBox } from '#server/kernel/ballotBox.ts'
import { demand, found } from '#server/kernel/problem.ts'
import type { Look } from '#server/kernel/work.ts'
import { readResults, readSurveyOnPortal } from './queries.ts'

const wording = new Map(Object.values(questionBank).flatMap((all) => all.map((one) => [one.id, one.text] as const)))

/** One audience of one school or of the district; what its readers must not see is null. */
function shownAudience(result: AudienceResult, tally: AudienceTally, hidden: boolean) {
  return {
    audience: result.audience,
    issued: tally.issued,
    n: tally.cast,
    responseRate: result.responseRate,
    hidden,
    mean: hidden ? null : result.mean,
    satisfied: hidden ? null : result.satisfied,
    unknownShare: hidden ? null : result.unknownShare,
  }
}

const shownItems = (result: AudienceResult, tally: AudienceTally, hidden: boolean) =>
  hidden
    ? []
    : result.items.map((one) => ({
        item: one.item,
        text: wording.get(one.item) ?? one.item,
        unscored: one.unscored,
        mean: one.mean,
        unknownShare: one.unknownShare,
        counts: { ...tally.items.find((item) => item.item === one.item)?.counts },
      }))

/** Whom its teachers fear most reads less of their answers than the bureau does. */
function itemsFor(atSchool: boolean, result: AudienceResult, tally: AudienceTally, hidden: boolean) {
  const items = shownItems(result, tally, hidden || (atSchool && meanAlone(tally.cast)))
  if (!atSchool) return items
  return items.map((one) => {
    const counts = tally.items.find((item) => item.item === one.item)?.counts
    return { ...one, counts: counts ? { ...countsForSchool(counts) } : {} }
  })
}

const tallyOf = (tallies: readonly AudienceTally[], { audience }: AudienceResult): AudienceTally =>
  found(tallies.find((one) => one.audience === audience))

/** A school's own result; where five schools of its kind have an index, also how these spread. */
export async function readSchoolResultOf(look: Look, id: string, schoolId: string) {
  const survey = await findSurvey(look, id)
  if (!reachesSchool(look.actor, { schoolId, bureauId: survey.bureauId })) demand([refusal('notFound')])
  // The index is points in the review: who has recused from the school does not read it (rule 9).
  if (!worksAt(look.actor, schoolId)) await demandSight(look, { cycleId: survey.cycleId, schoolId })
  const part = await findPart(look, survey, schoolId)
  demand(againstReadingResults(survey))
  const results = await readResults(look.db, survey)
  const own = found(results.find((one) => one.schoolId === schoolId))
  const hidden = hiddenIn(results)
  const alike = results.filter((one) => one.stage === own.stage && one.satisfaction.index !== null)
  const { satisfaction, tallies } = own
  const atSchool = worksAt(look.actor, schoolId)
  return {
    title: survey.title,
    kind: survey.kind,
    talliedAt: survey.talliedAt ?? '',
    digest: survey.closingSeal?.digest ?? '',
    schoolId,
    schoolName: part.schoolName,
    stage: part.stage,
    index: satisfaction.index,
    without: withoutIndex(satisfaction),
    n: satisfaction.n,
    band: bandOf(alike.map((one) => one.satisfaction.index ?? 0)),
    audiences: satisfaction.audiences.map((result) => {
      const tally = tallyOf(tallies, result)
      const covered = hidden.has(cellOf(schoolId, result.audience))
      const means = alike.flatMap((one) => {
        const same = one.satisfaction.audiences.find((each) => each.audience === result.audience)
        return same?.mean === null || same === undefined ? [] : [same.mean]
      })
      return {
        ...shownAudience(result, tally, covered),
        ...(atSchool && meanAlone(tally.cast) ? { satisfied: null, unknownShare: null } : {}),
        weight: result.weight,
        short: satisfaction.short.includes(result.audience),
        items: itemsFor(atSchool, result, tally, covered),
        band: bandOf(means),
      }
    }),
  }
}

/** Every school for the office's own work; names a school beside its figures, so it stays inside. */
export async function readOfficeResults(look: Look, id: string) {
  const survey = await findSurvey(look, id)
  demand(againstReadingResults(survey))
  const results = await readResults(look.db, survey)
  const hidden = hiddenIn(results)
  const barred = await barredSchools(look, survey.cycleId)
  const seen = results.filter((one) => !barred.has(one.schoolId))
  const rows = seen.map(({ schoolId, schoolName, stage, satisfaction, tallies }) => ({
    schoolId,
    schoolName,
    stage,
    index: satisfaction.index,
    without: withoutIndex(satisfaction),
    n: satisfaction.n,
    audiences: satisfaction.audiences.map((result) => ({
      ...shownAudience(result, tallyOf(tallies, result), hidden.has(cellOf(schoolId, result.audience))),
      short: satisfaction.short.includes(result.audience),
    })),
  }))
  return { survey, rows }
}

export type OfficeResult = Awaited<ReturnType<typeof readOfficeResults>>['rows'][number]

export async function listResultsOf(look: Look, id: string, query: z.infer<typeof listResults.query>) {
  const { survey, rows } = await readOfficeResults(look, id)
  const kept = await listResultsAsSeen(look, survey, rows, query)
  return { items: kept.slice((query.page - 1) * query.size, query.page * query.size), total: kept.length }
}

/** The list as the office has filtered and sorted it, for the screen and for the file. */
export async function listResultsAsSeen(
  look: Look,
  survey: { bureauId: string },
  rows: readonly OfficeResult[],
  query: { q?: string | undefined; without?: string | undefined; sort?: string | undefined },
): Promise<OfficeResult[]> {
  const isNamed = await schoolsNamed(look.db, survey.bureauId, query.q ?? '')
  const kept = rows.filter((one) => isNamed(one.schoolId) && (!query.without || one.index === null))
  return sorted(kept, query.sort ?? '')
}

function sorted(rows: readonly OfficeResult[], sort: string): OfficeResult[] {
  const direction = sort.startsWith('-') ? -1 : 1
  const key = sort.replace(/^-/, '')
  if (key === 'index') return rows.toSorted((a, b) => direction * ((a.index ?? -1) - (b.index ?? -1)))
  if (key === 'n') return rows.toSorted((a, b) => direction * (a.n - b.n))
  return key === 'name' && direction < 0 ? rows.toReversed() : [...rows]
}

/** The district's audiences without any school, as these readers may see them. */
function totalsFor(survey: Survey, readers: TotalReaders) {
  const totals = readTotals(found(survey.totals))
  return {
    schools: totals.schools,
    withIndex: totals.withIndex,
    // Weights play no part here: no index is made of the whole district.
    audiences: satisfactionOf('', totals.audiences, survey.minimum).audiences.map((result) => {
      const total = found(totals.audiences.find((one) => one.audience === result.audience))
      const why = whyHidden(total, readers)
      return {
        ...shownAudience(result, total, why !== ''),
        why,
        whyNotOnPortal: whyHidden(total, 'public'),
        items: shownItems(result, total, why !== ''),
      }
    }),
  }
}

export async function readTotalsOf(look: Look, id: string) {
  const survey = await findSurvey(look, id)
  demand(againstReadingResults(survey))
  const office = isOffice(look.actor, survey.bureauId)
  if (survey.state !== 'published' && !office) demand([refusal('notInThisState', '全区汇总结果公布以后才能查看。')])
  return {
    title: survey.title,
    kind: survey.kind,
    talliedAt: survey.talliedAt ?? '',
    publishedText: survey.publishedText,
    ...totalsFor(survey, office ? 'office' : 'schools'),
  }
}

/** What the portal shows: the district's figures from ten ballots on and the office's words, never a school. */
export async function readPublishedSurvey(look: Look<Actor>, id: string) {
  const survey = await readSurveyOnPortal(look.db, id)
  return {
    id,
    title: survey.title,
    opensOn: survey.opensOn,
    closesOn: survey.closesOn,
    publishedAt: survey.publishedAt ?? '',
    text: survey.publishedText,
    questionnaires: questionnairesOf(survey),
    minimum: survey.minimum,
    fingerprint: survey.fingerprint ?? '',
    drawSeed: survey.drawSeed ?? '',
    seal: survey.closingSeal,
    ...totalsFor(survey, 'public'),
  }
}

export type PublishedSurvey = Awaited<ReturnType<typeof readPublishedSurvey>>

/** An auditor compares a code that somebody shows; a school hangs the list up for those who want to look. */
export async function listCheckCodesOf(look: Look, id: string, schoolId: string) {
  const auditor = hasRole(look.actor, 'auditor')
  const survey = await findSurvey(look, id)
  const part = auditor ? await findPart(look, survey, schoolId) : (await findOwnPart(look, id, schoolId)).part
  demand(againstReadingResults(survey))
  return { schoolName: part.schoolName, codes: await askBox(look.house.ballotBox.checkCodes(id, schoolId)) }
}
