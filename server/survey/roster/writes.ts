import type { RosterClass } from '#domain/survey/sampling.ts'
import type { SurveySchoolRow } from '#server/db/tables/survey.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

type Part = Pick<SurveySchoolRow, 'surveyId' | 'schoolId'>

const ROWS_AT_ONCE = 300

const partOf = (work: Work, { surveyId, schoolId }: Part) =>
  work.tx.updateTable('surveySchool').where('surveyId', '=', surveyId).where('schoolId', '=', schoolId)

/** The school's numbers as it gives them, for the first time or over those that it had read; they wait to be confirmed again. */
export async function putSchoolNumbers(
  work: Work,
  { surveyId, schoolId, teachers }: Part & Pick<SurveySchoolRow, 'teachers'>,
  read: { updatedAt: string } | undefined,
): Promise<void> {
  const values = { teachers, confirmedAt: null, confirmedBy: null, updatedAt: work.now }
  if (read)
    changedOne(
      await partOf(work, { surveyId, schoolId })
        .set(values)
        .where('updatedAt', '=', read.updatedAt)
        .executeTakeFirstOrThrow(),
    )
  else
    await work.tx
      .insertInto('surveySchool')
      .values({ id: work.newId(), surveyId, schoolId, kitPrintings: 0, ...values })
      .execute()
}

/** Makes exactly these the classes of the school. */
export async function putClasses(
  work: Work,
  { surveyId, schoolId }: Part,
  classes: readonly RosterClass[],
): Promise<void> {
  await work.tx.deleteFrom('surveyClass').where('surveyId', '=', surveyId).where('schoolId', '=', schoolId).execute()
  const rows = classes.map(({ grade, name, pupils }) => ({ id: work.newId(), surveyId, schoolId, grade, name, pupils }))
  if (rows.length > 0) await work.tx.insertInto('surveyClass').values(rows.slice(0, ROWS_AT_ONCE)).execute()
}

export async function confirmSchoolNumbers(work: Work, part: Part): Promise<void> {
  changedOne(
    await partOf(work, part)
      .set({ confirmedAt: work.now, confirmedBy: work.actor.personId })
      .where('confirmedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

/** A school that gave no numbers yet gets its row here, so that the reason stands somewhere. */
export async function leaveSchoolOut(
  work: Work,
  { surveyId, schoolId, started }: Part & { started: boolean },
  leftOutReason: string,
): Promise<void> {
  const left = { leftOutReason, updatedAt: work.now }
  if (started) await partOf(work, { surveyId, schoolId }).set(left).execute()
  else
    await work.tx
      .insertInto('surveySchool')
      .values({ id: work.newId(), surveyId, schoolId, teachers: 0, kitPrintings: 0, ...left })
      .execute()
}

/** One more printing than there were `before`; of two who begin at once only one goes on. */
export async function markKitBegun(
  work: Work,
  part: Part,
  { before, reason }: { before: number; reason: string | null },
): Promise<void> {
  changedOne(
    await partOf(work, part)
      .set({ kitPrintings: before + 1, kitBegunAt: work.now, kitReason: reason })
      .where('kitPrintings', '=', before)
      .executeTakeFirstOrThrow(),
  )
}

/** The printing is over: `printedAt`, or with nothing to use. */
export const markKitEnded = (work: Work, part: Part, printedAt: string | null) =>
  partOf(work, part).set({ kitBegunAt: null, kitPrintedAt: printedAt }).execute()
