/** What a year's rules can be set to; all lock when the cycle opens (domain rule 2 ff.). */
export interface CycleSettings {
  /** Working days that a school has to answer a comment. */
  commentDays: number
  /** Days after the activity from which a filed entry counts as late. */
  lateAfterDays: number
  /** Working days of the public notice (rule 12). */
  noticeDays: number
  /** At most this share of the applicants is awarded, in per cent (rule 15). */
  awardShareOfApplicants: number
  /** At most this share of all schools is awarded, in per cent (rule 15). */
  awardShareOfSchools: number
  /** At most this share of the awarded is recommended upward, in per cent (rule 15). */
  recommendationShare: number
  /** Years that an award stays valid. */
  awardYears: number
  /** Sheets that differ by more than this share of full marks are flagged, in per cent (rule 10). */
  disagreementShare: number
  /** Days that a school has to mend what an inspection found, unless the order says otherwise. */
  rectificationDays: number
  /** Grades of the outcome, best first. */
  grades: string[]
}

export const defaultCycleSettings: CycleSettings = {
  commentDays: 10,
  lateAfterDays: 30,
  noticeDays: 5,
  awardShareOfApplicants: 30,
  awardShareOfSchools: 15,
  recommendationShare: 30,
  awardYears: 3,
  disagreementShare: 15,
  rectificationDays: 30,
  grades: ['成果奖'],
}

export const outcomeKinds = {
  award: '授予成果奖',
  recognition: '认定',
  commendation: '通报表扬',
  showcase: '成果展示（不设奖）',
} as const

export type OutcomeKind = keyof typeof outcomeKinds
