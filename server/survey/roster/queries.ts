import { isOffice, reachesSchool, worksAt } from '#domain/base/actor.ts'
import { refusal } from '#domain/base/refusal.ts'
import type { Roster } from '#domain/survey/sampling.ts'
import { findPart, findSurvey, type SchoolPart, type Survey } from '#server/survey/survey/queries.ts'
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

export const nobody = (schoolId: string): Roster => ({ schoolId, teachers: 0, classes: [] })

/** What the school gave the last time, be it a year ago or for a rehearsal last week. */
export async function previousRoster(db: ReadOnly, survey: Survey, schoolId: string) {
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

/** When the school's list was last written and by whom it was confirmed; nothing before the first time. */
export const readRosterTraces = (db: ReadOnly, surveyId: string, schoolId: string) =>
  db
    .selectFrom('surveySchool')
    .leftJoin('person', 'person.id', 'surveySchool.confirmedBy')
    .select(['surveySchool.updatedAt', 'person.name'])
    .where('surveySchool.surveyId', '=', surveyId)
    .where('surveySchool.schoolId', '=', schoolId)
    .executeTakeFirst()

/** Who confirmed the lists of these schools, by school. */
export async function readConfirmers(db: ReadOnly, surveyId: string, schoolIds: readonly string[]) {
  const rows = await db
    .selectFrom('surveySchool')
    .innerJoin('person', 'person.id', 'surveySchool.confirmedBy')
    .select(['surveySchool.schoolId', 'person.name'])
    .where('surveySchool.surveyId', '=', surveyId)
    .where('surveySchool.schoolId', 'in', schoolIds)
    .execute()
  return new Map(rows.map((one) => [one.schoolId, one.name]))
}

/** How many classes were drawn at a school, and since when somebody prints their slips. */
export async function readKit(db: ReadOnly, surveyId: string, schoolId: string) {
  const row = await db
    .selectFrom('surveySchool')
    .select((eb) => [
      'kitBegunAt',
      eb
        .selectFrom('surveyBatch')
        .select((one) => one.fn.countAll<number>().as('count'))
        .where('surveyId', '=', surveyId)
        .where('schoolId', '=', schoolId)
        .as('batches'),
    ])
    .where('surveyId', '=', surveyId)
    .where('schoolId', '=', schoolId)
    .executeTakeFirst()
  return { batches: Number(row?.batches ?? 0), begunAt: row?.kitBegunAt ?? null }
}
