import type { EntryState } from '#domain/ledger/entryLife.ts'
import type { Pillar } from '#domain/base/pillar.ts'

export interface ActivityFormRow {
  id: string
  bureauId: string
  label: string
  sortOrder: number
}

export interface EntryRow {
  id: string
  schoolId: string
  /** Nothing while no year is open: the draft goes into the next one that opens. */
  cycleId: string | null
  bureauId: string
  state: EntryState
  title: string
  happenedOn: string
  pillar: Pillar
  formId: string | null
  place: string
  content: string
  memberCount: number
  teacherCount: number
  pupilCount: number
  parentCount: number
  tags: string
  taskId: string | null
  feedback: string
  link: string
  isLate: number
  frozenBy: string | null
  version: number
  createdBy: string
  filedAt: string | null
  filedBy: string | null
  voidedAt: string | null
  voidedBy: string | null
  voidReason: string | null
  createdAt: string
  updatedAt: string
  deletedAt: string | null
}

export interface EntryVersionRow {
  id: string
  entryId: string
  schoolId: string
  version: number
  body: string
  reason: string
  personId: string
  createdAt: string
}

export interface LedgerTables {
  activityForm: ActivityFormRow
  entry: EntryRow
  entryVersion: EntryVersionRow
}
