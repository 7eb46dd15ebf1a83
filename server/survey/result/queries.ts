import { z } from 'zod'
import { hasRole, schoolScope, worksAt } from '#domain/base/actor.ts'
import type { AudienceTally, Satisfaction } from '#domain/survey/survey.ts'
import { sourceOfIndex, withoutIndex } from '#domain/survey/surveyReport.ts'
import { againstReadingResults } from '#domain/survey/surveyRules.ts'
import type { listRemarks } from '#contract/survey/surveyReport.ts'
import { barredSchools } from '#server/identity/recusal/queries.ts'
import { findSurvey, readSatisfaction, readSurvey, readTallies, type Survey } from '#server/survey/survey/queries.ts'
import { demand, found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { contains } from '#server/kernel/contains.ts'

interface SchoolResult {
  schoolId: string
  schoolName: string
  stage: string
  tallies: AudienceTally[]
  satisfaction: Satisfaction
}

export async function readResults(db: ReadOnly, survey: Survey): Promise<SchoolResult[]> {
  const rows = await db
    .selectFrom('surveyResult')
    .innerJoin('school', 'school.id', 'surveyResult.schoolId')
    .select([
      'surveyResult.schoolId',
      'school.name as schoolName',
      'school.stage',
      'surveyResult.tallies',
      'surveyResult.satisfaction',
    ])
    .where('surveyResult.surveyId', '=', survey.id)
    .orderBy('school.sortKey')
    .orderBy('school.id')
    .execute()
  return rows.map((row) => ({
    ...row,
    tallies: readTallies(row.tallies),
    satisfaction: readSatisfaction(row.satisfaction),
  }))
}

const published = (db: ReadOnly) =>
  db
    .selectFrom('survey')
    .where('survey.state', '=', 'published')
    .where('survey.kind', '=', 'real')
    .where('survey.erasedAt', 'is', null)

/** A survey whose figures the portal shows. */
export async function readSurveyOnPortal(db: ReadOnly, id: string): Promise<Survey> {
  found(await published(db).select('id').where('id', '=', id).executeTakeFirst())
  return readSurvey(db, id)
}

/** The published surveys, the latest first. */
export const listPublishedSurveys = (db: ReadOnly) =>
  published(db).select(['id', 'title', 'publishedAt']).orderBy('publishedAt', 'desc').orderBy('id').limit(20).execute()

/** The schools that took part in a published survey; their figures stay inside. */
export async function listCountedSchools(db: ReadOnly, id: string) {
  const survey = found(await published(db).select(['id', 'title']).where('id', '=', id).executeTakeFirst())
  const schools = await db
    .selectFrom('surveyResult')
    .innerJoin('school', 'school.id', 'surveyResult.schoolId')
    .select(['school.id', 'school.name'])
    .where('surveyResult.surveyId', '=', id)
    .orderBy('school.sortKey')
    .orderBy('school.id')
    .execute()
  return { title: survey.title, schools }
}

/** The year's counted survey by school, for the review. */
export async function readYearIndices(db: ReadOnly, cycleId: string) {
  const survey = await db
    .selectFrom('survey')
    .select(['id', 'closingSeal'])
    .where('cycleId', '=', cycleId)
    .where('kind', '=', 'real')
    .where('state', 'in', ['tallied', 'published'])
    .executeTakeFirst()
  const rows = await db
    .selectFrom('surveyResult')
    .select(['schoolId', 'tallies', 'satisfaction'])
    .where('surveyId', '=', survey?.id ?? '')
    .execute()
  const { digest } = z.object({ digest: z.string() }).parse(JSON.parse(survey?.closingSeal ?? '{"digest":""}'))
  const ofSchool = new Map(
    rows.map((one) => {
      const satisfaction = readSatisfaction(one.satisfaction)
      const source = sourceOfIndex(satisfaction, readTallies(one.tallies), digest)
      return [one.schoolId, { index: satisfaction.index, source, without: withoutIndex(satisfaction) }]
    }),
  )
  return { tallied: survey !== undefined, ofSchool }
}

const doubtsShape = z.array(z.string())

/** Remarks in the order of their random ids: neither the time nor the class is left in it. Schools read what is released. */
export async function listRemarksOf(look: Look, id: string, query: z.infer<typeof listRemarks.query>) {
  const survey = await findSurvey(look, id)
  demand(againstReadingResults(survey))
  const scope = schoolScope(look.actor)
  const office = hasRole(look.actor, 'office')
  let rows = look.db
    .selectFrom('surveyRemark')
    .innerJoin('school', 'school.id', 'surveyRemark.schoolId')
    .where('surveyRemark.surveyId', '=', id)
  if ('schoolIds' in scope) rows = rows.where('surveyRemark.schoolId', 'in', scope.schoolIds)
  const barred = [...(await barredSchools(look, survey.cycleId))].filter((one) => !worksAt(look.actor, one))
  if (barred.length > 0) rows = rows.where('surveyRemark.schoolId', 'not in', barred)
  if (query.schoolId) rows = rows.where('surveyRemark.schoolId', '=', query.schoolId)
  if (!office) rows = rows.where('surveyRemark.state', '=', 'released')
  else if (query.state) rows = rows.where('surveyRemark.state', '=', query.state)
  if (query.q) rows = rows.where(contains(look.db, ['surveyRemark.body'], query.q))
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await rows
    .select([
      'surveyRemark.id',
      'surveyRemark.schoolId',
      'school.name as schoolName',
      'surveyRemark.audience',
      'surveyRemark.body',
      'surveyRemark.doubts',
      'surveyRemark.state',
    ])
    .orderBy('surveyRemark.id')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return {
    items: items.map((row) => ({
      ...row,
      doubts: office ? doubtsShape.parse(JSON.parse(row.doubts)) : [],
    })),
    total: Number(total),
  }
}

/** A remark with its survey, for whoever reads it before its school does. */
export async function findRemark(look: Look, id: string) {
  const remark = found(await look.db.selectFrom('surveyRemark').selectAll().where('id', '=', id).executeTakeFirst())
  return { remark, survey: await findSurvey(look, remark.surveyId) }
}
