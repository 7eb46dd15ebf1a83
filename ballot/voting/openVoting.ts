import { setTimeout } from 'node:timers/promises'
import type { BoxBatch } from '#contract/survey/ballotBox.ts'
import { againstAnswers } from '#domain/survey/answers.ts'
import type { Queue } from '../box/writeQueue.ts'
import { checkCodeOf, readCode } from '../box/code.ts'
import { packAnswers } from '../box/content.ts'
import type { Cast, CastOutcome, Closed, Days, Voting, Lookup } from './voting.ts'
import type { SurveyKeys } from '../box/keys.ts'
import { keysMissing } from '../box/refused.ts'
import { activeSurveys, isOver, type KnownSurvey, questionnaireFor, type BoxContext } from '../box/context.ts'

/** Unknown codes from one address that are answered at once; a school of two thousand mistypes fewer in so many minutes. */
const GUESSES = 300
const GUESS_WINDOW_MS = 600_000
const SOURCES_KEPT = 10_000
/** So long the answer to a further one waits, and so many may wait at once: a right code never does. */
const WAIT_MS = 2_000
const MOST_WAITING = 200
/** Reading and answering one question takes a person at least this long. */
const SECONDS_FOR_ONE = 1

interface Found {
  survey: KnownSurvey
  batch: BoxBatch
  handle: Buffer
  keys: SurveyKeys
  spent: number
}

/** The respondents' side of the box. */
export function openVoting(context: BoxContext, queue: Queue): Voting {
  const guesses = countGuesses(context)

  /** Looks the code up in every survey that may still be asked for; each has a key of its own. */
  async function find(text: string, source: string): Promise<Found | Closed> {
    const code = readCode(text)
    if (!code) return 'misspelt'
    let missing = false
    for (const [surveyId, survey] of await activeSurveys(context)) {
      const keys = context.keys.find(surveyId)
      if (!keys) {
        missing = true
        continue
      }
      const given = keys.handle(code.kind, code.code)
      const [row] =
        code.kind === 'secret'
          ? await context.database.read.all<Credential>('select batch, spent from credential where handle = ?', [given])
          : await context.database.read.all<Credential>(
              'select credential.handle, batch, spent from alias join credential on credential.handle = alias.handle where short = ?',
              [given],
            )
      const batch = row && survey.batches.get(row.batch)
      if (batch) return { survey, batch, handle: row.handle ? Buffer.from(row.handle) : given, keys, spent: row.spent }
    }
    // A right code cannot be told from a wrong one without its key: nobody is sent away with “no such code”.
    if (missing) throw keysMissing()
    // A code of 128 bits is not guessed; a typed one has 55, which slowness alone protects for ages.
    if (code.kind === 'typed') await guesses.wrong(source)
    return 'unknown'
  }

  return {
    async look(code, source): Promise<Lookup> {
      const found = await find(code, source)
      if (typeof found === 'string') return { state: found }
      const closed = closedFor(context, found)
      if (closed) return { state: closed, days: daysOf(found) }
      const { body } = found.survey
      const { title, bureauName, rehearsal, until } = body
      const questionnaire = questionnaireFor(body, found.batch.audience)
      return {
        state: 'ready',
        slip: {
          surveyId: body.id,
          title,
          bureauName,
          schoolName: found.batch.schoolName,
          rehearsal,
          until,
          questionnaire,
        },
      }
    },

    async cast(cast, source): Promise<CastOutcome> {
      const found = await find(cast.code, source)
      if (typeof found === 'string') return { state: found }
      if (found.survey.state === 'prepared') return { state: 'notOpen', days: daysOf(found) }
      const questionnaire = questionnaireFor(found.survey.body, found.batch.audience)
      demandWhole(cast, questionnaire)
      const { mark, check } = found.keys.attempt(cast.attempt)
      const checkCode = checkCodeOf(check)
      const written = await queue.cast({
        surveyId: found.survey.body.id,
        batchId: found.batch.id,
        handle: found.handle,
        attempt: mark,
        form: found.keys.form(cast.attempt, contentOf(cast, questionnaire)),
        answers: cast.answers,
        questionnaire,
        text: cast.text.trim(),
        checkCode,
        hasty: cast.seconds !== null && cast.seconds < questionnaire.questions.length * SECONDS_FOR_ONE,
      })
      if (written.state === 'counted' || written.state === 'changed') return { state: written.state, checkCode }
      return { state: written.state, days: daysOf(found) }
    },
  }
}

const contentOf = (cast: Cast, questionnaire: ReturnType<typeof questionnaireFor>): Buffer =>
  Buffer.concat([packAnswers(questionnaire, cast.answers), Buffer.from(cast.text.trim())])

interface Credential {
  /** Only asked for when it was found by its typed code. */
  handle?: Uint8Array
  batch: string
  spent: number
}

const daysOf = ({ survey: { body } }: Found): Days => ({
  ...(body.from === undefined ? {} : { from: body.from }),
  until: body.until,
})

function closedFor(context: BoxContext, { survey, spent }: Found): Closed | undefined {
  if (spent === 2) return 'void'
  if (spent === 1) return 'spent'
  if (isOver(context, survey.body)) return 'closed'
  if (survey.state === 'prepared') return 'notOpen'
  return survey.state === 'open' ? undefined : 'closed'
}

/** The page says in Chinese what to mend; nothing that is not whole gets any further than here. */
function demandWhole(cast: Cast, questionnaire: ReturnType<typeof questionnaireFor>): void {
  const fields = againstAnswers(questionnaire, cast).map((one) => one.field)
  if (fields.length > 0) throw new RangeError(`no valid answer: ${fields.join(', ')}`)
}

/** Counts unknown typed codes by address, in memory and for minutes only; from so many on each is answered late. */
function countGuesses(context: BoxContext) {
  const wrong = new Map<string, { since: number; count: number }>()
  let waiting = 0
  return {
    async wrong(source: string): Promise<void> {
      const now = context.now().getTime()
      const known = wrong.get(source)
      const one = known && now - known.since < GUESS_WINDOW_MS ? known : { since: now, count: 0 }
      if (!known && wrong.size >= SOURCES_KEPT) wrong.clear()
      one.count += 1
      wrong.set(source, one)
      if (one.count <= GUESSES || waiting >= MOST_WAITING) return
      waiting += 1
      await setTimeout(WAIT_MS)
      waiting -= 1
    },
  }
}
