import type { RevocationKind, RevocationOutcome } from '#domain/award/award.ts'
import type { AwardState } from '#domain/award/awardLife.ts'
import type { NoticeState } from '#domain/award/noticeLife.ts'
import type { ObjectionState, ObjectionStep } from '#domain/award/objectionLife.ts'
import type { RecommendationState, TargetLevel } from '#domain/award/recommendationLife.ts'

export interface DecisionRow {
  id: string
  bureauId: string
  cycleId: string
  resultId: string
  previousId: string | null
  heldOn: string
  attendees: string
  minutes: string
  /** Which applications were chosen with which grade, in canonical JSON; the digest covers it with the words of the meeting. */
  names: string
  /** Why the order of places was not followed; empty when it was. */
  skipReason: string
  digest: string
  decidedBy: string | null
  decidedAt: string
  supersededAt: string | null
  supersededBy: string | null
  supersededReason: string
  /** Who read it once more, until when no notice of it is posted (rule 19); `mergedReason` where there was nobody else. */
  confirmedBy: string | null
  confirmedAt: string | null
  mergedReason: string | null
  /** The minutes as files with their hashes, in canonical JSON; nothing when they are words alone. */
  files: string | null
}

export interface AwardRow {
  id: string
  bureauId: string
  cycleId: string
  schoolId: string
  applicationId: string
  resultId: string
  decisionId: string
  grade: string
  state: AwardState
  documentNumber: string | null
  certificateNumber: string | null
  /** What the certificate says, in canonical JSON, whose SHA-256 is the digest. */
  certificate: string | null
  certificateDigest: string | null
  conferredOn: string | null
  validUntil: string | null
  revokedReason: string | null
  createdAt: string
  updatedAt: string
}

/** What a certificate said before its number of document or its day was corrected. */
export interface CertificateVersionRow {
  id: string
  awardId: string
  version: number
  certificate: string
  certificateDigest: string
  reason: string
  replacedBy: string | null
  replacedAt: string
}

/** A wish to take an award back, or to take that back, and what the second person made of it. */
export interface RevocationRow {
  id: string
  awardId: string
  kind: RevocationKind
  reason: string
  askedBy: string
  askedAt: string
  outcome: RevocationOutcome
  decidedBy: string | null
  decidedAt: string | null
}

/** Under which further receipts an objection is found that was sent by more than one form. */
export interface ObjectionReceiptRow {
  receiptHash: string
  objectionId: string
  createdAt: string
}

export interface CertificateCounterRow {
  bureauId: string
  year: number
  last: number
}

export interface NoticeRow {
  id: string
  bureauId: string
  cycleId: string
  decisionId: string | null
  title: string
  body: string
  names: string
  state: NoticeState
  postedOn: string | null
  endsOn: string | null
  endedAt: string | null
  /** Why it was dropped or superseded. */
  closedReason: string
  closedAt: string | null
  createdAt: string
  updatedAt: string
}

export interface ObjectionRow {
  id: string
  bureauId: string
  cycleId: string
  noticeId: string
  schoolId: string | null
  receiptHash: string
  name: string
  phone: string
  content: string
  /** 1 when it came out of a crowd from one network; of the network itself nothing is kept. */
  crowded: number
  state: ObjectionState
  receivedAt: string
  /** By when it should be answered; empty while the next year's calendar is not entered. */
  dueOn: string | null
  handlerId: string | null
  /** 1 admitted, 0 not; stays readable when the objection has been answered. */
  admitted: number | null
  admission: string
  decision: string
  reply: string
  repliedAt: string | null
  junkReason: string
  junkAskedBy: string | null
  schoolAsked: string
  schoolAskedAt: string | null
  schoolAnswer: string
  schoolAnsweredAt: string | null
  updatedAt: string
}

/** Each step of an objection with its words, so that nothing that is written over later is lost. */
export interface ObjectionStepRow {
  id: string
  objectionId: string
  at: string
  personId: string | null
  action: ObjectionStep
  text: string
}

export interface RecommendationRow {
  id: string
  bureauId: string
  cycleId: string
  awardId: string
  schoolId: string
  targetLevel: TargetLevel
  state: RecommendationState
  package: string
  digest: string | null
  outcome: string
  createdAt: string
  updatedAt: string
}

export interface AwardTables {
  decision: DecisionRow
  award: AwardRow
  certificateVersion: CertificateVersionRow
  revocation: RevocationRow
  certificateCounter: CertificateCounterRow
  notice: NoticeRow
  objection: ObjectionRow
  objectionStep: ObjectionStepRow
  objectionReceipt: ObjectionReceiptRow
  recommendation: RecommendationRow
}
