import { randomUUID } from 'node:crypto'
import type { Respondents } from '#demo/survey.ts'
import type { Ballot } from './ballot.ts'

/** Respondents of the demonstration, played through the box's own door; it needs the box in this process. */
export function playedRespondents(ballot: Pick<Ballot, 'box'>): Respondents {
  let answering = 0
  let real: (() => Date) | undefined
  return {
    async codes(surveyId, schoolId) {
      const { issueKit } = await import('#ballot/office/office.ts')
      const { context } = await ballot.box()
      const { batches } = await issueKit(context, surveyId, schoolId)
      return batches.flatMap(({ audience, slips }) => slips.map(({ secret }) => ({ code: secret, audience })))
    },
    async cast(one, at) {
      const { voting, context } = await ballot.box()
      // They answer on a day of the story, when their survey was open; the box goes back to its own clock after the last of them.
      real ??= context.now
      answering += 1
      context.now = () => at
      const { state } = await voting.cast({ ...one, attempt: randomUUID() }, 'demonstration').finally(() => {
        answering -= 1
        if (answering === 0 && real) context.now = real
      })
      if (state !== 'counted') throw new Error(`a ballot of the demonstration was refused: ${state}`)
    },
  }
}
