import type { ArgumentationKind } from '#domain/brand/brand.ts'
import type { CommentState } from '#domain/plan/commentLife.ts'
import type { PlanState } from '#domain/plan/planLife.ts'
import type { PromiseState } from '#domain/plan/promiseLife.ts'
import type { Pillar } from '#domain/base/pillar.ts'

export interface BrandCategoryRow {
  id: string
  bureauId: string
  label: string
  sortOrder: number
}

export interface BrandRow {
  id: string
  schoolId: string
  bureauId: string
  name: string
  categoryId: string | null
  concept: string
  connotation: string
  slogan: string
  localResources: string
  logoFileId: string | null
  version: number
  /** The name before the last renaming of a published brand. */
  renamedFrom: string | null
  renamedAt: string | null
  renameReason: string | null
  publishedAt: string | null
  createdAt: string
  updatedAt: string
}

export interface BrandVersionRow {
  id: string
  brandId: string
  schoolId: string
  version: number
  body: string
  /** Why the published name was changed; nothing for any other save. */
  reason: string | null
  personId: string
  createdAt: string
}

export interface ArgumentationRow {
  id: string
  brandId: string
  schoolId: string
  heldOn: string
  kind: ArgumentationKind
  participants: string
  opinions: string
  outcome: string
  version: number
  voidedAt: string | null
  voidReason: string | null
  createdAt: string
}

export interface ArgumentationVersionRow {
  id: string
  argumentationId: string
  schoolId: string
  version: number
  body: string
  reason: string
  personId: string
  createdAt: string
}

export interface PlanRow {
  id: string
  schoolId: string
  cycleId: string
  bureauId: string
  version: number
  state: PlanState
  diagnosis: string
  entryPoint: string
  goals: string
  commitment: string
  noBudgetReason: string
  signedAt: string | null
  signedBy: string | null
  acceptedAt: string | null
  acceptedBy: string | null
  publishedAt: string | null
  returnReason: string | null
  reviseReason: string | null
  digest: string | null
  createdAt: string
  updatedAt: string
}

export interface TaskRow {
  id: string
  /** The row of the version in which this task first stood: the same task in every version. */
  rootId: string
  planId: string
  schoolId: string
  pillar: Pillar
  content: string
  measure: string
  ownerName: string
  startsOn: string | null
  dueOn: string | null
  expectedResult: string
  progress: number
  progressNote: string
  doneOn: string | null
  sortOrder: number
  /** Taken out of its draft; the row stays because ledger entries may speak of it. */
  removedAt: string | null
}

export interface BudgetLineRow {
  id: string
  rootId: string
  planId: string
  schoolId: string
  item: string
  subject: string
  amountFen: number
  spentFen: number
  note: string
  sortOrder: number
}

export interface PromiseRow {
  id: string
  rootId: string
  planId: string
  schoolId: string
  content: string
  state: PromiseState
  explanation: string
  fileId: string | null
  decidedAt: string | null
  sortOrder: number
}

/** How a promise was said to have gone before that was taken back. It hangs on the promise as it stands over all versions. */
export interface PromiseOutcomeRow {
  id: string
  rootId: string
  schoolId: string
  state: PromiseState
  explanation: string
  fileId: string | null
  decidedAt: string | null
  takenBackAt: string
  takenBackBy: string | null
  reason: string
}

export interface CommentRow {
  id: string
  planId: string
  schoolId: string
  bureauId: string
  planVersion: number
  nickname: string
  relation: string
  content: string
  state: CommentState
  receivedAt: string
  /** When it went to the school, on which its days to answer begin. */
  shownAt: string | null
  /** Nothing while it is judged, or while the year's working days are not known. */
  dueOn: string | null
  answer: string | null
  answeredAt: string | null
  answeredBy: string | null
  correctedAt: string | null
  judgedAt: string | null
  hiddenReason: string | null
  hiddenOn: string | null
  /** Why it waits for the office before it is shown; empty when the year asks it of every comment. */
  heldFor: string
  contentHash: string
  receiptHash: string
}

/** An answer that was corrected, as it stood before. */
export interface CommentAnswerRow {
  id: string
  commentId: string
  schoolId: string
  answer: string
  answeredAt: string
  answeredBy: string | null
  replacedAt: string
}

export interface PlanTables {
  brandCategory: BrandCategoryRow
  brand: BrandRow
  brandVersion: BrandVersionRow
  argumentation: ArgumentationRow
  argumentationVersion: ArgumentationVersionRow
  plan: PlanRow
  task: TaskRow
  budgetLine: BudgetLineRow
  promise: PromiseRow
  promiseOutcome: PromiseOutcomeRow
  comment: CommentRow
  commentAnswer: CommentAnswerRow
}
