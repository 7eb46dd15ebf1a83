import type { AudienceTally, Satisfaction } from '#domain/survey/survey.ts'
import type { BoxRemark } from '#contract/survey/ballotBox.ts'
import type { SurveyRemarkRow, SurveyResultRow } from '#server/db/tables/survey.ts'
import { changedOne } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

const ROWS_AT_ONCE = 500

export interface SchoolResult {
  schoolId: string
  tallies: readonly AudienceTally[]
  satisfaction: Satisfaction
}

/** What the box counted for a school; nothing ever changes it. */
export const addSchoolResult = (
  work: Work,
  row: Pick<SurveyResultRow, 'id' | 'surveyId'>,
  { schoolId, tallies, satisfaction }: SchoolResult,
) =>
  work.tx
    .insertInto('surveyResult')
    .values({
      ...row,
      schoolId,
      tallies: JSON.stringify(tallies),
      satisfaction: JSON.stringify(satisfaction),
      satisfactionIndex: satisfaction.index,
      ballots: satisfaction.n,
    })
    .execute()

/** Takes over the texts that the box let out (from ten ballots of a school and audience on), under the box's random ids. */
export async function addRemarks(work: Work, surveyId: string, remarks: readonly BoxRemark[]): Promise<void> {
  const rows = remarks.map(({ id, schoolId, audience, text, doubts }) => ({
    id,
    surveyId,
    schoolId,
    audience,
    body: text,
    doubts: JSON.stringify(doubts),
    state: 'waiting' as const,
  }))
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
    await work.tx
      .insertInto('surveyRemark')
      .values(rows.slice(at, at + ROWS_AT_ONCE))
      .execute()
}

export async function judgeRemarkState(
  work: Work,
  { id, state }: Pick<SurveyRemarkRow, 'id' | 'state'>,
  to: SurveyRemarkRow['state'],
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('surveyRemark')
      .set({ state: to, judgedBy: work.actor.personId, judgedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', state)
      .executeTakeFirstOrThrow(),
  )
}
