import type { Answer, Audience, AudienceTally, Questionnaire, SampleMinimum } from '#domain/survey/survey.ts'

/** What the ballot box is told of a survey when its questions freeze. */
export interface BoxSurvey {
  id: string
  title: string
  /** Who asks; stands on slips and pages. */
  bureauName: string
  /** Ballots of a rehearsal never count and can be erased. */
  rehearsal: boolean
  /** The day on which answering is planned to begin; a box that was told before this was known has none. */
  from?: string
  /** The day to whose end answers are taken, `YYYY-MM-DD` in Shanghai, by the box's own clock; the office may close earlier. */
  until: string
  questionnaires: Questionnaire[]
  minimum: SampleMinimum
}

/** One class, or all teachers of a school: the unit of slips, progress and voiding. */
export interface BoxBatch {
  id: string
  schoolId: string
  schoolName: string
  /** 学段: it decides what each audience weighs (rule 7). */
  stage: string
  audience: Audience
  /** Empty for teachers. */
  grade: string
  className: string
  /** Slips in the bag, one for everyone of the class, and how many of them carry a code. */
  size: number
  codes: number
}

export interface BatchProgress {
  id: string
  issued: number
  cast: number
  void: boolean
  /** What looks odd, as signs; see decision 0008. */
  flags: BatchFlag[]
}

export type BatchFlag = 'burst' | 'haste' | 'night' | 'uniform'

/** A digest of what was opened or counted, signed by the box. Hex, and base64 for the signature and the public key. */
export interface BoxSeal {
  digest: string
  signature: string
  publicKey: string
}

export interface BoxTally {
  /** Each with the 学段 as it froze: weights by a later one would give another index than the signed file. */
  schools: { schoolId: string; stage: string; audiences: AudienceTally[] }[]
  seal: BoxSeal
}

/** A free text, apart from every answer. */
export interface BoxRemark {
  id: string
  schoolId: string
  audience: Audience
  text: string
  /** Why a person should look twice: it seems to hold a name, a class, … */
  doubts: string[]
}

/** A paper questionnaire as one of two people typed it. */
export interface PaperEntry {
  code: string
  /** Who types; only told apart, never shown beside answers. */
  enteredBy: string
  answers: Record<string, Answer>
  text: string
}

export type PaperOutcome =
  | { state: 'waiting' }
  | { state: 'counted' }
  | { state: 'differs'; questions: string[] }
  | { state: 'refused'; reason: string }

export interface PaperOpen {
  /** The last four signs of the code, enough to find the sheet. */
  code: string
  className: string
  enteredBy: string[]
  questions: string[]
  /** Names the sheet for `withdrawPaper`, and nothing else. */
  id: string
  /** Its code was used on the net meanwhile: it can never be counted. */
  used: boolean
}

/** The only door between the server and the ballot box; everything that passes is plain JSON. */
export interface BallotBox {
  /** Takes questions and classes, once: a second call with the same content is harmless, with another it is refused. */
  prepare(survey: BoxSurvey, batches: BoxBatch[]): Promise<{ fingerprint: string; rosterDigest: string }>
  /**
   * Makes new codes for a school's classes and prints them as PDF (base64). Codes of an earlier printing that nobody used become
   * void. Refused after closing.
   */
  printKit(surveyId: string, schoolId: string): Promise<{ pdf: string; slips: number; codes: number }>
  /** Blank questionnaires for paper, as PDF (base64). */
  printPaper(surveyId: string): Promise<{ pdf: string }>
  open(surveyId: string): Promise<BoxSeal>
  /** Papers that are not typed alike are lost with it: of how many the office knows; with another number nothing is closed. */
  close(surveyId: string, papersGivenUp?: number): Promise<{ cast: number }>
  /** Counts by class; of one school or of all. Uniform answers are known only after closing. */
  progress(surveyId: string, schoolId?: string): Promise<BatchProgress[]>
  /** Takes a class out of the count, before tallying only. The server has asked two people before. */
  voidBatch(surveyId: string, batchId: string): Promise<void>
  /** Counts, signs and destroys codes, ballots and keys; refused before closing. Again, it answers the same tally. */
  tally(surveyId: string): Promise<BoxTally>
  remarks(surveyId: string): Promise<BoxRemark[]>
  /** Check codes of a school after tallying, sorted. */
  checkCodes(surveyId: string, schoolId: string): Promise<string[]>
  /** The audit file that `npm run verify-ballots` recomputes, as canonical JSON. */
  auditFile(surveyId: string): Promise<string>
  enterPaper(surveyId: string, entry: PaperEntry): Promise<PaperOutcome>
  openPaper(surveyId: string): Promise<PaperOpen[]>
  /** Forgets what was typed of a sheet; its code stays as it is. */
  withdrawPaper(surveyId: string, paperId: string): Promise<void>
  /** Whether a survey can never be counted: its key is gone, or the box has never heard of it. */
  isLost(surveyId: string): Promise<boolean>
  /** Removes a rehearsal, or a survey that is lost, with all it had; refused for any other real survey. */
  erase(surveyId: string): Promise<void>
}
