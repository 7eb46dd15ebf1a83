import type { BoxBatch, BoxSurvey } from '#contract/ballotBox.ts'
import type { Answer, Audience, Questionnaire } from '#domain/survey.ts'
import type { BallotDatabase, Sql } from './database.ts'
import type { KeyFolder } from './keys.ts'

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
  hasty: number
  night: number
  uniform: number | null
  void: number
}

/** What all parts of the box share. */
export interface Room {
  database: BallotDatabase
  keys: KeyFolder
  now(): Date
  /** Where respondents reach the pages: `https://…` without a path. */
  publicUrl: string
  /** Open and prepared surveys as they were last read; dropped by `forget`. */
  known: Map<string, KnownSurvey>
  /** The hour in which old marks of sent forms were last removed. */
  forgottenIn: number
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

export const bodyOfSurvey = (row: SurveyRow): BoxSurvey => JSON.parse(row.body) as BoxSurvey
export const bodyOfBatch = (row: Pick<BatchRow, 'body'>): BoxBatch => JSON.parse(row.body) as BoxBatch

/** Surveys whose codes can still be presented, read once and kept until the office changes something. */
export async function activeSurveys(room: Room): Promise<Map<string, KnownSurvey>> {
  if (room.known.size > 0) return room.known
  const rows = await room.database.read.all<SurveyRow>("select * from survey where state <> 'tallied'")
  for (const row of rows) {
    const batches = await listBatches(room.database.read, row.id)
    room.known.set(row.id, {
      state: row.state,
      body: bodyOfSurvey(row),
      batches: new Map(batches.map((one) => [one.id, bodyOfBatch(one)])),
    })
  }
  return room.known
}

export const forget = (room: Room): void => room.known.clear()

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
  answers: Readonly<Record<string, Answer>>
  questionnaire: Questionnaire
  text: string
  checkCode: string
  hasty: boolean
}
