import { againstOffice } from '#domain/base/actor.ts'
import { satisfactionOf } from '#domain/survey/survey.ts'
import { totalsOf } from '#domain/survey/surveyReport.ts'
import { againstReadingResults, type RemarkState } from '#domain/survey/surveyRules.ts'
import { repeatVoids } from '#server/survey/classes/actions.ts'
import { moveSurvey, moveWithBox } from '#server/survey/survey/actions.ts'
import { demand } from '#server/kernel/problem.ts'
import type { Steps } from '#server/kernel/routes.ts'
import { sealRow } from '#server/kernel/seal.ts'
import type { Work } from '#server/kernel/work.ts'
import { findRemark } from './queries.ts'
import { addRemarks, addSchoolResult, judgeRemarkState, type SchoolResult } from './writes.ts'

/** The box counts and lets out the texts; what it says is kept for good, each row under its own seal. */
export async function tallySurvey(exchange: Steps, id: string): Promise<{ digest: string; schools: number }> {
  const { ballotBox } = exchange.house
  const { tally } = await moveWithBox(exchange, id, {
    action: 'tally',
    box: async () => {
      await repeatVoids(exchange, id)
      return { tally: await ballotBox.tally(id), remarks: await ballotBox.remarks(id) }
    },
    record: async (work, survey, { tally, remarks }) => {
      const results = tally.schools.map(({ schoolId, stage, audiences: tallies }) => ({
        schoolId,
        tallies,
        satisfaction: satisfactionOf(stage, tallies, survey.minimum),
      }))
      const { seal } = tally
      const totals = JSON.stringify(totalsOf(results))
      const values = { closingSeal: JSON.stringify(seal), totals, talliedAt: work.now }
      await moveSurvey(work, survey, 'tally', { values, detail: { digest: seal.digest, schools: results.length } })
      await sealRow(work, 'survey', id)
      await keepResults(work, id, results)
      await addRemarks(work, id, remarks)
    },
  })
  return { digest: tally.seal.digest, schools: tally.schools.length }
}

async function keepResults(work: Work, surveyId: string, results: readonly SchoolResult[]): Promise<void> {
  for (const result of results) {
    const id = work.newId()
    await addSchoolResult(work, { id, surveyId }, result)
    await sealRow(work, 'surveyResult', id)
  }
}

/** A remark goes to its school only when a person has read it; both ways can be taken back. */
export async function judgeRemark(
  work: Work,
  id: string,
  state: Exclude<RemarkState, 'waiting'>,
): Promise<{ ok: true }> {
  const { remark, survey } = await findRemark(work, id)
  demand([...againstOffice(work.actor, survey), ...againstReadingResults(survey)])
  await judgeRemarkState(work, remark, state)
  const { schoolId } = remark
  work.record('survey.remarkJudged', 'survey', survey.id, { schoolId, remarkId: id, from: remark.state, to: state })
  return { ok: true }
}
