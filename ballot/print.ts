import type { Audience, Questionnaire } from '#domain/survey.ts'

/** The slips of one school, class by class, as they are printed: codes are in here and nowhere else. */
export interface Kit {
  bureauName: string
  title: string
  schoolName: string
  until: string
  rehearsal: boolean
  publicUrl: string
  batches: KitBatch[]
}

export interface KitBatch {
  audience: Audience
  grade: string
  className: string
  /** Slips in the bag; those beyond `slips` carry no code. */
  size: number
  slips: { secret: string; typed: string }[]
}

export interface Paper {
  bureauName: string
  title: string
  until: string
  rehearsal: boolean
  questionnaires: Questionnaire[]
}
