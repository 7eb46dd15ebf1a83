import type { Answer, Questionnaire } from '#domain/survey/survey.ts'

/** What stands behind a code that may be used now. */
export interface Slip {
  surveyId: string
  title: string
  bureauName: string
  schoolName: string
  rehearsal: boolean
  /** The last day for answers, `YYYY-MM-DD`. */
  until: string
  questionnaire: Questionnaire
}

/** Why a code opens nothing. `misspelt` is known without a look into the box and is no guess. */
export type Closed = 'misspelt' | 'unknown' | 'spent' | 'notOpen' | 'closed' | 'void'

/** When the survey of a code is answered, as far as the box was told; told to whoever comes too early or too late. */
export interface Days {
  from?: string
  until: string
}

export type Lookup = { state: 'ready'; slip: Slip } | { state: Closed; days?: Days }

export interface Cast {
  /** As typed or scanned. */
  code: string
  /** A random number that the form carries: the same form sent twice is one ballot. */
  attempt: string
  /** One answer for each question of the slip's questionnaire. */
  answers: Record<string, Answer>
  /** Checked before: not longer than REMARK_LENGTH, no numbers of people. Empty for none. */
  text: string
  /** How long the page was open, when known. */
  seconds: number | null
}

/** `changed`: the same form came again with other answers, of which the first ones count. */
export type CastOutcome = { state: 'counted' | 'changed'; checkCode: string } | { state: Closed; days?: Days }

/** What the pages for respondents may ask of the box. `source` is the caller's address, kept in memory for unknown codes only. */
export interface Voting {
  look(code: string, source: string): Promise<Lookup>
  /** Resolves when the ballot is durable. */
  cast(cast: Cast, source: string): Promise<CastOutcome>
}
