import type { z } from 'zod'
import { isOffice, reachesSchool, worksAt } from '#domain/base/actor.ts'
import { refusal } from '#domain/base/refusal.ts'
import { gradesOf, type Roster, sampleOf } from '#domain/survey/sampling.ts'
import { sum } from '#domain/base/score.ts'
import { type Audience, audiences } from '#domain/survey/survey.ts'
import { againstConfirmingRoster, againstSavingRoster, audiencesAsked } from '#domain/survey/surveyRules.ts'
import type { listRosters } from '#contract/survey/surveySchool.ts'
import {
  audienceOf,
  factsOf,
  findPart,
  findSurvey,
  listBatches,
  listParts,
  rosterStateOf,
  type SchoolPart,
  type Survey,
} from '#server/survey/survey/queries.ts'
import { schoolsNamed } from '#server/schools/list/queries.ts'
import { demand } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

/** A survey's school for the office or the school itself; anybody else finds nothing. */
export async function findOwnPart(
  look: Look,
  id: string,
  schoolId: string,
): Promise<{ survey: Survey; part: SchoolPart }> {
  const survey = await findSurvey(look, id)
  if (!isOffice(look.actor, survey.bureauId) && !worksAt(look.actor, schoolId))
    demand([refusal(reachesSchool(look.actor, { schoolId, bureauId: survey.bureauId }) ? 'roleMissing' : 'notFound')])
  return { survey, part: await findPart(look, survey, schoolId) }
}

/** Teachers and classes as the schools gave them, in the order of the school's ids. */
export async function readRosters(db: ReadOnly, surveyId: string, schoolIds: readonly string[]): Promise<Roster[]> {
  const schools = await db
    .selectFrom('surveySchool')
    .select(['schoolId', 'teachers'])
    .where('surveyId', '=', surveyId)
    .where('schoolId', 'in', schoolIds)
    .orderBy('schoolId')
    .execute()
  const classes = await db
    .selectFrom('surveyClass')
    .select(['schoolId', 'grade', 'name', 'pupils'])
    .where('surveyId', '=', surveyId)
    .where('schoolId', 'in', schoolIds)
    .orderBy('id')
    .execute()
  const bySchool = Map.groupBy(classes, (one) => one.schoolId)
  return schools.map((one) => ({
    ...one,
    classes: (bySchool.get(one.schoolId) ?? []).map(({ grade, name, pupils }) => ({ grade, name, pupils })),
  }))
}

const nobody = (schoolId: string): Roster => ({ schoolId, teachers: 0, classes: [] })

/** Kindergartens have no pupils who answer; their classes say so by their grades. */
const sample = (roster: Roster, survey: Survey): Record<Audience, number> =>
  sampleOf(roster, audiencesAsked(survey.questions))

/** What the school gave the last time, be it a year ago or for a rehearsal last week. */
async function previousRoster(db: ReadOnly, survey: Survey, schoolId: string) {
  const earlier = await db
    .selectFrom('survey')
    .innerJoin('surveySchool', 'surveySchool.surveyId', 'survey.id')
    .select(['survey.id', 'survey.title'])
    .where('survey.bureauId', '=', survey.bureauId)
    .where('survey.id', '!=', survey.id)
    .where('survey.createdAt', '<=', survey.createdAt)
    .where('survey.erasedAt', 'is', null)
    .where('surveySchool.schoolId', '=', schoolId)
    .where('surveySchool.teachers', '>', 0)
    .orderBy('survey.createdAt', 'desc')
    .orderBy('survey.id', 'desc')
    .executeTakeFirst()
  if (!earlier) return null
  const roster = (await readRosters(db, earlier.id, [schoolId]))[0] ?? nobody(schoolId)
  return { title: earlier.title, teachers: roster.teachers, classes: [...roster.classes] }
}

/** When the roster was last written; blank before the first time. */
export async function rosterStamp(db: ReadOnly, surveyId: string, schoolId: string): Promise<string> {
  const row = await db
    .selectFrom('surveySchool')
    .select('updatedAt')
    .where('surveyId', '=', surveyId)
    .where('schoolId', '=', schoolId)
    .executeTakeFirst()
  return row?.updatedAt ?? ''
}

export async function readRosterOf(look: Look, id: string, schoolId: string) {
  const { survey, part } = await findOwnPart(look, id, schoolId)
  const roster = (await readRosters(look.db, id, [schoolId]))[0] ?? nobody(schoolId)
  const batches = (await listBatches(look.db, id)).filter((one) => one.schoolId === schoolId)
  const row = await look.db
    .selectFrom('surveySchool')
    .leftJoin('person', 'person.id', 'surveySchool.confirmedBy')
    .select(['surveySchool.updatedAt', 'person.name'])
    .where('surveySchool.surveyId', '=', id)
    .where('surveySchool.schoolId', '=', schoolId)
    .executeTakeFirst()
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
      audience: audienceOf(audience),
      grade,
      className,
      size,
      codes,
    })),
    previous: open ? await previousRoster(look.db, survey, schoolId) : null,
    reprinted: part.kitPrintings > 1 ? { times: part.kitPrintings - 1, reason: part.kitReason ?? '' } : null,
    answersAt: `${look.house.settings.publicUrl}/t`,
    confirmedAt: part.confirmedAt,
    confirmedByName: row?.name ?? null,
    updatedAt: row?.updatedAt ?? '',
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
  const confirmers = await look.db
    .selectFrom('surveySchool')
    .innerJoin('person', 'person.id', 'surveySchool.confirmedBy')
    .select(['surveySchool.schoolId', 'person.name'])
    .where('surveySchool.surveyId', '=', id)
    .where('surveySchool.schoolId', 'in', ids)
    .execute()
  const nameOf = new Map(confirmers.map((one) => [one.schoolId, one.name]))
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

const codesOf = (batches: readonly { audience: string; codes: number }[]) =>
  Object.fromEntries(
    audiences.map((audience) => [
      audience,
      sum(batches.filter((one) => one.audience === audience).map((one) => one.codes)),
    ]),
  ) as Record<Audience, number>
