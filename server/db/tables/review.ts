import type { ResultState } from '#domain/review/resultLife.ts'
import type { ScoreSheetState } from '#domain/review/scoreSheetLife.ts'
import type { RecusalKind, RecusalSource } from '#domain/review/panel.ts'
import type { SealKind } from '#domain/base/seal.ts'
import type { AdjustmentKind } from '#domain/review/review.ts'
import type { ScoredMethod } from '#domain/review/sheet.ts'

/** The digest of a row from the act that fixed it until the act that opens it again; what it said stays as that version. */
export interface SealRow {
  id: string
  /** The table of the row. */
  kind: SealKind
  subjectId: string
  cycleId: string | null
  version: number
  /** The sealed fields as canonical JSON, where the row itself does not keep its earlier versions. */
  content: string | null
  digest: string
  madeBy: string | null
  createdAt: string
  liftedAt: string | null
  liftedBy: string | null
  liftedReason: string
}

export interface PanelRow {
  id: string
  bureauId: string
  cycleId: string
  method: ScoredMethod
  name: string
  /** Which schools it takes: the chosen ones as a JSON list of ids, else those of the stage and zone; all empty means all. */
  schoolIds: string
  stage: string
  zoneId: string | null
  createdAt: string
  updatedAt: string
}

export interface PanelReviewerRow {
  id: string
  panelId: string
  personId: string
  createdAt: string
  endedAt: string | null
}

export interface RecusalRow {
  id: string
  bureauId: string
  cycleId: string
  personId: string
  schoolId: string
  kind: RecusalKind
  source: RecusalSource
  reason: string
  createdAt: string
}

export interface ScoreSheetRow {
  id: string
  bureauId: string
  cycleId: string
  applicationId: string
  schoolId: string
  panelId: string
  method: ScoredMethod
  reviewerId: string
  standardId: string
  state: ScoreSheetState
  scores: string
  remark: string
  total: number | null
  declaredAt: string | null
  submittedAt: string | null
  returnReason: string | null
  /** Somebody asked to leave a sheet out that had been submitted; a second person confirms (rule 19). */
  excludeReason: string | null
  excludeAskedBy: string | null
  excludeAskedAt: string | null
  /** Taken back because the reviewer or the school left the panel: it may be handed out again. */
  takenBackAt: string | null
  updatedAt: string
  createdAt: string
}

/** Why a school without a satisfaction index gets its survey points from the interviews. */
export interface SurveyRulingRow {
  id: string
  cycleId: string
  applicationId: string
  reason: string
  personId: string
  createdAt: string
}

export interface AdjustmentRow {
  id: string
  cycleId: string
  applicationId: string
  kind: AdjustmentKind
  code: string
  points: number
  reason: string
  enteredBy: string
  createdAt: string
  /** Taken back by the office; it stays to be read. */
  droppedAt: string | null
  droppedBy: string | null
  dropReason: string | null
  /** What proves it, as files with their hashes in canonical JSON. */
  files: string | null
}

export interface DisagreementRulingRow {
  id: string
  cycleId: string
  applicationId: string
  method: ScoredMethod
  reason: string
  personId: string
  createdAt: string
}

export interface ResultRow {
  id: string
  bureauId: string
  cycleId: string
  state: ResultState
  ruleVersion: string
  inputsDigest: string
  body: string
  digest: string
  previousId: string | null
  moderation: string
  computedBy: string | null
  moderatedBy: string | null
  computedAt: string
  sealedAt: string | null
  sealedBy: string | null
  minutes: string | null
  decidedAt: string | null
  /** Since then it is history: the next result points to it. */
  correctedAt: string | null
  correctionReason: string
}

export interface ReviewTables {
  seal: SealRow
  panel: PanelRow
  panelReviewer: PanelReviewerRow
  recusal: RecusalRow
  scoreSheet: ScoreSheetRow
  surveyRuling: SurveyRulingRow
  adjustment: AdjustmentRow
  disagreementRuling: DisagreementRulingRow
  result: ResultRow
}
