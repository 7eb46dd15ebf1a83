import { keysOf } from '#domain/base/record.ts'

/** The head counts that a school checks by itself. */
export const schoolCounts = {
  memberCount: '党员人数',
  staffCount: '教职工人数',
  studentCount: '学生人数',
} as const
export type SchoolCount = keyof typeof schoolCounts
export const schoolCountKeys = keysOf(schoolCounts)

/** What the bureau keeps of a school, typed on its page or read from a list. */
export interface SchoolFacts extends Record<SchoolCount, number> {
  name: string
  stage: string
  ownership: string
  code: string | null
  partyKind: string
  /** Of the instructor where there is no organization; empty while the post is vacant. */
  secretaryName: string
  contactPhone: string | null
  sortOrder: number | null
}
