import { againstOffice } from '#domain/base/actor.ts'
import { againstReadingResults } from '#domain/survey/surveyRules.ts'
import { findSurvey } from '#server/survey/survey/queries.ts'
import type { BoxRemark } from '#contract/survey/ballotBox.ts'
import { changedOne, demand, found } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'

const ROWS_AT_ONCE = 500

/** Takes over the texts that the box let out (from ten ballots of a school and audience on), under the box's random ids. */
export async function keepRemarks(work: Work, surveyId: string, remarks: readonly BoxRemark[]): Promise<void> {
  const rows = remarks.map(({ id, schoolId, audience, text, doubts }) => ({
    id,
    surveyId,
    schoolId,
    audience,
    body: text,
    doubts: JSON.stringify(doubts),
    state: 'waiting',
  }))
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
    await work.tx
      .insertInto('surveyRemark')
      .values(rows.slice(at, at + ROWS_AT_ONCE))
      .execute()
}

/** A remark goes to its school only when a person has read it; both ways can be taken back. */
export async function judgeRemark(work: Work, id: string, state: 'released' | 'held'): Promise<{ ok: true }> {
  const row = found(await work.db.selectFrom('surveyRemark').selectAll().where('id', '=', id).executeTakeFirst())
  const survey = await findSurvey(work, row.surveyId)
  demand([...againstOffice(work.actor, survey), ...againstReadingResults(survey)])
  changedOne(
    await work.tx
      .updateTable('surveyRemark')
      .set({ state, judgedBy: work.actor.personId, judgedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', row.state)
      .executeTakeFirstOrThrow(),
  )
  work.record('survey.remarkJudged', 'survey', survey.id, {
    schoolId: row.schoolId,
    remarkId: id,
    from: row.state,
    to: state,
  })
  return { ok: true }
}
