import type { z } from 'zod'
import { readPersonNames } from '#server/identity/access/queries.ts'
import { recordOf } from '#domain/base/record.ts'
import { gradesOf, type Roster, sampleOf } from '#domain/survey/sampling.ts'
import { sum } from '#domain/base/score.ts'
import { type Audience, audiences } from '#domain/survey/survey.ts'
import { againstConfirmingRoster, againstSavingRoster, audiencesAsked } from '#domain/survey/surveyRules.ts'
import { againstOffice } from '#domain/base/actor.ts'
import type { listRosters } from '#contract/survey/surveySchool.ts'
import {
  factsOf,
  findSurvey,
  listBatches,
  listParts,
  rosterStateOf,
  type SchoolPart,
  type Survey,
} from '#server/survey/survey/queries.ts'
import { schoolsNamed } from '#server/schools/list/queries.ts'
import type { Look } from '#server/kernel/work.ts'
import { askBox } from '#server/kernel/ballotBox.ts'
import { demand } from '#server/kernel/problem.ts'
import { findOwnPart, nobody, previousRoster, readConfirmers, readRosters, readRosterTraces } from './queries.ts'

/** Kindergartens have no pupils who answer; their classes say so by their grades. */
const sample = (roster: Roster, survey: Survey): Record<Audience, number> =>
  sampleOf(roster, audiencesAsked(survey.questions))

export async function readRosterOf(look: Look, id: string, schoolId: string) {
  const { survey, part } = await findOwnPart(look, id, schoolId)
  const roster = (await readRosters(look.db, id, [schoolId]))[0] ?? nobody(schoolId)
  const batches = (await listBatches(look.db, id)).filter((one) => one.schoolId === schoolId)
  const traces = await readRosterTraces(look.db, id, schoolId)
  const facts = factsOf(survey)
  const state = rosterStateOf(part)
  const open = survey.state === 'draft' && survey.drawSeed === null
  return {
    surveyId: id,
    surveyTitle: survey.title,
    surveyState: survey.state,
    kind: survey.kind,
    schoolId,
    schoolName: part.schoolName,
    stage: part.stage,
    roster: state,
    leftOutReason: part.leftOutReason ?? '',
    teachers: roster.teachers,
    classes: [...roster.classes],
    grades: [...gradesOf(part.stage)],
    sample: sample(roster, survey),
    batches: batches.map(({ id: batchId, grade, className, size, codes, audience }) => ({
      id: batchId,
      audience,
      grade,
      className,
      size,
      codes,
    })),
    previous: open ? await previousRoster(look.db, survey, schoolId) : null,
    reprinted: part.kitPrintings > 1 ? { times: part.kitPrintings - 1, reason: part.kitReason ?? '' } : null,
    answersAt: `${look.house.settings.publicUrl}/t`,
    confirmedAt: part.confirmedAt,
    confirmedByName: traces?.name ?? null,
    updatedAt: traces?.updatedAt ?? '',
    moves: open
      ? {
          save: againstSavingRoster(look.actor, facts, { schoolId }),
          confirm: againstConfirmingRoster(look.actor, facts, {
            schoolId,
            stage: part.stage,
            teachers: roster.teachers,
            classes: roster.classes,
            confirmed: state === 'confirmed',
          }),
        }
      : {},
  }
}

/** The office's list of schools: who has given its classes, what the rule draws, whose slips are printed. */
export async function listRosterStates(look: Look, id: string, query: z.infer<typeof listRosters.query>) {
  const survey = await findSurvey(look, id)
  const isNamed = await schoolsNamed(look.db, survey.bureauId, query.q)
  const parts = (await listParts(look.db, survey))
    .filter((one) => query.roster === '' || rosterStateOf(one) === query.roster)
    .filter((one) => isNamed(one.schoolId))
  const shown = sortedParts(parts, query.sort).slice((query.page - 1) * query.size, query.page * query.size)
  const ids = shown.map((one) => one.schoolId)
  const rosters = new Map((await readRosters(look.db, id, ids)).map((one) => [one.schoolId, one]))
  const batches = Map.groupBy(await listBatches(look.db, id), (one) => one.schoolId)
  const nameOf = await readConfirmers(look.db, id, ids)
  return {
    items: shown.map((part) => {
      const roster = rosters.get(part.schoolId) ?? nobody(part.schoolId)
      const drawn = batches.get(part.schoolId)
      return {
        schoolId: part.schoolId,
        schoolName: part.schoolName,
        stage: part.stage,
        roster: rosterStateOf(part),
        leftOutReason: part.leftOutReason ?? '',
        teachers: part.teachers,
        classes: roster.classes.length,
        pupils: sum(roster.classes.map((one) => one.pupils)),
        sample: drawn ? codesOf(drawn) : sample(roster, survey),
        confirmedAt: part.confirmedAt,
        confirmedByName: nameOf.get(part.schoolId) ?? null,
        kitPrintedAt: part.kitPrintedAt,
        kitPrintings: part.kitPrintings,
      }
    }),
    total: parts.length,
  }
}

const ranks = { none: 0, draft: 1, confirmed: 2, leftOut: 3 } as const

/** By name as they come; by what they have done where asked. */
function sortedParts(parts: readonly SchoolPart[], sort: string): SchoolPart[] {
  const direction = sort.startsWith('-') ? -1 : 1
  const key = sort.replace(/^-/, '')
  if (key === 'roster') return parts.toSorted((a, b) => direction * (ranks[rosterStateOf(a)] - ranks[rosterStateOf(b)]))
  if (key === 'kit')
    return parts.toSorted((a, b) => direction * (a.kitPrintedAt ?? '').localeCompare(b.kitPrintedAt ?? ''))
  return key === 'name' && direction < 0 ? parts.toReversed() : [...parts]
}

const codesOf = (batches: readonly { audience: Audience; codes: number }[]): Record<Audience, number> =>
  recordOf(audiences, (audience) => sum(batches.filter((one) => one.audience === audience).map((one) => one.codes)))

/** Sheets that wait for the second person or differ; both people are named so that the office knows who is left to type. */
export async function listOpenPapers(look: Look, id: string) {
  const survey = await findSurvey(look, id)
  demand(againstOffice(look.actor, survey))
  if (survey.state !== 'open') return []
  const open = await askBox(look.house.ballotBox.openPaper(id))
  const ids = open.flatMap((one) => one.enteredBy)
  const nameOf = await readPersonNames(look.db, ids)
  return open.map((one) => ({ ...one, enteredBy: one.enteredBy.map((personId) => nameOf.get(personId) ?? '') }))
}
