import { shanghaiDate } from '#domain/base/calendar.ts'
import type { BoxBatch, BoxSurvey } from '#contract/survey/ballotBox.ts'
import type { Answer, Audience, Questionnaire } from '#domain/survey/survey.ts'
import type { BallotDatabase, Sql } from './database.ts'
import type { KeyFolder, SurveyKeys } from './keys.ts'
import { keysMissing } from './refused.ts'

export type BoxState = 'prepared' | 'open' | 'closed' | 'tallied'

export interface SurveyRow {
  id: string
  state: BoxState
  body: string
  fingerprint: string
  roster: string
  opening: string | null
  audit: string | null
}

export interface BatchRow {
  id: string
  survey: string
  school: string
  body: string
  issued: number
  counted: number
  /** What counters show while answers come in; see `watch.ts`. */
  shown: number
  /** Ballots whose haste and hour were noted: of the first nine of a class they never are. */
  watched: number
  hasty: number
  night: number
  uniform: number | null
  void: number
}

/** What all parts of the box share. */
export interface BoxContext {
  database: BallotDatabase
  keys: KeyFolder
  now(): Date
  /** Where respondents reach the pages: `https://…` without a path. */
  publicUrl: string
  /** Open and prepared surveys as they were last read, under the mark of what stood in the database then. */
  known: { mark: string; surveys: Map<string, KnownSurvey> } | undefined
  /** The question whether they have changed, while it is asked; dropped by `forget`. */
  asking: Promise<Map<string, KnownSurvey>> | undefined
  /** The hour in which old marks of sent forms were last removed. */
  forgottenIn: number
  /** The hour in which the counters last moved. */
  shownIn: number
}

export interface KnownSurvey {
  state: BoxState
  body: BoxSurvey
  batches: Map<string, BoxBatch>
}

export async function findSurvey(sql: Sql, id: string): Promise<SurveyRow | undefined> {
  return (await sql.all<SurveyRow>('select * from survey where id = ?', [id]))[0]
}

export const listBatches = (sql: Sql, surveyId: string): Promise<BatchRow[]> =>
  sql.all<BatchRow>('select * from batch where survey = ? order by id', [surveyId])

export const bodyOfSurvey = (row: Pick<SurveyRow, 'body'>): BoxSurvey => JSON.parse(row.body) as BoxSurvey
export const bodyOfBatch = (row: Pick<BatchRow, 'body'>): BoxBatch => JSON.parse(row.body) as BoxBatch

/**
 * Surveys whose codes can still be presented. The database is asked each time whether it has them as they were last read: another
 * process may have opened, closed or counted one. Who asks meanwhile shares the answer.
 */
export function activeSurveys(context: BoxContext): Promise<Map<string, KnownSurvey>> {
  if (context.asking) return context.asking
  const asking = ask(context).finally(() => {
    if (context.asking === asking) context.asking = undefined
  })
  context.asking = asking
  return asking
}

async function ask(context: BoxContext): Promise<Map<string, KnownSurvey>> {
  const rows = await context.database.read.all<SurveyRow>(
    "select id, state, roster from survey where state <> 'tallied' order by id",
  )
  const mark = rows.map(({ id, state, roster }) => `${id} ${state} ${roster}`).join('\n')
  if (context.known?.mark === mark) return context.known.surveys
  const surveys = await readActive(context.database.read)
  // Keys that another process has destroyed must not live on in this one's memory.
  context.keys.keepOnly(rows.map((row) => row.id))
  context.known = { mark, surveys }
  return surveys
}

async function readActive(sql: Sql): Promise<Map<string, KnownSurvey>> {
  const known = new Map<string, KnownSurvey>()
  for (const row of await sql.all<SurveyRow>("select * from survey where state <> 'tallied'")) {
    const batches = await listBatches(sql, row.id)
    known.set(row.id, {
      state: row.state,
      body: bodyOfSurvey(row),
      batches: new Map(batches.map((one) => [one.id, bodyOfBatch(one)])),
    })
  }
  return known
}

/** New keys would seal what nobody could ever open together with what is there. */
export function demandKeys(context: BoxContext, surveyId: string): SurveyKeys {
  const keys = context.keys.find(surveyId)
  if (!keys) throw keysMissing()
  return keys
}

/** Titles of the surveys whose keys should be here and are not. */
export async function surveysWithoutKeys(context: BoxContext): Promise<string[]> {
  const rows = await context.database.read.all<SurveyRow>("select * from survey where state <> 'tallied'")
  return rows.filter(({ id }) => !context.keys.find(id)).map((row) => bodyOfSurvey(row).title)
}

/** What is being asked now was asked before the change. */
export const forget = (context: BoxContext): void => {
  context.known = undefined
  context.asking = undefined
}

/** Answers are taken to the end of the printed last day in Shanghai, by this machine's clock (rule 3), whoever closes the survey when. */
export const isOver = (context: BoxContext, survey: Pick<BoxSurvey, 'until'>): boolean =>
  shanghaiDate(context.now().toISOString()) > survey.until

export function questionnaireFor(survey: BoxSurvey, audience: Audience): Questionnaire {
  const found = survey.questionnaires.find((one) => one.audience === audience)
  if (!found) throw new Error(`the survey asks no ${audience}`)
  return found
}

/** One sealed ballot before it is written. */
export interface Ready {
  surveyId: string
  batchId: string
  handle: Buffer
  attempt: Buffer
  /** The mark of what the form said: it is known again only together with the random number that the form carries. */
  form: Buffer
  answers: Readonly<Record<string, Answer>>
  questionnaire: Questionnaire
  text: string
  checkCode: string
  hasty: boolean
  /** Typed by two people from a paper, which was in its urn by the last day; it may be typed later. */
  onPaper?: true
}
