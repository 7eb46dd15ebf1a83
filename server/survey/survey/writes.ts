import { surveyLife } from '#domain/survey/surveyLife.ts'
import type { SampleMinimum } from '#domain/survey/survey.ts'
import type { ChosenQuestions } from '#domain/survey/surveyRules.ts'
import type { SurveyRow } from '#server/db/tables/survey.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

interface Asked {
  questions: ChosenQuestions
  minimum: SampleMinimum
}

type Planned = Pick<SurveyRow, 'id' | 'bureauId' | 'cycleId' | 'kind' | 'title' | 'opensOn' | 'closesOn'>

export const addSurvey = (work: Work, { questions, minimum, ...planned }: Planned & Asked) =>
  work.tx
    .insertInto('survey')
    .values({
      ...planned,
      state: surveyLife.first,
      questions: JSON.stringify(questions),
      minimum: JSON.stringify(minimum),
      impactReference: '',
      publishedText: '',
      createdAt: work.now,
    })
    .execute()

/** Nothing about a survey changes any more once its classes are drawn. */
export async function changeSettings(
  work: Work,
  id: string,
  { questions, minimum, ...plain }: Pick<SurveyRow, 'title' | 'opensOn' | 'closesOn' | 'impactReference'> & Asked,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('survey')
      .set({ ...plain, questions: JSON.stringify(questions), minimum: JSON.stringify(minimum) })
      .where('id', '=', id)
      .where('state', '=', 'draft')
      .where('drawSeed', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

/** The seed is drawn once: from then on nothing about the survey may change. */
export async function keepDrawSeed(work: Work, id: string, seed: string): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('survey')
      .set({ drawSeed: seed })
      .where('id', '=', id)
      .where('state', '=', 'draft')
      .where('drawSeed', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

export async function moveSurveyState(
  work: Work,
  { id, state }: Pick<SurveyRow, 'id' | 'state'>,
  change: Partial<SurveyRow>,
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('survey')
      .set(change)
      .where('id', '=', id)
      .where('state', '=', state)
      .executeTakeFirstOrThrow(),
  )
}

export async function markErased(work: Work, id: string): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('survey')
      .set({ erasedAt: work.now })
      .where('id', '=', id)
      .where('erasedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}
