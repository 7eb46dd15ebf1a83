import { randomUUID } from 'node:crypto'
import type { Respondents } from '#server/features/demoSurvey/actions.ts'
import type { Ballot } from './ballot.ts'

/** Respondents of the demonstration, played through the box's own desk; it needs the box in this process. */
export function playedRespondents(ballot: Pick<Ballot, 'box'>): Respondents {
  return {
    async codes(surveyId, schoolId) {
      const { issueKit } = await import('#ballot/office.ts')
      const { room } = await ballot.box()
      const { batches } = await issueKit(room, surveyId, schoolId)
      return batches.flatMap(({ audience, slips }) => slips.map(({ secret }) => ({ code: secret, audience })))
    },
    async cast(one) {
      const { desk } = await ballot.box()
      const { state } = await desk.cast({ ...one, attempt: randomUUID() }, 'demonstration')
      if (state !== 'counted') throw new Error(`a ballot of the demonstration was refused: ${state}`)
    },
  }
}
