import type { OutcomeKind } from '#domain/year/cycle.ts'
import type { CycleState } from '#domain/year/cycleLife.ts'

export interface ZoneRow {
  id: string
  bureauId: string
  name: string
  sortOrder: number
  /** Given up: its schools stand in another zone since. */
  retiredAt: string | null
}

export interface SchoolGroupRow {
  id: string
  bureauId: string
  name: string
}

export interface SchoolRow {
  id: string
  bureauId: string
  name: string
  stage: string
  ownership: string
  zoneId: string
  groupId: string | null
  partyKind: string
  secretaryName: string
  memberCount: number
  staffCount: number
  studentCount: number
  contactName: string | null
  contactPhone: string | null
  /** When the school last checked its own figures. */
  confirmedAt: string | null
  updatedAt: string
  retiredAt: string | null
  /** The place that the bureau gives the school in its lists; without one it stands behind, by its name. */
  sortOrder: number | null
  /** Every list of schools is in the order of this key, written with the name (`kernel/names.ts`). */
  sortKey: string
  /** How the name may begin to be typed in pinyin. */
  pinyin: string
  /** The school that a closed one was merged into. */
  successorId: string | null
}

export interface ContactRow {
  id: string
  bureauId: string
  /** A leader takes a zone, a department takes a school. */
  kind: 'leader' | 'department'
  zoneId: string | null
  schoolId: string | null
  personId: string | null
  departmentId: string | null
  createdAt: string
  endedAt: string | null
}

export interface StandardRow {
  id: string
  bureauId: string
  title: string
  version: number
  body: string
  digest: string
  createdAt: string
}

export interface CycleRow {
  id: string
  bureauId: string
  year: number
  title: string
  state: CycleState
  basisTitle: string | null
  basisNumber: string | null
  filingNumber: string | null
  approvalNumber: string | null
  toldOn: string | null
  outcomeKind: OutcomeKind
  awardTitle: string
  planUntil: string | null
  applyFrom: string
  applyUntil: string
  graceUntil: string | null
  graceReason: string | null
  standardId: string | null
  settings: string
  openedAt: string | null
  closedAt: string | null
  reopenReason: string | null
  createdAt: string
  updatedAt: string
}

export interface CalendarYearRow {
  year: number
  holidays: string
  makeUpDays: string
  source: string
  updatedAt: string
}

export interface SchoolTables {
  zone: ZoneRow
  schoolGroup: SchoolGroupRow
  school: SchoolRow
  contact: ContactRow
  standard: StandardRow
  cycle: CycleRow
  calendarYear: CalendarYearRow
}
