import type { SurveyState } from '#domain/survey/surveyLife.ts'
import type { Audience } from '#domain/survey/survey.ts'
import type { RemarkState, SurveyKind } from '#domain/survey/surveyRules.ts'

export interface SurveyRow {
  id: string
  bureauId: string
  cycleId: string
  /** `real` or `rehearsal` (演练), whose ballots never count. */
  kind: SurveyKind
  title: string
  state: SurveyState
  opensOn: string
  closesOn: string
  /** Chosen questions by audience, JSON. */
  questions: string
  /** Least share and number of ballots, JSON: `SampleMinimum`. */
  minimum: string
  /** Reference of the assessment of the impact on personal information, without which pupils are not asked. */
  impactReference: string
  fingerprint: string | null
  rosterDigest: string | null
  openingSeal: string | null
  closingSeal: string | null
  /** Drawn when the survey freezes; from it anyone can repeat the draw of classes. */
  drawSeed: string | null
  /** The district's own totals after tallying, JSON. */
  totals: string | null
  openedAt: string | null
  closedAt: string | null
  talliedAt: string | null
  publishedAt: string | null
  /** What the office says to the published figures. */
  publishedText: string
  createdAt: string
  erasedAt: string | null
  /** Its key was lost, so that it can never be counted. */
  voidedAt: string | null
  voidReason: string | null
}

export interface SurveySchoolRow {
  id: string
  surveyId: string
  schoolId: string
  teachers: number
  confirmedAt: string | null
  confirmedBy: string | null
  /** Why the office froze the survey without this school. */
  leftOutReason: string | null
  /** When the slips in use were printed, and how often printing was begun. */
  kitPrintedAt: string | null
  /** While somebody prints: two kits of a school must not be made at once, the later one would spoil the earlier. */
  kitBegunAt: string | null
  kitPrintings: number
  /** Why the slips were printed again; null after the first time. */
  kitReason: string | null
  updatedAt: string
}

export interface SurveyClassRow {
  id: string
  surveyId: string
  schoolId: string
  grade: string
  name: string
  pupils: number
}

export interface SurveyBatchRow {
  id: string
  surveyId: string
  schoolId: string
  audience: Audience
  grade: string
  className: string
  size: number
  codes: number
  voidedAt: string | null
  voidReason: string | null
  voidAskedBy: string | null
  voidAskedAt: string | null
  voidedBy: string | null
  /** When the office last reminded the school of this class, and how many answers were in then. */
  remindedAt: string | null
  remindedCast: number | null
}

/** What the box counted for a school, kept for good. */
export interface SurveyResultRow {
  id: string
  surveyId: string
  schoolId: string
  /** `AudienceTally[]` and `Satisfaction`, JSON. */
  tallies: string
  satisfaction: string
  satisfactionIndex: number | null
  ballots: number
}

export interface SurveyRemarkRow {
  id: string
  surveyId: string
  schoolId: string
  audience: Audience
  body: string
  doubts: string
  state: RemarkState
  judgedBy: string | null
  judgedAt: string | null
}

export interface SurveyTables {
  survey: SurveyRow
  surveySchool: SurveySchoolRow
  surveyClass: SurveyClassRow
  surveyBatch: SurveyBatchRow
  surveyResult: SurveyResultRow
  surveyRemark: SurveyRemarkRow
}
