import type { AdoptedLevel, ArticleKind } from '#domain/showcase/article.ts'
import type { InvitationState } from '#domain/showcase/event.ts'
import type { ArticleState } from '#domain/showcase/articleLife.ts'
import type { EventState } from '#domain/showcase/eventLife.ts'
import type { FindingState } from '#domain/supervision/findingLife.ts'
import type { InspectionState } from '#domain/supervision/inspectionLife.ts'
import type { RectificationState } from '#domain/supervision/rectificationLife.ts'

export interface VisitRow {
  id: string
  bureauId: string
  cycleId: string
  schoolId: string
  /** Who visited. */
  personId: string
  /** Who wrote it down for the visitor; nobody when it was the visitor. */
  recordedBy: string | null
  kind: string
  visitedOn: string
  saw: string
  advised: string
  followUp: string
  createdAt: string
  updatedAt: string
}

export interface InspectionRow {
  id: string
  bureauId: string
  cycleId: string
  title: string
  basis: string
  startsOn: string
  endsOn: string
  checklist: string
  choice: string
  state: InspectionState
  createdAt: string
  updatedAt: string
  closedAt: string | null
}

export interface InspectionSchoolRow {
  id: string
  inspectionId: string
  schoolId: string
  inspectorId: string | null
  inspectedOn: string | null
  answers: string
  remark: string
}

export interface FindingRow {
  id: string
  inspectionId: string
  schoolId: string
  bureauId: string
  cycleId: string
  content: string
  severity: string
  state: FindingState
  preliminary: string
  reply: string
  repliedAt: string | null
  opinion: string
  issuedAt: string | null
  withdrawnReason: string | null
  recordedBy: string
  createdAt: string
}

export interface RectificationRow {
  id: string
  findingId: string
  schoolId: string
  bureauId: string
  cycleId: string
  requirement: string
  dueOn: string
  state: RectificationState
  round: number
  escalation: number
  issuedAt: string
  issuedBy: string
  acknowledgedAt: string | null
  plan: string
  report: string
  reportedAt: string | null
  reportedBy: string | null
  verifiedAt: string | null
  verifiedBy: string | null
  verdict: string
  extendedReason: string
  closedAt: string | null
  /** More time that the school asks for, until the office answers. */
  askedDueOn: string | null
  askedReason: string | null
  /** Why the office last gave no more time. */
  extensionAnswer: string | null
}

export interface EventRow {
  id: string
  bureauId: string
  cycleId: string
  kind: string
  title: string
  startsAt: string
  endsAt: string
  place: string
  agenda: string
  hostSchoolId: string | null
  state: EventState
  outcome: string
  publishedAt: string | null
  createdAt: string
  updatedAt: string
  /** When what was published was last changed: an answer given before no longer knows it. */
  changedAt: string | null
}

/** What a published event said before a change. */
export interface EventChangeRow {
  id: string
  eventId: string
  before: string
  reason: string
  personId: string
  createdAt: string
}

export interface EventSchoolRow {
  id: string
  eventId: string
  schoolId: string
  state: InvitationState
  attendees: string
  respondedAt: string | null
  checkedInAt: string | null
}

export interface ArticleRow {
  id: string
  bureauId: string
  cycleId: string
  schoolId: string | null
  kind: ArticleKind
  title: string
  body: string
  authorName: string
  coverFileId: string | null
  state: ArticleState
  submittedAt: string | null
  readAt: string | null
  adoptedLevel: AdoptedLevel | null
  adoptedAt: string | null
  publishedAt: string | null
  returnReason: string | null
  withdrawnReason: string | null
  createdBy: string
  createdAt: string
  updatedAt: string
}

/** What a published article said before a correction. */
export interface ArticleChangeRow {
  id: string
  articleId: string
  before: string
  reason: string
  personId: string
  createdAt: string
}

export interface SupervisionTables {
  visit: VisitRow
  inspection: InspectionRow
  inspectionSchool: InspectionSchoolRow
  finding: FindingRow
  rectification: RectificationRow
  event: EventRow
  eventSchool: EventSchoolRow
  eventChange: EventChangeRow
  article: ArticleRow
  articleChange: ArticleChangeRow
}
