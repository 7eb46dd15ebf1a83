import type { ComponentType } from 'react'
import { feature as application } from '#console/features/application/index.ts'
import { feature as award } from '#console/features/award/index.ts'
import { feature as brand } from '#console/features/brand/index.ts'
import { feature as plan } from '#console/features/plan/index.ts'
import { feature as accounts } from '#console/features/accounts/index.ts'
import { feature as audit } from '#console/features/audit/index.ts'
import { feature as contacts } from '#console/features/contacts/index.ts'
import { feature as cycle } from '#console/features/cycle/index.ts'
import { feature as article } from '#console/features/article/index.ts'
import { feature as supervision } from '#console/features/supervision/index.ts'
import { feature as event } from '#console/features/event/index.ts'
import { feature as home } from '#console/features/home/index.ts'
import { feature as schools } from '#console/features/schools/index.ts'
import { feature as standard } from '#console/features/standard/index.ts'
import { feature as summary } from '#console/features/summary/index.ts'
import { feature as ledger } from '#console/features/ledger/index.ts'
import { feature as review } from '#console/features/review/index.ts'
import { feature as schoolSurvey } from '#console/features/schoolSurvey/index.ts'
import { feature as survey } from '#console/features/survey/index.ts'

export interface Feature {
  key: string
  /** Entries of the left menu; shown when the person holds one of the roles (an empty list means everybody). */
  menu: { path: string; label: string; roles: readonly string[]; order: number; group?: string }[]
  /** Paths are relative to /console; `lazy` imports a file with a default-exported component. */
  routes: { path: string; lazy: () => Promise<{ default: ComponentType }> }[]
}

/** One line per feature; each feature's index.ts holds only lazy imports, so that the first page stays small. */
// biome-ignore format: one line per feature
export const features: Feature[] = [
  home,
  supervision,
  event,
  article,
  schools,
  contacts,
  cycle,
  standard,
  brand,
  plan,
  summary,
  application,
  ledger,
  schoolSurvey,
  review,
  survey,
  award,
  accounts,
  audit,
]
