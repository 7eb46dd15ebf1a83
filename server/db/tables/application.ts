import type { ApplicationState } from '#domain/application/applicationLife.ts'
import type { SummaryState } from '#domain/application/summaryLife.ts'
import type { BreachKind } from '#domain/application/precondition.ts'

export interface SummaryRow {
  id: string
  schoolId: string
  cycleId: string
  bureauId: string
  state: SummaryState
  achievements: string
  problems: string
  nextSteps: string
  facts: string
  signedAt: string | null
  signedBy: string | null
  acceptedAt: string | null
  returnReason: string | null
  digest: string | null
  createdAt: string
  updatedAt: string
}

export interface ApplicationRow {
  id: string
  schoolId: string
  cycleId: string
  bureauId: string
  state: ApplicationState
  highlights: string
  entryIds: string
  frozen: string | null
  digest: string | null
  receiptNumber: string | null
  submittedAt: string | null
  submittedBy: string | null
  reason: string | null
  /** Returned for completion: the school's own last day, where the window would be over by then. */
  completeUntil: string | null
  createdAt: string
  updatedAt: string
}

export interface BreachRow {
  id: string
  bureauId: string
  schoolId: string
  cycleId: string
  kind: BreachKind
  detail: string
  recordedAt: string
  recordedBy: string
  liftedAt: string | null
  liftedReason: string
}

export interface ApplicationTables {
  summary: SummaryRow
  application: ApplicationRow
  breach: BreachRow
}
