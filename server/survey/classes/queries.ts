import { findSurvey } from '#server/survey/survey/queries.ts'
import { found } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

/** The bureau's surveys in a year that is open. */
const openSurveys = (look: Look) =>
  look.db
    .selectFrom('survey')
    .innerJoin('cycle', 'cycle.id', 'survey.cycleId')
    .where('survey.bureauId', '=', look.actor.bureauId)
    .where('survey.erasedAt', 'is', null)
    .where('cycle.state', '=', 'open')

/** Surveys to which the school has not confirmed its classes yet. */
export function listGathering(look: Look, schoolId: string) {
  return openSurveys(look)
    .leftJoin('surveySchool', (join) =>
      join.onRef('surveySchool.surveyId', '=', 'survey.id').on('surveySchool.schoolId', '=', schoolId),
    )
    .select(['survey.id', 'survey.title', 'survey.opensOn', 'surveySchool.teachers'])
    .where('survey.state', '=', 'draft')
    .where('survey.drawSeed', 'is', null)
    .where('surveySchool.confirmedAt', 'is', null)
    .orderBy('survey.id')
    .execute()
}

/** Classes of the school that lag behind, as the office has told it. */
export function listReminded(look: Look, schoolId: string) {
  return openSurveys(look)
    .innerJoin('surveyBatch', 'surveyBatch.surveyId', 'survey.id')
    .select([
      'surveyBatch.id',
      'survey.id as surveyId',
      'survey.closesOn',
      'surveyBatch.audience',
      'surveyBatch.grade',
      'surveyBatch.className',
      'surveyBatch.codes',
      'surveyBatch.remindedCast',
    ])
    .where('survey.state', '=', 'open')
    .where('surveyBatch.schoolId', '=', schoolId)
    .where('surveyBatch.remindedAt', 'is not', null)
    .where('surveyBatch.voidedAt', 'is', null)
    .orderBy('surveyBatch.id')
    .execute()
}

/** Surveys whose slips were printed again for the school. */
export function listReprinted(look: Look, schoolId: string) {
  return openSurveys(look)
    .innerJoin('surveySchool', 'surveySchool.surveyId', 'survey.id')
    .select(['survey.id', 'survey.title', 'surveySchool.kitPrintings', 'surveySchool.kitReason'])
    .where('survey.state', 'in', ['issued', 'open'])
    .where('surveySchool.schoolId', '=', schoolId)
    .where('surveySchool.kitPrintings', '>', 1)
    .orderBy('survey.id')
    .execute()
}

/** Surveys in which the office has something to do before their figures are public. */
export function listRunningSurveys(look: Look) {
  return openSurveys(look)
    .select(['survey.id', 'survey.title', 'survey.state', 'survey.kind', 'survey.opensOn', 'survey.closesOn'])
    .where('survey.state', '!=', 'published')
    .orderBy('survey.id')
    .execute()
}

/** Classes that a colleague wants to take out of the count. */
export function listVoidsToConfirm(look: Look) {
  return openSurveys(look)
    .innerJoin('surveyBatch', 'surveyBatch.surveyId', 'survey.id')
    .innerJoin('school', 'school.id', 'surveyBatch.schoolId')
    .select([
      'surveyBatch.id',
      'survey.id as surveyId',
      'school.name',
      'surveyBatch.audience',
      'surveyBatch.grade',
      'surveyBatch.className',
    ])
    .where('survey.state', 'in', ['open', 'closed'])
    .where('surveyBatch.voidAskedBy', 'is not', null)
    .where('surveyBatch.voidAskedBy', '!=', look.actor.personId)
    .where('surveyBatch.voidedAt', 'is', null)
    .orderBy('surveyBatch.id')
    .execute()
}

export async function findBatch(look: Look, id: string) {
  const batch = found(await look.db.selectFrom('surveyBatch').selectAll().where('id', '=', id).executeTakeFirst())
  return { batch, survey: await findSurvey(look, batch.surveyId) }
}

/** The ids of the classes that were taken out of the count. */
export async function listVoided(db: ReadOnly, surveyId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('surveyBatch')
    .select('id')
    .where('surveyId', '=', surveyId)
    .where('voidedAt', 'is not', null)
    .execute()
  return rows.map((one) => one.id)
}

/** Those of these classes that still count. */
export const listCounting = (db: ReadOnly, surveyId: string, ids: readonly string[]) =>
  db
    .selectFrom('surveyBatch')
    .select(['id', 'schoolId'])
    .where('surveyId', '=', surveyId)
    .where('id', 'in', [...ids])
    .where('voidedAt', 'is', null)
    .execute()
