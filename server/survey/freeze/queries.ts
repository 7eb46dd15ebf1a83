import type { BoxBatch, BoxSurvey } from '#contract/survey/ballotBox.ts'
import { questionnairesOf, type Survey } from '#server/survey/survey/queries.ts'
import { found } from '#server/kernel/problem.ts'
import type { ReadOnly } from '#server/kernel/work.ts'

/** The survey as the box takes it. */
export async function readBoxSurvey(db: ReadOnly, survey: Survey): Promise<BoxSurvey> {
  const bureau = found(
    await db.selectFrom('organization').select('name').where('id', '=', survey.bureauId).executeTakeFirst(),
  )
  return {
    id: survey.id,
    title: survey.title,
    bureauName: bureau.name,
    rehearsal: survey.kind === 'rehearsal',
    from: survey.opensOn,
    until: survey.closesOn,
    questionnaires: questionnairesOf(survey),
    minimum: survey.minimum,
  }
}

/** The drawn classes as the box takes them. */
export const listBoxBatches = (db: ReadOnly, surveyId: string): Promise<BoxBatch[]> =>
  db
    .selectFrom('surveyBatch')
    .innerJoin('school', 'school.id', 'surveyBatch.schoolId')
    .select([
      'surveyBatch.id',
      'surveyBatch.schoolId',
      'school.name as schoolName',
      'school.stage',
      'surveyBatch.audience',
      'surveyBatch.grade',
      'surveyBatch.className',
      'surveyBatch.size',
      'surveyBatch.codes',
    ])
    .where('surveyBatch.surveyId', '=', surveyId)
    .orderBy('surveyBatch.id')
    .execute()
